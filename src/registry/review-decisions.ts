// What an officer who reviews decides on one submission: told in words, with a way back.
import type { Book } from '../core/book.ts'
import { hideLongNumbers } from '../core/hide.ts'
import { undoSeconds } from '../core/limits.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { isNumberTaken, recordMemberships, refuseSubmissions } from './decisions.ts'
import { queueNotices, takeBackNotice } from './notices.ts'
import type { Reviewed } from './review-queue.ts'
import type { Seal } from './seal.ts'
import { purposeOf, submissionNotice } from './submission-notices.ts'

/** What a decision is made with. */
export interface Deciding {
  tx: Tx
  seal: Seal
  book: Book
  /** Who decides, as it is audited. */
  actor: string
}

/** The submission that is decided on. */
export type Decided = Pick<Reviewed, 'id' | 'receipt' | 'addressId' | 'language'>

/** A decision that was made. */
export interface Decision {
  id: number
  kind: 'accept' | 'refuse' | 'ask' | 'retry'
  actor: string
  decidedAt: Date
}

interface Was {
  state: string
  reason: string | null
}

/** What a submission is now; nobody else decides on it until this transaction is over. */
async function lock({ tx }: Deciding, submissionId: number): Promise<Was> {
  const { rows } = await tx.query<Was>(
    'SELECT state, reason FROM submission WHERE id = $1 FOR NO KEY UPDATE',
    [submissionId],
  )
  return must(rows[0], 'the submission')
}

async function note({ tx, actor }: Deciding, id: number, kind: Decision['kind'], was: Was) {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO decision (submission_id, kind, actor, was_state, was_reason)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [id, kind, actor, was.state, was.reason],
  )
  return must(rows[0], 'the decision').id
}

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
  const was = await lock(deciding, one.id)
  const issued = { submissionId: one.id, kpj }
  if (await isNumberTaken(tx, seal, issued)) return 'taken'
  const done = await recordMemberships(tx, seal, [issued], actor)
  if (done.size === 0) return 'late'
  await note(deciding, one.id, 'accept', was)
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
  const was = await lock(deciding, one.id)
  const refusals = [{ submissionId: one.id, reason }]
  const done = await refuseSubmissions(deciding.tx, refusals, deciding.actor)
  if (done.size === 0) return 'late'
  await note(deciding, one.id, 'refuse', was)
  const said = words
    ? hideLongNumbers(words)
    : sayPhrase(deciding.book, one.language, `reason-${reason}`)
  await tell(deciding, one, 'enrolment-refused', { reason: said })
  return 'done'
}

/** Asks the person something through the chat; the submission waits on. */
export async function askPerson(deciding: Deciding, one: Decided, question: string) {
  const decision = await note(deciding, one.id, 'ask', await lock(deciding, one.id))
  await appendAudit(deciding.tx, deciding.actor, 'ask-person', `submission:${one.id}`)
  const fills = { question: hideLongNumbers(question) }
  const made = submissionNotice(deciding.book, one, 'enrolment-question', fills)
  const purpose = purposeOf(one, `question:${decision}`)
  await queueNotices(deciding.tx, deciding.seal, [{ ...made, purpose }])
}

/** Has the program look once more at what it could not record; false where there is no such thing. */
export async function retrySubmission(deciding: Deciding, one: Decided): Promise<boolean> {
  const { tx, actor } = deciding
  const was = await lock(deciding, one.id)
  const { rowCount } = await tx.query(
    `UPDATE submission SET state = 'waiting', reason = NULL, tries = 0, claimed_at = NULL,
            closed_at = NULL
      WHERE id = $1 AND state = 'parked'
        AND NOT EXISTS (SELECT FROM enrolment WHERE submission_id = $1)`,
    [one.id],
  )
  if (rowCount === 0) return false
  await note(deciding, one.id, 'retry', was)
  await appendAudit(tx, actor, 'retry-submission', `submission:${one.id}`)
  return true
}

/** The newest decision on a submission that was not taken back. */
export async function findDecision(tx: Tx, submissionId: number): Promise<Decision | undefined> {
  const { rows } = await tx.query<Decision>(
    `SELECT id, kind, actor, decided_at AS "decidedAt" FROM decision
      WHERE submission_id = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1`,
    [submissionId],
  )
  return rows[0]
}

/**
 * Takes one's own decision back while the person was told nothing yet, and nothing has followed
 * from it. False where it is too late for that.
 */
export async function undoDecision(deciding: Deciding, one: Decided): Promise<boolean> {
  const { tx, actor } = deciding
  await lock(deciding, one.id)
  const decision = await findDecision(tx, one.id)
  if (!decision || decision.actor !== actor || !(await mayUndo(tx, one, decision))) return false
  const notice = decision.kind === 'accept' ? 'enrolment-registered' : 'enrolment-refused'
  if (!(await takeBackNotice(tx, purposeOf(one, notice)))) return false
  await tx.query(
    `UPDATE submission s SET state = d.was_state, reason = d.was_reason FROM decision d
      WHERE d.id = $1 AND s.id = d.submission_id`,
    [decision.id],
  )
  const { rows } = await tx.query<{ id: number }>(
    `UPDATE enrolment SET state = 'submitted', kpj = NULL, kpj_index = NULL, registered_at = NULL,
            updated_at = now()
      WHERE submission_id = $1 AND state = $2 RETURNING id`,
    [one.id, decision.kind === 'accept' ? 'registered' : 'refused'],
  )
  for (const { id } of rows) {
    await tx.query(
      `INSERT INTO enrolment_event (enrolment_id, kind, actor) VALUES ($1, 'undone', $2)`,
      [id, actor],
    )
  }
  await tx.query('UPDATE decision SET undone_at = now() WHERE id = $1', [decision.id])
  await appendAudit(tx, actor, `undo-${decision.kind}`, `submission:${one.id}`)
  return true
}

/** Within its seconds, and no contribution and no village's new status rests on it. */
async function mayUndo(tx: Tx, one: Decided, { id, kind }: Decision): Promise<boolean> {
  if (kind !== 'accept' && kind !== 'refuse') return false
  const { rows } = await tx.query(
    `SELECT FROM decision d JOIN submission s ON s.id = d.submission_id
      WHERE d.id = $1 AND d.decided_at > now() - make_interval(secs => $3)
        AND NOT EXISTS (SELECT FROM contribution WHERE submission_id = $2)
        AND NOT EXISTS (SELECT FROM village_status v WHERE v.village_code = s.village_code
                           AND v.decided_at >= d.decided_at)`,
    [id, one.id, undoSeconds],
  )
  return rows.length > 0
}
