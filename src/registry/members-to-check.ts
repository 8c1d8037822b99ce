// Memberships that an officer should look at: long unpaid, post left, charged on a wrong wage.
import { rowsPerPage } from '../core/limits.ts'
import { getFigure, type Rates } from '../core/rates.ts'
import type { Tx } from './database.ts'
import { isOfArea } from './office-waiting.ts'
import type { Seal } from './seal.ts'
import { openSubmitted } from './submissions.ts'

/** A membership to be looked at. */
export interface MemberToCheck {
  receipt: string
  name: string
  villageCode: string | null
  /**
   * `unpaid`: so many months are late that it may have ended; `left`: the post is over; `wage`:
   * months were drawn up on another wage than it should have been.
   */
  why: 'unpaid' | 'left' | 'wage'
  /** Since when: the oldest month was late, the post ended, the wage was another. */
  sinceOn: string
  /** How many months are late, or were drawn up on another wage; 0 where that is not why. */
  months: number
  /** Why the post ended, as the answer `leave-reason` says it. */
  reason: string | null
  /** Somebody says that it is paid. */
  isClaimed: boolean
  /** What months on another wage should have cost more; missing where nobody knows. */
  differenceRupiah: number | null
}

const isRegistered = (id: string) =>
  `EXISTS (SELECT FROM enrolment e WHERE e.submission_id = ${id} AND e.state = 'registered'`

const wageDifferences = `
  SELECT submission_id AS id, min(meant_from) AS since_on,
         sum(12 * (extract(year FROM from_month) - extract(year FROM meant_from))
             + extract(month FROM from_month) - extract(month FROM meant_from))::int AS months,
         CASE WHEN bool_and(difference_rupiah IS NOT NULL)
              THEN sum(difference_rupiah)::int END AS difference
    FROM wage_change WHERE meant_from < from_month AND seen_at IS NULL GROUP BY submission_id`

/** By today $2 and so many late months $3, in the area $1. */
const toCheck = `
  WITH late AS (
    SELECT submission_id AS id, count(*)::int AS months, min(due_on) AS since_on
      FROM contribution WHERE paid_on IS NULL AND due_on < $2::date
     GROUP BY submission_id HAVING count(*) >= $3::int),
  found AS (
    SELECT id, 'unpaid' AS why, since_on, months, NULL AS reason, NULL::int AS difference
      FROM late
     WHERE ${isRegistered('late.id')} AND e.segment = 'BPU')
     UNION ALL
    (SELECT DISTINCT ON (t.submission_id) t.submission_id, 'left', t.until_on, 0, t.end_reason,
            NULL
      FROM staff t
     WHERE t.until_on <= $2::date AND ${isRegistered('t.submission_id')})
       AND NOT EXISTS (SELECT FROM staff o
                        WHERE o.submission_id = t.submission_id AND o.until_on IS NULL)
      ORDER BY t.submission_id, t.until_on DESC)
     UNION ALL
    SELECT id, 'wage', since_on, months, NULL, difference FROM (${wageDifferences}) w),
  wanted AS (
    SELECT f.*, s.receipt, s.answers, s.village_code
      FROM found f JOIN submission s ON s.id = f.id WHERE ${isOfArea})`

function valuesOf(area: string, on: string, rates: Rates) {
  return [area, on, getFigure(rates, 'bpu-lapse-months', on).doubtful]
}

interface CheckRow extends Omit<MemberToCheck, 'name'> {
  answers: Buffer
}

/** Those of an area as they stand on a day, the longest first, at most a page of them. */
export async function listMembersToCheck(
  tx: Tx,
  seal: Seal,
  { area, on, rates }: { area: string; on: string; rates: Rates },
): Promise<MemberToCheck[]> {
  const { rows } = await tx.query<CheckRow>(
    `${toCheck}
     SELECT receipt, answers, village_code AS "villageCode", why, since_on AS "sinceOn", months,
            reason, difference AS "differenceRupiah",
            EXISTS (SELECT FROM payment_claim p WHERE p.submission_id = wanted.id
                               AND p.state = 'open') AS "isClaimed"
       FROM wanted ORDER BY since_on, receipt LIMIT $4`,
    [...valuesOf(area, on, rates), rowsPerPage],
  )
  return rows.map(({ answers, ...row }) => {
    return { ...row, name: String(openSubmitted(seal, row.receipt, answers).name ?? '') }
  })
}

/** How many there are in an area, and since which day the longest; no day where there are none. */
export async function countMembersToCheck(
  tx: Tx,
  area: string,
  on: string,
  rates: Rates,
): Promise<{ count: number; sinceOn: string | null }> {
  const { rows } = await tx.query<{ count: number; sinceOn: string | null }>(
    `${toCheck} SELECT count(*) AS count, min(since_on) AS "sinceOn" FROM wanted`,
    valuesOf(area, on, rates),
  )
  return rows[0] ?? { count: 0, sinceOn: null }
}

/** Months that were drawn up on another wage than it should have been. */
export type WageDifference = Pick<MemberToCheck, 'months' | 'sinceOn' | 'differenceRupiah'>

/** The difference of one wage earner that no officer has seen to; nothing where there is none. */
export async function findWageDifference(
  tx: Tx,
  submissionId: number,
): Promise<WageDifference | undefined> {
  const { rows } = await tx.query<WageDifference>(
    `SELECT months, since_on AS "sinceOn", difference AS "differenceRupiah"
       FROM (${wageDifferences}) w WHERE id = $1`,
    [submissionId],
  )
  return rows[0]
}
