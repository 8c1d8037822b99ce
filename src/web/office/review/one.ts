// Periksa: one submission. Who, where, as what; what looks odd and why; and what can be done.
import { nameArea } from '../../../core/area.ts'
import { showAllAnswers } from '../../../core/held.ts'
import { showReceipt } from '../../../core/text.ts'
import { appendAudit } from '../../../registry/audit.ts'
import { findDecision } from '../../../registry/decision-rows.ts'
import { listFilled, listMergedHere } from '../../../registry/review-merge.ts'
import {
  findDuplicates,
  findNeighbours,
  findReviewed,
  type Reviewed,
} from '../../../registry/review-queue.ts'
import { listOpenWords } from '../../../registry/tickets.ts'
import { type Html, html } from '../../html.ts'
import { showMoment } from '../moments.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { actionsPart } from './actions.ts'
import { duplicatesPart } from './duplicates.ts'
import { filterOf, queryOf } from './filter.ts'
import { reviewStream, sayDecision } from './news.ts'
import { oddPart } from './odd.ts'
import { undoPart } from './undo.ts'

/** The submission of a receipt in the area of whoever looks, as the path names it. */
export function findOne({ part, officer, ground }: Visit): Promise<Reviewed | undefined> {
  return findReviewed(ground.db.pool, ground.seal, officer.area, part('receipt'))
}

/** One submission; that it was looked at is audited. */
export const reviewPage: OfficePage = async (visit) => {
  const one = await findOne(visit)
  return one && showOne(visit, one, {})
}

/** How the page is shown after something was tried. */
export interface Shown {
  /** National number and other sensitive answers in full. */
  isRevealed?: boolean
  /** What went wrong, as a sentence, and what was typed. */
  wrong?: string
  typed?: string
}

/** The page of one submission, as it is now. */
export async function showOne(visit: Visit, one: Reviewed, shown: Shown): Promise<Answer> {
  const { say, officer, actor, ground } = visit
  const { db, seal, book } = ground
  const filter = filterOf(visit)
  await db.transaction((tx) => appendAudit(tx, actor, 'see-submission', `submission:${one.id}`))
  const [around, duplicates, decision, words, here, filled, undo] = await Promise.all([
    findNeighbours(db.pool, officer.area, filter, one.id),
    one.state === 'merged' ? [] : findDuplicates(db.pool, seal, officer.area, one),
    findDecision(db.pool, one.id),
    listOpenWords(db.pool, seal, one.addressId),
    listMergedHere(db.pool, one.id),
    listFilled(db.pool, one.id),
    undoPart(visit),
  ])
  const decided = decision && (await sayDecision(visit, decision))
  const village = one.villageCode ? nameArea(book.places, one.villageCode) : ''
  const body = html`${undo}${trailOf(visit, around)}
<div data-stream="${reviewStream(one, decision, here)}">
<p class="lead">${leadOf(visit, one, village)}</p>
${decided !== undefined && html`<p class="odd">${decided}</p>`}
${mergedPart(visit, one, here)}
${filled.length > 0 && html`<p class="odd">${sayFilled(visit, filled)}</p>`}
${shown.wrong && html`<p class="wrong" role="alert">${shown.wrong}</p>`}
${oddPart(visit, one, duplicates.length)}
${words.map((text) => html`<p class="odd">${say('review-said', { words: text })}</p>`)}
<div class="beside"><section class="card"><h2>${say('office-review-answers')}</h2>
${answersPart(visit, one, shown.isRevealed === true)}</section>
${actionsPart(visit, one, shown)}</div>
${duplicates.length > 0 && duplicatesPart(visit, one, duplicates)}</div>`
  const title = String(one.answers.name ?? showReceipt(one.receipt))
  return { title, body, status: shown.wrong ? 422 : 200 }
}

/** Back to the queue, and to those before and after. */
function trailOf(visit: Visit, { previous, next }: { previous?: string; next?: string }): Html {
  const { say } = visit
  const query = queryOf(filterOf(visit))
  const step = (id: string, key: string, receipt?: string) => {
    const href = `/kantor/periksa/${receipt}${query}`
    return receipt && html` <a href="${href}" data-key="${key}">${say(id)}</a>`
  }
  return html`<p class="trail"><a href="/kantor/periksa${query}">${say('office-menu-review')}</a>
${step('office-review-previous', 'k', previous)}${step('office-review-next', 'j', next)}</p>`
}

function leadOf({ say, ground: { book } }: Visit, one: Reviewed, village: string): string {
  const { cohort, position, answers, way, createdAt, receipt } = one
  const work = String(answers.occupation ?? '–')
  const as = cohort ? `${position}, ${say(`cohort-${cohort}`)}` : work
  return say(`review-lead-${way}`, {
    ...{ village: village || say('review-no-village'), as },
    ...{ on: showMoment(createdAt, book.branch.zone), receipt: showReceipt(receipt) },
  })
}

function sayFilled(visit: Visit, ids: string[]): string {
  return visit.say('office-merged-filled', { answers: nameAnswers(visit, ids) })
}

/** Answers by what officers read beside them. */
export function nameAnswers({ say }: Visit, ids: string[]): string {
  return ids.map((id) => say(`answer-${id}`)).join(', ')
}

/** What stands for this one now, and for which others this one stands. */
function mergedPart({ say }: Visit, { mergedInto }: Reviewed, here: string[]): Html[] {
  const line = (id: string, receipt: string) => {
    const words = say(id, { receipt: showReceipt(receipt) })
    return html`<p class="odd"><a href="/kantor/periksa/${receipt}">${words}</a></p>`
  }
  return [
    ...(mergedInto === null ? [] : [line('office-merged-into', mergedInto)]),
    ...here.map((receipt) => line('office-merged-here', receipt)),
  ]
}

function answersPart({ ground: { book } }: Visit, one: Reviewed, isRevealed: boolean): Html {
  const lines = showAllAnswers(book, one, isRevealed).map(
    ({ label, shown }) => html`<dt>${label}</dt><dd>${shown}</dd>`,
  )
  return html`<dl class="facts">${lines}</dl>`
}
