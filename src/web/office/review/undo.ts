// The way back from a decision, offered on the page after it for a few seconds.
import { undoSeconds } from '../../../core/limits.ts'
import { showReceipt } from '../../../core/text.ts'
import { findDecision } from '../../../registry/decision-rows.ts'
import { findReviewed } from '../../../registry/review-queue.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import type { Visit } from '../visit.ts'

/** A button that takes back what the page before did, while that is possible. */
export async function undoPart(visit: Visit): Promise<Html | false> {
  const { asked, say, actor, officer, ground } = visit
  const receipt = asked('urung')
  const { db, seal } = ground
  const one = receipt && (await findReviewed(db.pool, seal, officer.area, receipt))
  if (!one) return false
  const decision = await findDecision(db.pool, one.id)
  const isFresh =
    decision?.actor === actor && Date.now() - decision.decidedAt.getTime() < undoSeconds * 1_000
  if (!isFresh || !['accept', 'refuse', 'merge', 'apart'].includes(decision.kind)) return false
  const fills = { receipt: showReceipt(receipt), seconds: String(undoSeconds) }
  const button = html`<span>${say(`office-undo-${decision.kind}`, fills)}</span>
<button class="plain" data-key="u">${say('office-undo')}</button>`
  return html`<div class="undo">${postForm(visit, `/periksa/${receipt}/urungkan`, button)}</div>`
}
