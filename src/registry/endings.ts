// Memberships that end, and that go on again: why, since when, and who is told.
import { firstDayOf, monthOf } from '../core/calendar.ts'
import { undoSeconds } from '../core/limits.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import { showMonth } from '../core/show-month.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { Deciding } from './decision-rows.ts'
import { listTold, type ToldSubmission } from './decisions.ts'
import { queueNotices, takeBackNotices } from './notices.ts'
import { takeBackReminders } from './reminders.ts'
import { submissionNotice } from './submission-notices.ts'
import { lockSubmissions } from './submissions.ts'

/** The end of a membership. */
export interface Ending {
  /** The end of a phrase `ended-because-…`. */
  reason: string
  /** The last day, `YYYY-MM-DD`. */
  on: string
}

/** How a membership ended, and the last of its months that were not paid. */
export interface Ended extends Ending {
  unpaidMonths: string[]
}

/** How the membership of a submission ended; nothing while it goes on, or never began. */
export async function findEnding(tx: Tx, submissionId: number): Promise<Ended | undefined> {
  const { rows } = await tx.query<Ended>(
    `SELECT end_reason AS reason, ended_on AS on,
            ARRAY (SELECT to_char(month, 'YYYY-MM') FROM contribution
                    WHERE submission_id = $1 AND paid_on IS NULL ORDER BY month)
              AS "unpaidMonths"
       FROM enrolment WHERE submission_id = $1 AND state = 'ended' AND ended_on IS NOT NULL
      ORDER BY id LIMIT 1`,
    [submissionId],
  )
  return rows[0]
}

/**
 * Ends a registered membership: its ledger stops with the month of its last day, nobody is reminded
 * any more, and the people are told once it cannot be taken back. False where there is none.
 */
export async function endMembership(
  deciding: Deciding,
  submissionId: number,
  ending: Ending,
): Promise<boolean> {
  const { tx, actor } = deciding
  await lockSubmissions(tx, [submissionId])
  // While it is registered it is still known whose reminders these are.
  await takeBackReminders(tx, [submissionId])
  const { rows } = await tx.query<{ id: number }>(
    `UPDATE enrolment SET state = 'ended', ended_on = $2, end_reason = $3, updated_at = now()
      WHERE submission_id = $1 AND state = 'registered' RETURNING id`,
    [submissionId, ending.on, ending.reason],
  )
  if (rows.length === 0) return false
  await tx.query(
    `DELETE FROM contribution WHERE submission_id = $1 AND paid_on IS NULL AND month > $2::date`,
    [submissionId, ending.on],
  )
  const event = await note(tx, rows, 'ended', actor, { ...ending })
  await appendAudit(tx, actor, 'end-membership', subjectOf(submissionId), { ...ending })
  const notice = ending.reason === 'died' ? 'membership-ended-died' : 'membership-ended'
  await tell(deciding, submissionId, purposeOf(submissionId, event), notice, (language) => ({
    on: deciding.book.readers.date.show(ending.on, language),
    ...(notice === 'membership-ended' && {
      reason: sayPhrase(deciding.book, language, `ended-because-${ending.reason}`),
    }),
  }))
  return true
}

/**
 * The end was a mistake: the membership goes on as if it had never ended. Whoever was told of the
 * end is told so; whoever was not hears nothing. False where it has not ended.
 */
export async function reopenMembership(deciding: Deciding, submissionId: number): Promise<boolean> {
  const { tx, actor } = deciding
  await lockSubmissions(tx, [submissionId])
  const rows = await goOn(tx, submissionId, undefined)
  if (rows.length === 0) return false
  const ended = await findEvent(tx, submissionId, 'ended')
  const event = await note(tx, rows, 'reopened', actor, {})
  await appendAudit(tx, actor, 'reopen-membership', subjectOf(submissionId))
  const isUntold = await takeBack(tx, submissionId, purposeOf(submissionId, ended))
  if (isUntold) return true
  await tell(deciding, submissionId, purposeOf(submissionId, event), 'membership-reopened')
  return true
}

/**
 * Somebody comes back: the membership goes on with this contribution month `YYYY-MM`, which lies
 * after the one in which it ended. The months between are not owed, and what was open before is
 * not asked for any more. False where it has not ended, or ended in that month or later.
 */
export async function resumeMembership(
  deciding: Deciding,
  submissionId: number,
  fromMonth: string,
): Promise<boolean> {
  const { tx, actor, book } = deciding
  await lockSubmissions(tx, [submissionId])
  const ending = await findEnding(tx, submissionId)
  if (!ending || fromMonth <= monthOf(ending.on)) return false
  const rows = await goOn(tx, submissionId, fromMonth)
  await tx.query(
    `DELETE FROM contribution WHERE submission_id = $1 AND paid_on IS NULL AND month < $2::date`,
    [submissionId, firstDayOf(fromMonth)],
  )
  const detail = { from: fromMonth, ...ending }
  const event = await note(tx, rows, 'resumed', actor, detail)
  await appendAudit(tx, actor, 'resume-membership', subjectOf(submissionId), { from: fromMonth })
  const purpose = purposeOf(submissionId, event)
  await tell(deciding, submissionId, purpose, 'membership-resumed', (language) => ({
    from: showMonth(book, language, fromMonth),
  }))
  return true
}

function subjectOf(submissionId: number): string {
  return `submission:${submissionId}`
}

/** What has ended is registered again, in a new period from this month or in its old one. */
async function goOn(tx: Tx, submissionId: number, fromMonth: string | undefined) {
  const { rows } = await tx.query<{ id: number }>(
    `UPDATE enrolment SET state = 'registered', ended_on = NULL, end_reason = NULL,
            resumed_on = coalesce($2::date, resumed_on), updated_at = now()
      WHERE submission_id = $1 AND state = 'ended' RETURNING id`,
    [submissionId, fromMonth === undefined ? null : firstDayOf(fromMonth)],
  )
  return rows
}

/** Adds a line to the history of each programme; gives the number of the first. */
async function note(
  tx: Tx,
  rows: { id: number }[],
  kind: string,
  actor: string,
  detail: Record<string, unknown>,
): Promise<number> {
  const { rows: events } = await tx.query<{ id: number }>(
    `INSERT INTO enrolment_event (enrolment_id, kind, actor, detail)
     SELECT id, $2, $3, $4 FROM unnest($1::bigint[]) AS id RETURNING id`,
    [rows.map(({ id }) => id), kind, actor, JSON.stringify(detail)],
  )
  return must(events[0], 'a line of history').id
}

/** The first line of this kind that was written last. */
async function findEvent(tx: Tx, submissionId: number, kind: string): Promise<number> {
  const { rows } = await tx.query<{ id: number | null }>(
    `SELECT min(v.id) AS id FROM enrolment_event v JOIN enrolment e ON e.id = v.enrolment_id
      WHERE e.submission_id = $1 AND v.kind = $2
      GROUP BY v.at ORDER BY v.at DESC LIMIT 1`,
    [submissionId, kind],
  )
  return rows[0]?.id ?? 0
}

function purposeOf(submissionId: number, event: number): string {
  return `membership:${submissionId}:${event}`
}

/** The chat that the membership was registered from, and those in which its person agreed to it. */
async function listChats(tx: Tx, submissionId: number): Promise<ToldSubmission[]> {
  const [one] = await listTold(tx, [submissionId])
  const told = must(one, 'the submission')
  const { rows } = await tx.query<{ id: number; language: string }>(
    `SELECT a.id, a.language FROM submission s JOIN address a ON a.person_id = s.person_id
      WHERE s.id = $1 AND s.command <> 'submit-enrolment' AND a.id <> s.address_id
        AND a.merged_into IS NULL AND a.stopped_at IS NULL ORDER BY a.id`,
    [submissionId],
  )
  return [told, ...rows.map(({ id, language }) => ({ ...told, addressId: id, language }))]
}

type Fills = (language: string) => Record<string, string>

/** Tells everybody who has the membership in their chat, after the seconds in which one may undo. */
async function tell(
  { tx, seal, book }: Deciding,
  submissionId: number,
  purpose: string,
  notice: string,
  fillsOf: Fills = () => ({}),
) {
  const chats = await listChats(tx, submissionId)
  const notices = chats.map((one, index) => {
    const made = submissionNotice(book, one, notice, fillsOf(one.language))
    return { ...made, purpose: `${purpose}:${index}`, delaySeconds: undoSeconds }
  })
  await queueNotices(tx, seal, notices)
}

/** Takes back what was to be told; false where somebody was told, or nobody knows. */
async function takeBack(tx: Tx, submissionId: number, purpose: string): Promise<boolean> {
  const chats = await listChats(tx, submissionId)
  const purposes = [...chats.keys()].map((index) => `${purpose}:${index}`)
  return purposes.length === 0 || takeBackNotices(tx, purposes)
}
