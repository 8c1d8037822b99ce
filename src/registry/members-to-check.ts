// Memberships that an officer should look at: unpaid for long, or of people who have left a post.
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
  /** `unpaid`: so many months are late that it may have ended; `left`: the post is over. */
  why: 'unpaid' | 'left'
  /** The day from which the oldest month was late, or on which the post ended. */
  sinceOn: string
  /** How many months are late; 0 where that is not why. */
  months: number
  /** Why the post ended, as the answer `leave-reason` says it. */
  reason: string | null
  /** Somebody says that it is paid. */
  isClaimed: boolean
}

const isRegistered = (id: string) =>
  `EXISTS (SELECT FROM enrolment e WHERE e.submission_id = ${id} AND e.state = 'registered'`

/** By today $2 and so many late months $3, in the area $1. */
const toCheck = `
  WITH late AS (
    SELECT submission_id AS id, count(*)::int AS months, min(due_on) AS since_on
      FROM contribution WHERE paid_on IS NULL AND due_on < $2::date
     GROUP BY submission_id HAVING count(*) >= $3::int),
  found AS (
    SELECT id, 'unpaid' AS why, since_on, months, NULL AS reason FROM late
     WHERE ${isRegistered('late.id')} AND e.segment = 'BPU')
     UNION ALL
    (SELECT DISTINCT ON (t.submission_id) t.submission_id, 'left', t.until_on, 0, t.end_reason
      FROM staff t
     WHERE t.until_on <= $2::date AND ${isRegistered('t.submission_id')})
       AND NOT EXISTS (SELECT FROM staff o
                        WHERE o.submission_id = t.submission_id AND o.until_on IS NULL)
      ORDER BY t.submission_id, t.until_on DESC)),
  wanted AS (
    SELECT f.*, s.receipt, s.answers, s.village_code
      FROM found f JOIN submission s ON s.id = f.id WHERE ${isOfArea})`

function valuesOf(area: string, on: string, rates: Rates) {
  return [area, on, getFigure(rates, 'bpu-lapse-months', on).doubtful]
}

/** Those of an area as they stand on a day, the longest first, at most a page of them. */
export async function listMembersToCheck(
  tx: Tx,
  seal: Seal,
  { area, on, rates }: { area: string; on: string; rates: Rates },
): Promise<MemberToCheck[]> {
  const { rows } = await tx.query<Omit<MemberToCheck, 'name'> & { answers: Buffer }>(
    `${toCheck}
     SELECT receipt, answers, village_code AS "villageCode", why, since_on AS "sinceOn", months,
            reason, EXISTS (SELECT FROM payment_claim p WHERE p.submission_id = wanted.id
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
