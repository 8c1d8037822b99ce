// The page on which an officer links a phone: a code, no script, worth nothing after a while.
import { Hono } from 'hono'
import { assets } from './assets.ts'
import { pageHead } from './head.ts'
import { Html, html } from './html.ts'

/** What the page shows; the drawing of a code is finished SVG. `over`: no code comes any more. */
export type LinkShown =
  | { kind: 'waiting' | 'linked' | 'over' }
  | { kind: 'qr'; svg: string }
  | { kind: 'code'; code: string }

/** Who knows what is to be shown; `token` is the last part of the address. */
export interface LinkView {
  /** Undefined when there is no such page. */
  find(token: string): LinkShown | undefined
}

/** Where the page of a token is, below the site's own address. */
export function linkPath(token: string): string {
  return `/tautkan/${token}`
}

/** The part of the site with the page; whoever has no token finds nothing there. */
export function linkPage(view: LinkView, words: (id: string) => string): Hono {
  const app = new Hono()
  app.get('/tautkan/:token', (c) => {
    const shown = view.find(c.req.param('token'))
    if (!shown) return c.notFound()
    c.header('Cache-Control', 'no-store')
    return c.html(page(shown, words).text, shown.kind === 'over' ? 410 : 200)
  })
  return app
}

function page(shown: LinkShown, words: (id: string) => string): Html {
  const isLast = shown.kind === 'linked' || shown.kind === 'over'
  const refresh = !isLast && html`<meta http-equiv="refresh" content="5">`
  const title = words('web-link-title')
  return html`${pageHead({ title, style: assets.form, isPrivate: true, more: refresh })}
<body><main><h1>${title}</h1>${body(shown, words)}</main></body>
</html>`
}

function body(shown: LinkShown, words: (id: string) => string): Html {
  const shownCode = (code: Html | string) =>
    html`<p class="code">${code}</p><p class="soft">${words('web-link-secret')}</p>`
  switch (shown.kind) {
    case 'qr':
      return html`${steps(words('web-link-scan'))}${shownCode(new Html(shown.svg))}`
    case 'code':
      return html`${steps(words('web-link-type'))}${shownCode(shown.code)}`
    case 'linked':
      return html`<p>${words('web-link-done')}</p>`
    case 'over':
      return html`<p>${words('web-link-over')}</p>`
    case 'waiting':
      return html`<p>${words('web-link-wait')}</p>`
  }
}

/** One step a line, as an officer wrote them. */
function steps(lines: string): Html {
  const items = lines.trim().split('\n')
  return html`<ol>${items.map((line) => html`<li>${line}</li>`)}</ol>`
}
