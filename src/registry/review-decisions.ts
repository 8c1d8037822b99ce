// What an officer who reviews decides on one submission: told in words, with a way back.
import { hideLongNumbers } from '../core/hide.ts'
import { undoSeconds } from '../core/limits.ts'
import { sayPhrase } from '../core/phrase.ts'
import { appendAudit } from './audit.ts'
import { type Decided, type Deciding, lockSubmission, noteDecision } from './decision-rows.ts'
import { isNumberTaken, recordMemberships, refuseSubmissions } from './decisions.ts'
import { queueNotices } from './notices.ts'
import { purposeOf, submissionNotice } from './submission-notices.ts'

/** Tells the person once it cannot be taken back any more. */
async function tell(
  { tx, seal, book }: Deciding,
  one: Decided,
  notice: string,
  fills: Record<string, string>,
) {
  const made = submissionNotice(book, one, notice, fills)
  await queueNotices(tx, seal, [{ ...made, delaySeconds: undoSeconds }])
}

/**
 * Records the membership number; the person is told once it cannot be taken back any more. `taken`:
 * somebody else has that number. `late`: another officer was quicker, or nothing is recorded of it.
 */
export async function acceptSubmission(
  deciding: Deciding,
  one: Decided,
  kpj: string,
): Promise<'done' | 'taken' | 'late'> {
  const { tx, seal, actor } = deciding
  const was = await lockSubmission(deciding, one.id)
  const issued = { submissionId: one.id, kpj }
  if (await isNumberTaken(tx, seal, issued)) return 'taken'
  const done = await recordMemberships(tx, seal, [issued], actor)
  if (done.size === 0) return 'late'
  await noteDecision(deciding, one.id, 'accept', was)
  await tell(deciding, one, 'enrolment-registered', { kpj })
  return 'done'
}

/** Why somebody is refused: a reason that is kept, and the words that the person reads. */
export interface Refusal {
  /** The end of a phrase `reason-…`. */
  reason: string
  /** Words of the officer's own; long numbers in them are hidden. */
  words?: string
}

/** Refuses a submission; the person is told once it cannot be taken back any more. */
export async function refuseForReason(
  deciding: Deciding,
  one: Decided,
  { reason, words }: Refusal,
): Promise<'done' | 'late'> {
  const was = await lockSubmission(deciding, one.id)
  const refusals = [{ submissionId: one.id, reason }]
  const done = await refuseSubmissions(deciding.tx, refusals, deciding.actor)
  if (done.size === 0) return 'late'
  await noteDecision(deciding, one.id, 'refuse', was)
  const said = words
    ? hideLongNumbers(words)
    : sayPhrase(deciding.book, one.language, `reason-${reason}`)
  await tell(deciding, one, 'enrolment-refused', { reason: said })
  return 'done'
}

/** Asks the person something through the chat; the submission waits on. */
export async function askPerson(deciding: Deciding, one: Decided, question: string) {
  const decision = await noteDecision(
    deciding,
    one.id,
    'ask',
    await lockSubmission(deciding, one.id),
  )
  await appendAudit(deciding.tx, deciding.actor, 'ask-person', `submission:${one.id}`)
  const fills = { question: hideLongNumbers(question) }
  const made = submissionNotice(deciding.book, one, 'enrolment-question', fills)
  const purpose = purposeOf(one, `question:${decision}`)
  await queueNotices(deciding.tx, deciding.seal, [{ ...made, purpose }])
}

/** Has the program look once more at what it could not record; false where there is no such thing. */
export async function retrySubmission(deciding: Deciding, one: Decided): Promise<boolean> {
  const { tx, actor } = deciding
  const was = await lockSubmission(deciding, one.id)
  const { rowCount } = await tx.query(
    `UPDATE submission SET state = 'waiting', reason = NULL, tries = 0, claimed_at = NULL,
            closed_at = NULL
      WHERE id = $1 AND state = 'parked'
        AND NOT EXISTS (SELECT FROM enrolment WHERE submission_id = $1)`,
    [one.id],
  )
  if (rowCount === 0) return false
  await noteDecision(deciding, one.id, 'retry', was)
  await appendAudit(tx, actor, 'retry-submission', `submission:${one.id}`)
  return true
}
