// Registrations that may be of the same person, side by side with the rule that found them.
import { nameArea } from '../../../core/area.ts'
import { showAllAnswers } from '../../../core/held.ts'
import { undoSeconds } from '../../../core/limits.ts'
import { showReceipt } from '../../../core/text.ts'
import { isKept, mayMerge } from '../../../registry/review-merge.ts'
import type { Duplicate, Reviewed } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showMoment } from '../moments.ts'
import { reloadLine } from '../news-line.ts'
import type { Visit } from '../visit.ts'
import { along } from './actions.ts'

/** What is compared, in this order; sensitive answers with their middle hidden. */
const compared = [
  'name',
  'nik',
  'birth-date',
  'sex',
  'village',
  'occupation',
  'work-place',
  'phone',
]

/** More of them side by side help nobody: their number is said at the top. */
const shownDuplicates = 3

/** A table for each of those found first, this one on the left. */
export function duplicatesPart(visit: Visit, one: Reviewed, found: Duplicate[]): Html {
  const { say } = visit
  return html`<section id="kembar"><h2>${say('office-twice')}</h2>
${found.slice(0, shownDuplicates).map((other) => compare(visit, one, other))}</section>`
}

type Compared = Pick<Reviewed, 'receipt' | 'answers' | 'createdAt'>

function compare(visit: Visit, one: Reviewed, other: Duplicate): Html {
  const { say, ground } = visit
  const { book } = ground
  const state = say(other.isRegistered ? 'resident-registered' : 'resident-waiting')
  const rule = say(`office-twice-${other.rule}`, { receipt: showReceipt(other.receipt), state })
  if (!other.isInside) {
    const village = other.villageCode ? nameArea(book.places, other.villageCode) : '–'
    return html`<p class="odd">${rule} ${say('office-twice-elsewhere', { village })}</p>`
  }
  const [mine, theirs] = [shownOf(visit, one), shownOf(visit, other)]
  const rows = compared.map((id) => {
    const [left, right] = [mine.get(id) ?? '–', theirs.get(id) ?? '–']
    const isEqual = left === right
    const label = book.phrases.has(`answer-${id}`) ? say(`answer-${id}`) : id
    const cell = html`<td>${isEqual ? right : html`<strong>${right}</strong>`}</td>`
    return html`<tr><th scope="row">${label}</th><td>${left}</td>${cell}
<td>${say(isEqual ? 'office-twice-equal' : 'office-twice-differs')}</td></tr>`
  })
  return html`<p class="odd">${rule}</p>
<div class="wide"><table class="small"><thead><tr>
<th scope="col"><span class="hidden">${say('office-twice-what')}</span></th>
<th scope="col">${say('office-twice-this')}, ${showReceipt(one.receipt)}<br>
${sentOf(visit, one)}</th>
<th scope="col"><a href="/kantor/periksa/${other.receipt}">${showReceipt(other.receipt)}</a><br>
${sentOf(visit, other)}</th><th scope="col"><span class="hidden">${say('office-state')}</span></th>
</tr></thead><tbody>${rows}</tbody></table></div>
${choicePart(visit, one, other)}`
}

/** One person or two: each button says before what it does. */
function choicePart(visit: Visit, one: Reviewed, other: Duplicate): Html {
  const { say } = visit
  const form = (path: string, why: string, button: Html) => {
    const named = html`<input type="hidden" name="pasangan" value="${other.receipt}">`
    const fields = html`${along(visit)}${named}<p class="soft">${why}</p>${button}`
    return postForm(visit, `/periksa/${one.receipt}/${path}`, fields)
  }
  const [kept, gone] = isKept(one, other) ? [one, other] : [other, one]
  const fills = { kept: showReceipt(kept.receipt), gone: showReceipt(gone.receipt) }
  const why = say('office-merge-why', { ...fills, seconds: String(undoSeconds) })
  const merging = mayMerge(one, other)
    ? form('gabung', why, html`<button>${say('office-merge')}</button>`)
    : html`<p class="soft">${say('office-merge-not')}</p>`
  const parting = html`<button class="plain">${say('office-apart')}</button>`
  return html`${reloadLine(say)}<div class="beside actions" data-until-over>${merging}
${form('beda', say('office-apart-why'), parting)}</div>`
}

function sentOf({ ground }: Visit, { createdAt }: Compared): string {
  return showMoment(createdAt, ground.book.branch.zone)
}

/** Answers by step, hidden where they are sensitive: equal ones stay equal. */
function shownOf({ ground: { book } }: Visit, { receipt, answers }: Compared): Map<string, string> {
  const held = { receipt, answers, flow: 'villager/enrol', language: 'id', startedOn: '2026-01-01' }
  return new Map(showAllAnswers(book, held, false).map(({ id, shown }) => [id, shown]))
}
