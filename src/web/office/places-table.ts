// Tables of places and of groups, each row with its bar and its numbers.
import type { PlaceProgress } from '../../core/area-progress.ts'
import { type Html, html } from '../html.ts'
import { bar } from './charts.ts'
import { showCount } from './moments.ts'
import type { SayOffice } from './visit.ts'

/** Places with their villages and people; each leads to what lies below it. */
export function placesTable(
  say: SayOffice,
  places: PlaceProgress[],
  name: (code: string) => string,
): Html {
  const number = (id: string, count: number) =>
    html`<td class="number" data-label="${say(id)}">${showCount(count)}</td>`
  const rows = places.map((one) => {
    const fills = {
      aware: String(one.aware),
      underway: String(one.underWay),
      idle: String(one.idle),
    }
    return html`<tr><th scope="row"><a href="/kantor/desa/${one.code}">${name(one.code)}</a></th>
${number('office-place-villages', one.villages)}
<td>${bar(say('office-place-label', fills), one.villages, one.aware, one.underWay)}</td>
${number('office-place-aware', one.aware)}
${number('office-place-underway', one.underWay)}
${number('office-place-idle', one.idle)}
<td class="number" data-label="${say('office-place-people')}">${showCount(one.registered)}
 / ${showCount(one.posts)}</td></tr>`
  })
  const heads = ['office-place-aware', 'office-place-underway', 'office-place-idle']
  return html`<table><thead><tr><th scope="col">${say('office-place')}</th>
<th scope="col" class="number">${say('office-place-villages')}</th>
<th scope="col"><span class="hidden">${say('office-chart')}</span></th>
${heads.map((id) => html`<th scope="col" class="number">${say(id)}</th>`)}
<th scope="col" class="number">${say('office-place-people')}</th></tr></thead>
<tbody>${rows}</tbody></table>`
}

/** Villages with their state in a word and their people; each leads to its own page. */
export function villagesTable(
  say: SayOffice,
  villages: PlaceProgress[],
  name: (code: string) => string,
): Html {
  const rows = villages.map((one) => {
    const { code, posts, registered, waiting } = one
    const state = one.aware > 0 ? 'aware' : one.underWay > 0 ? 'underway' : 'idle'
    const fills = { registered: String(registered), waiting: String(waiting) }
    return html`<tr><th scope="row"><a href="/kantor/desa/${code}">${name(code)}</a></th>
<td data-label="${say('office-state')}">${say(`office-places-${state}`)}</td>
<td>${posts > 0 && bar(say('office-village-label', fills), posts, registered, waiting)}</td>
${peopleCells(say, one)}</tr>`
  })
  return html`<table><thead><tr><th scope="col">${say('office-village')}</th>
<th scope="col">${say('office-state')}</th>
<th scope="col"><span class="hidden">${say('office-chart')}</span></th>
${peopleHeads(say)}</tr></thead><tbody>${rows}</tbody></table>`
}

const peopleWords = ['office-cohort-registered', 'office-cohort-waiting', 'office-cohort-posts']

function peopleHeads(say: SayOffice): Html[] {
  return peopleWords.map((id) => html`<th scope="col" class="number">${say(id)}</th>`)
}

type People = { posts: number; registered: number; waiting: number }

function peopleCells(say: SayOffice, { registered, waiting, posts }: People): Html[] {
  return [registered, waiting, posts].map(
    (count, i) =>
      html`<td class="number" data-label="${say(peopleWords[i] ?? '')}">${showCount(count)}</td>`,
  )
}

/** Groups with how many of their posts are registered; the names are those of the talks. */
export function cohortsTable(say: SayOffice, groups: (People & { cohort: string })[]): Html {
  const rows = groups.map((group) => {
    const { cohort, posts, registered, waiting } = group
    const name = say(`cohort-${cohort}`)
    const fills = { name, registered: String(registered), waiting: String(waiting) }
    return html`<tr><th scope="row">${name}</th>
<td>${bar(say('office-cohort-label', fills), posts, registered, waiting)}</td>
${peopleCells(say, group)}</tr>`
  })
  return html`<table><thead><tr><th scope="col">${say('office-cohort')}</th>
<th scope="col"><span class="hidden">${say('office-chart')}</span></th>
${peopleHeads(say)}</tr></thead><tbody>${rows}</tbody></table>`
}
