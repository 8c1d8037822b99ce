// One person: what their membership is, and what happened over all channels.
import { nameArea } from '../../../core/area.ts'
import { endReasonOf } from '../../../core/endings.ts'
import { showAllAnswers } from '../../../core/held.ts'
import { showMonth } from '../../../core/show-month.ts'
import { showReceipt } from '../../../core/text.ts'
import { appendAudit } from '../../../registry/audit.ts'
import { type Ended, findEnding } from '../../../registry/endings.ts'
import { findWageDifference, type WageDifference } from '../../../registry/members-to-check.ts'
import { nameActor } from '../../../registry/people.ts'
import {
  findMembershipState,
  type MembershipState,
  readTimeline,
  type TimelineEntry,
} from '../../../registry/person-timeline.ts'
import type { Reviewed } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showDay, showMoment } from '../moments.ts'
import { findOne, nameAnswers } from '../review/one.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { membershipPart } from './membership-forms.ts'
import { sayDifference } from './to-check.ts'

/** The person of a receipt; that they were looked at is audited. */
export const personPage: OfficePage = async (visit) => {
  const one = await findOne(visit)
  return one && showPerson(visit, one)
}

/** The page of a person as they are now, with a sentence on what went wrong just before. */
export async function showPerson(visit: Visit, one: Reviewed, wrong?: string): Promise<Answer> {
  const { say, officer, actor, ground } = visit
  const { db, book } = ground
  await db.transaction((tx) => appendAudit(tx, actor, 'see-person', `submission:${one.id}`))
  const [state, ending, wage, timeline] = await Promise.all([
    findMembershipState(db.pool, one.id),
    findEnding(db.pool, one.id),
    findWageDifference(db.pool, one.id),
    readTimeline(db.pool, officer.area, one.id),
  ])
  const village = one.villageCode
    ? html`<a href="/kantor/desa/${one.villageCode}">${nameArea(book.places, one.villageCode)}</a>`
    : say('review-no-village')
  const answers = showAllAnswers(book, one, false).map(
    ({ label, shown }) => html`<dt>${label}</dt><dd>${shown}</dd>`,
  )
  const lead = ending ? sayEnding(visit, ending) : stateOf(visit, one, state)
  const body = html`<p class="lead">${lead}</p>
${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
${state && unpaidPart(visit, state)}${wage && wagePart(visit, one, wage)}
<p>${village} · <a href="/kantor/periksa/${one.receipt}">${showReceipt(one.receipt)}</a></p>
<div class="beside"><section class="card"><h2>${say('office-person-timeline')}</h2>
${await timelinePart(visit, timeline)}</section>
<div>${state && membershipPart(visit, one, state)}
<section class="card"><h2>${say('office-review-answers')}</h2><dl class="facts">${answers}</dl>
</section></div></div>`
  const title = String(one.answers.name ?? showReceipt(one.receipt))
  return { title, body, status: wrong === undefined ? 200 : 422 }
}

function sayEnding({ say }: Visit, { on, reason }: Ended): string {
  const fills = { on: showDay(on), reason: say(`ended-because-${reason}`) }
  return say('office-person-ended', fills)
}

/** Months that are open, and that the person has left a post: what an officer decides on. */
function unpaidPart({ say, ground: { book } }: Visit, state: MembershipState): Html {
  const { unpaid, leftOn, leftBecause } = state
  const months = unpaid.map((month) => showMonth(book, 'id', month)).join(', ')
  const reason = say(`ended-because-${endReasonOf(leftBecause ?? '')}`)
  const since = leftOn === null ? '' : showDay(leftOn)
  const open = html`<p class="odd">${say('office-person-open', { months })}</p>`
  const left = html`<p class="odd">${say('office-check-left', { since, reason })}</p>`
  return html`${unpaid.length > 0 && open}${since && state.state === 'registered' && left}`
}

/** Months on another wage than it should have been, until an officer has seen to it. */
function wagePart(visit: Visit, { receipt }: Reviewed, wage: WageDifference): Html {
  const { say } = visit
  const button = html`<button class="plain">${say('office-wage-seen')}</button>`
  return html`<div class="odd"><p>${sayDifference(visit, wage)}</p>
${postForm(visit, `/orang/${receipt}/upah`, button)}</div>`
}

function stateOf({ say, ground }: Visit, one: Reviewed, state?: MembershipState): string {
  if (!state) {
    const isOver = one.state === 'refused' || one.state === 'merged'
    return say(isOver ? `office-person-${one.state}` : 'office-person-waiting')
  }
  const { registeredAt, programmes, paidUntil } = state
  const on = registeredAt ? showMoment(registeredAt, ground.book.branch.zone) : '–'
  const paid = paidUntil
    ? say('office-person-paid', { month: paidUntil })
    : say('office-person-unpaid')
  return `${say('office-person-registered', { on, programmes: programmes.join(', ') })} ${paid}`
}

async function timelinePart(visit: Visit, timeline: TimelineEntry[]): Promise<Html> {
  const { say, ground } = visit
  const { db, seal, book } = ground
  const actors = [...new Set(timeline.map(({ actor }) => actor))].filter(Boolean)
  const names = new Map<string, string>()
  for (const actor of actors) names.set(actor, await nameActor(db.pool, seal, actor))
  const lines = timeline.map(({ at, kind, detail, actor }) => {
    const fills = { detail: sayDetail(visit, kind, detail), name: names.get(actor) ?? '' }
    return html`<li><time datetime="${at.toISOString()}">${showMoment(at, book.branch.zone)}</time>
 <span>${say(`office-event-${kind}`, fills)}</span></li>`
  })
  return html`<ol class="timeline">${lines}</ol>`
}

function sayDetail(visit: Visit, kind: string, detail: string): string {
  const { say, ground } = visit
  const { book } = ground
  if (kind === 'asked' || kind === 'answered') {
    return book.phrases.has(`waits-for-${detail}`) ? say(`waits-for-${detail}`) : detail
  }
  if (kind === 'filled') return nameAnswers(visit, detail.split(' '))
  if (kind === 'ended') return say(`ended-because-${detail}`)
  return /^(sent-|decided-|registered|left|withdrawn|undone)/.test(kind)
    ? showReceipt(detail)
    : detail
}
