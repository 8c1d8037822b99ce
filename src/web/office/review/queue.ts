// Periksa: the queue, fifty a page, the oldest first.
import { rowsPerPage } from '../../../core/limits.ts'
import { showReceipt } from '../../../core/text.ts'
import { countUndecided, findNewest } from '../../../registry/office-waiting.ts'
import { countReview, listReview, type ReviewLine } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { showCount, showMoment } from '../moments.ts'
import { newsLine } from '../news-line.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { filterOf, kindWords, queryOf } from './filter.ts'
import { undoPart } from './undo.ts'

/** How many wait, for the menu. */
export async function countToReview({ ground, officer }: Visit): Promise<number> {
  return (await countUndecided(ground.db.pool, officer.area)).count
}

/** Whatever waits in the area, by kind and place. */
export const queuePage: OfficePage = async (visit) => {
  const { say, officer, ground, asked } = visit
  const { db, seal, book } = ground
  const filter = filterOf(visit)
  const after = Number(asked('sesudah')) || 0
  const [counts, found, waiting, newest] = await Promise.all([
    countReview(db.pool, officer.area),
    listReview(db.pool, seal, officer.area, filter, Math.max(0, Math.trunc(after))),
    countUndecided(db.pool, officer.area),
    findNewest(db.pool, officer.area, 'submissions'),
  ])
  const lines = found.slice(0, rowsPerPage)
  const since = waiting.since && showMoment(waiting.since, book.branch.zone)
  const lead = since
    ? say('office-today-submissions', { count: showCount(counts.all), since })
    : say('office-review-nothing')
  const filters = Object.entries(kindWords).map(([word, kind]) => {
    const mark = kind === filter.kind && html` aria-current="true"`
    const href = `/kantor/periksa${queryOf({ ...filter, kind })}`
    return html`<a href="${href}"${mark}>${say(`office-review-${word}`)}
 <b>${showCount(counts[kind])}</b></a>`
  })
  const last = found.length > rowsPerPage ? lines.at(-1) : undefined
  const more = last && `/kantor/periksa${queryOf(filter, { sesudah: String(last.id) })}`
  const body = html`${await undoPart(visit)}<p class="lead">${lead}</p>
${newsLine(say, 'periksa', newest)}
<p class="filter">${filters}</p>
${lines.length > 0 ? queueTable(visit, lines) : html`<p>${say('office-review-empty')}</p>`}
${more && html`<p><a class="button plain" href="${more}">${say('office-more')}</a></p>`}`
  return { title: say('office-menu-review'), body }
}

function queueTable(visit: Visit, lines: ReviewLine[]): Html {
  const { say, ground } = visit
  const { places, branch } = ground.book
  const query = queryOf(filterOf(visit))
  const rows = lines.map((one) => {
    const village = places.find(one.villageCode ?? '')?.name ?? say('review-no-village')
    const odd = one.reasons.map((reason) => html`<li>${say(`odd-${reason}-short`)}</li>`)
    const href = `/kantor/periksa/${one.receipt}${query}`
    const name = one.name || showReceipt(one.receipt)
    const tags = odd.length > 0 ? html`<ul class="tags">${odd}</ul>` : '–'
    return html`<tr><th scope="row"><a href="${href}">${name}</a></th>
<td data-label="${say('office-village')}">${village}</td>
<td data-label="${say('office-review-way')}">${say(`office-way-${one.way}`)}</td>
<td data-label="${say('office-review-since')}">${showMoment(one.createdAt, branch.zone)}</td>
<td data-label="${say('office-review-odd')}">${tags}</td></tr>`
  })
  const heads = ['office-staff-name', 'office-village', 'office-review-way', 'office-review-since']
  return html`<table><thead><tr>
${[...heads, 'office-review-odd'].map((id) => html`<th scope="col">${say(id)}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`
}
