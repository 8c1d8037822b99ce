// One person: what their membership is, and what happened over all channels.
import { nameArea } from '../../../core/area.ts'
import { showAllAnswers } from '../../../core/held.ts'
import { showReceipt } from '../../../core/text.ts'
import { appendAudit } from '../../../registry/audit.ts'
import { nameActor } from '../../../registry/people.ts'
import {
  findMembershipState,
  type MembershipState,
  readTimeline,
  type TimelineEntry,
} from '../../../registry/person-timeline.ts'
import type { Reviewed } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { showMoment } from '../moments.ts'
import { findOne } from '../review/one.ts'
import type { OfficePage, Visit } from '../visit.ts'

/** The person of a receipt; that they were looked at is audited. */
export const personPage: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const { say, officer, actor, ground } = visit
  const { db, book } = ground
  await db.transaction((tx) => appendAudit(tx, actor, 'see-person', `submission:${one.id}`))
  const [state, timeline] = await Promise.all([
    findMembershipState(db.pool, one.id),
    readTimeline(db.pool, officer.area, one.id),
  ])
  const village = one.villageCode
    ? html`<a href="/kantor/desa/${one.villageCode}">${nameArea(book.places, one.villageCode)}</a>`
    : say('review-no-village')
  const answers = showAllAnswers(book, one, false).map(
    ({ label, shown }) => html`<dt>${label}</dt><dd>${shown}</dd>`,
  )
  const body = html`<p class="lead">${stateOf(visit, one, state)}</p>
<p>${village} · <a href="/kantor/periksa/${one.receipt}">${showReceipt(one.receipt)}</a></p>
<div class="beside"><section class="card"><h2>${say('office-person-timeline')}</h2>
${await timelinePart(visit, timeline)}</section>
<section class="card"><h2>${say('office-review-answers')}</h2><dl class="facts">${answers}</dl>
</section></div>`
  return { title: String(one.answers.name ?? showReceipt(one.receipt)), body }
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

function sayDetail({ say, ground: { book } }: Visit, kind: string, detail: string): string {
  if (kind === 'asked' || kind === 'answered') {
    return book.phrases.has(`waits-for-${detail}`) ? say(`waits-for-${detail}`) : detail
  }
  return /^(sent-|decided-|registered|left|withdrawn|undone)/.test(kind)
    ? showReceipt(detail)
    : detail
}
