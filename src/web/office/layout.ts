// The frame of every page of the workplace: head, menu, what was just done, the page itself.
import { nameArea } from '../../core/area.ts'
import { assets } from '../assets.ts'
import { pageHead } from '../head.ts'
import { type Html, html } from '../html.ts'
import { showCount } from './moments.ts'
import type { Route, SayOffice, Visit } from './visit.ts'

/** A page for somebody who is not signed in: nothing but words. */
export function barePage(say: SayOffice, title: string, body: Html): Html {
  return html`${headOf(say, title)}
<body class="bare"><main id="isi"><h1>${title}</h1>
${body}
</main></body>
</html>`
}

/** A page for whoever is signed in, with the menu of what they may use. */
export async function framedPage(
  visit: Visit,
  routes: readonly Route[],
  title: string,
  body: Html,
): Promise<Html> {
  const { say } = visit
  return html`${headOf(say, title)}
<body>
<a class="skip" href="#isi">${say('office-skip')}</a>
${bannerOf(visit)}
${await menuOf(visit, routes)}
<main id="isi">
<h1>${title}</h1>
${toldOf(visit)}
${body}
</main>
</body>
</html>`
}

function headOf(say: SayOffice, title: string): Html {
  return pageHead({
    ...{ title: `${title} · ${say('office-name')}`, isPrivate: true },
    ...{ style: assets.office, script: assets.officeScript },
  })
}

function bannerOf({ say, officer, ground: { book } }: Visit): Html {
  const { operator } = book.branch
  const role = say(`role-${officer.role}`)
  return html`<header class="top"><p class="brand">${say('office-name')}
 <span>${operator}</span></p>
<p class="who"><a href="/kantor/perangkat"><strong>${officer.name}</strong>
 <span>${role}, ${nameArea(book.places, officer.area)}</span></a></p></header>`
}

async function menuOf(visit: Visit, routes: readonly Route[]): Promise<Html> {
  const here = visit.c.req.path
  const mine = routes.filter(({ menu, roles }) => menu && roles.includes(visit.officer.role))
  const entries = await Promise.all(
    mine.map(async ({ path, menu = '', count }) => {
      const href = path === '/' ? '/kantor' : `/kantor${path}`
      const isHere = here === href || (path !== '/' && here.startsWith(`${href}/`))
      const waiting = (await count?.(visit)) ?? 0
      const mark = isHere && html` aria-current="page"`
      const none = waiting === 0 && html` hidden`
      const badge =
        count && html` <b class="count" data-live="${menu}"${none}>${showCount(waiting)}</b>`
      return html`<li><a href="${href}"${mark}>${visit.say(menu)}${badge}</a></li>`
    }),
  )
  return html`<nav class="menu" aria-label="${visit.say('office-menu')}"><ul>${entries}</ul></nav>`
}

/** What the action before this page did, or why it did not, by the end of a phrase's name. */
function toldOf({ asked, say, ground: { book } }: Visit): Html | false {
  const [told, failed] = [`office-told-${asked('kabar')}`, `office-failed-${asked('kabar')}`]
  if (book.phrases.has(failed)) return html`<p class="wrong" role="alert">${say(failed)}</p>`
  return book.phrases.has(told) && html`<p class="told" role="status">${say(told)}</p>`
}
