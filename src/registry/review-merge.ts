// Two registrations that may be of one person: an officer makes one of them, or tells them apart.

import { undoSeconds } from '../core/limits.ts'
import { showReceipt } from '../core/text.ts'
import { appendAudits } from './audit.ts'
import type { Tx } from './database.ts'
import { type Deciding, type Moved, noteDecision } from './decision-rows.ts'
import { fillAnswers } from './merge-answers.ts'
import { type Notice, queueNotices } from './notices.ts'
import { findReviewed, type Reviewed, waitsForDecision } from './review-queue.ts'
import { purposeOf, submissionNotice } from './submission-notices.ts'
import { lockReceipts } from './submissions.ts'

/** Two of which one stays. */
export interface Pair {
  kept: Reviewed
  gone: Reviewed
}

type Standing = Pick<Reviewed, 'id' | 'state' | 'isRecorded' | 'isRegistered'>

/** Whether two can be made one: neither is over, and at most one of them has its number. */
export function mayMerge(one: Standing, other: Standing): boolean {
  const isUnderWay = (each: Standing) => each.isRegistered || waitsForDecision(each)
  return isUnderWay(one) && isUnderWay(other) && !(one.isRegistered && other.isRegistered)
}

/** Which of two stays: the one that is further along; of equal ones the older. */
export function isKept(one: Standing, other: Standing): boolean {
  const rank = (each: Standing) => (each.isRegistered ? 2 : each.isRecorded ? 1 : 0)
  return rank(one) === rank(other) ? one.id < other.id : rank(one) > rank(other)
}

/**
 * Makes one of two registrations of an area. The one that stays gets the post, the resident's place
 * and the chat that only the other had; what was answered in the other is kept with it. Whoever
 * sent either is told once it cannot be taken back any more. Done twice, it is done once. `late`:
 * one of them is over.
 */
export async function mergeSubmissions(
  deciding: Deciding,
  area: string,
  receipts: [string, string],
): Promise<Pair | 'late'> {
  const [one, other] = await lockPair(deciding, area, receipts)
  if (!one || !other) return 'late'
  if (one.mergedInto === other.receipt) return { kept: other, gone: one }
  if (other.mergedInto === one.receipt) return { kept: one, gone: other }
  if (!mayMerge(one, other)) return 'late'
  const pair = isKept(one, other) ? { kept: one, gone: other } : { kept: other, gone: one }
  const { kept, gone } = pair
  await closeInto(deciding, pair)
  const moved = { ...(await moveOver(deciding, pair)), ...(await fillAnswers(deciding, pair)) }
  const was = { state: gone.state, reason: gone.reasons.join(' ') || null }
  await noteDecision(deciding, gone.id, 'merge', was, { otherId: kept.id, moved })
  const { filled } = moved
  await auditBoth(deciding, 'merge-submissions', gone, kept, filled && { filled })
  await queueNotices(deciding.tx, deciding.seal, noticesOf(deciding, pair))
  return pair
}

/**
 * Keeps that two registrations are of different people: they are not shown as the same any more.
 * Done twice, it is done once, and the first who did it stays on record.
 */
export async function tellApart(
  deciding: Deciding,
  area: string,
  receipts: [string, string],
): Promise<'done' | 'late'> {
  const [one, other] = await lockPair(deciding, area, receipts)
  if (!one || !other) return 'late'
  const was = { state: one.state, reason: one.reasons.join(' ') || null }
  const noted = await noteDecision(deciding, one.id, 'apart', was, { otherId: other.id })
  if (noted !== undefined) {
    await auditBoth(deciding, 'tell-apart', one, other)
  }
  return 'done'
}

/** What is done to two is on record for each. */
async function auditBoth(
  { tx, actor }: Deciding,
  action: string,
  one: Reviewed,
  other: Reviewed,
  more: Record<string, unknown> = {},
) {
  await appendAudits(tx, actor, action, [
    { subject: `submission:${one.id}`, detail: { other: other.id } },
    { subject: `submission:${other.id}`, detail: { other: one.id, ...more } },
  ])
}

/** Both, as nobody else changes them now; locked in one order, whichever of them was named first. */
async function lockPair({ tx, seal }: Deciding, area: string, receipts: [string, string]) {
  await lockReceipts(tx, receipts)
  const one = await findReviewed(tx, seal, area, receipts[0])
  const other = await findReviewed(tx, seal, area, receipts[1])
  return one?.id === other?.id ? [] : [one, other]
}

async function closeInto({ tx, actor }: Deciding, { kept, gone }: Pair) {
  await tx.query(
    `UPDATE submission SET state = 'merged', merged_into = $2, closed_at = now() WHERE id = $1`,
    [gone.id, kept.id],
  )
  await tx.query(
    `WITH taken AS (
       UPDATE enrolment SET state = 'withdrawn', updated_at = now()
        WHERE submission_id = $1 AND state = 'submitted' RETURNING id)
     INSERT INTO enrolment_event (enrolment_id, kind, actor) SELECT id, 'merged', $2 FROM taken`,
    [gone.id, actor],
  )
}

/** What only the other had becomes that of the one that stays. */
async function moveOver({ tx, book }: Deciding, { kept, gone }: Pair): Promise<Moved> {
  const move = async (sql: string, ...more: unknown[]) => {
    const { rows } = await tx.query<{ id: number }>(sql, [gone.id, kept.id, ...more])
    return rows[0]?.id
  }
  // Naming the day anew has the village judged anew.
  const staff = await move(
    `UPDATE staff SET submission_id = $2, until_on = NULL
      WHERE submission_id = $1 AND until_on IS NULL
        AND NOT EXISTS (SELECT FROM staff WHERE submission_id = $2 AND until_on IS NULL)
      RETURNING id`,
  )
  const endedStaff = await move(
    `UPDATE staff SET until_on = (now() AT TIME ZONE $3)::date, end_reason = 'merged'
      WHERE submission_id = $1 AND submission_id <> $2 AND until_on IS NULL RETURNING id`,
    book.branch.zone,
  )
  const resident = await move(
    `UPDATE resident SET submission_id = $2 WHERE submission_id = $1
        AND NOT EXISTS (SELECT FROM resident WHERE submission_id = $2) RETURNING id`,
  )
  // Somebody whom others registered has no chat of their own yet: now they have.
  const address =
    gone.way === 'self' && kept.way !== 'self' && kept.addressId !== gone.addressId
      ? await move(
          `UPDATE address a SET person_id = k.person_id FROM submission g, submission k
            WHERE g.id = $1 AND k.id = $2 AND a.id = g.address_id AND a.person_id IS NULL
              AND k.person_id IS NOT NULL RETURNING a.id`,
        )
      : undefined
  return {
    ...(staff !== undefined && { staff }),
    ...(endedStaff !== undefined && { endedStaff }),
    ...(resident !== undefined && { resident }),
    ...(address !== undefined && { address }),
  }
}

/** The receipts of those for which this submission stands now, too. */
export async function listMergedHere(tx: Tx, id: number): Promise<string[]> {
  const { rows } = await tx.query<{ receipt: string }>(
    `SELECT receipt FROM submission WHERE merged_into = $1 AND state = 'merged' ORDER BY id`,
    [id],
  )
  return rows.map(({ receipt }) => receipt)
}

/** The answers of a submission that others filled in, by step id. */
export async function listFilled(tx: Tx, submissionId: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT jsonb_array_elements_text(moved->'filled') AS id FROM decision
      WHERE other_id = $1 AND kind = 'merge' AND undone_at IS NULL ORDER BY 1`,
    [submissionId],
  )
  return rows.map(({ id }) => id)
}

/** Gives back what went over with a merge. */
export async function moveBack(tx: Tx, goneId: number, moved: Moved) {
  const { staff, endedStaff, resident, address } = moved
  await tx.query('UPDATE staff SET submission_id = $1, until_on = NULL WHERE id = $2', [
    ...[goneId, staff ?? null],
  ])
  await tx.query('UPDATE staff SET until_on = NULL, end_reason = NULL WHERE id = $1', [
    endedStaff ?? null,
  ])
  await tx.query('UPDATE resident SET submission_id = $1 WHERE id = $2', [
    ...[goneId, resident ?? null],
  ])
  await tx.query('UPDATE address SET person_id = NULL WHERE id = $1', [address ?? null])
}

/** One to each chat from which either was sent. */
function noticesOf({ book }: Deciding, { kept, gone }: Pair): Notice[] {
  const fills = { kept: showReceipt(kept.receipt) }
  const [toGone = '', toKept = ''] = mergePurposes(gone)
  const made = submissionNotice(book, gone, 'enrolment-merged', fills)
  const there = { ...gone, addressId: kept.addressId, language: kept.language }
  const other = submissionNotice(book, there, 'enrolment-merged', fills)
  const both = [
    { ...made, purpose: toGone },
    { ...other, purpose: toKept },
  ]
  const all = kept.addressId === gone.addressId ? both.slice(0, 1) : both
  return all.map((notice) => ({ ...notice, delaySeconds: undoSeconds }))
}

/** What is said of a merge: to whoever sent the one that is gone, and the one that stays. */
export function mergePurposes(gone: Pick<Reviewed, 'id'>): string[] {
  const purpose = purposeOf(gone, 'enrolment-merged')
  return [purpose, `${purpose}:kept`]
}
