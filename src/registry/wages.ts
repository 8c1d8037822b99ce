// On which wage later months are charged: what follows from a village's groups, or an officer said.
import { addMonths, firstDayOf } from '../core/calendar.ts'
import type { Cohort, Rates } from '../core/rates.ts'
import { toWageChange, type WageChange, type WageEarner } from '../core/wages.ts'
import { appendAudit } from './audit.ts'
import { findMembership, readMemberships } from './contributions.ts'
import type { Tx } from './database.ts'
import { bigintArray } from './sql-array.ts'
import { type CohortRow, toPlan } from './village-cohorts.ts'

/** A wage earner as kept. */
export interface KeptEarner extends WageEarner {
  /** The number of the membership. */
  id: number
}

interface EarnerRow extends CohortRow {
  id: number
  village_code: string
  cohort: Cohort
  position: string
  planned_on: string
  last_month: string | null
}

/** Lets one at a time change wages: each sees what the other has changed. */
export async function lockWages(tx: Tx) {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('wages'))`)
}

/**
 * Registered wage earners who hold a post, after the number `after`, in order, at most `limit`; not
 * those whose wage an officer has set since the village set up the group.
 */
export async function listWageEarners(
  tx: Tx,
  zone: string,
  after: number,
  limit: number,
): Promise<KeptEarner[]> {
  const { rows } = await tx.query<EarnerRow>(
    `SELECT DISTINCT ON (t.submission_id) t.submission_id AS id, t.village_code, t.position, c.*,
            (c.set_at AT TIME ZONE $1)::date AS planned_on,
            (SELECT to_char(max(month), 'YYYY-MM') FROM contribution
              WHERE submission_id = t.submission_id) AS last_month
       FROM staff t
       JOIN LATERAL (SELECT cohort, posts, segment, base, base_rupiah, programmes, fund, set_at
                       FROM village_cohort v
                      WHERE v.village_code = t.village_code AND v.cohort = t.cohort
                      ORDER BY v.id DESC LIMIT 1) c ON true
      WHERE t.until_on IS NULL AND t.submission_id > $2
        AND EXISTS (SELECT FROM enrolment e WHERE e.submission_id = t.submission_id
                       AND e.state = 'registered' AND e.segment = 'PU')
        AND NOT EXISTS (SELECT FROM wage_change w WHERE w.submission_id = t.submission_id
                           AND w.actor <> 'program' AND w.changed_at > c.set_at)
      ORDER BY t.submission_id, t.id DESC LIMIT $3`,
    [zone, after, limit],
  )
  const ids = rows.map(({ id }) => id)
  const kept = new Map((await readMemberships(tx, zone, ids)).map((one) => [one.id, one]))
  return rows.flatMap((row) => {
    const membership = kept.get(row.id)?.membership
    if (!membership) return []
    const { id, village_code: villageCode, position, planned_on: plannedOn } = row
    const nextMonth = nextOf(membership.firstMonth, row.last_month)
    return { id, membership, villageCode, position, plannedOn, nextMonth, plan: toPlan(row) }
  })
}

function nextOf(firstMonth: string, lastMonth: string | null): string {
  const next = lastMonth === null ? firstMonth : addMonths(lastMonth, 1)
  return next > firstMonth ? next : firstMonth
}

/** Changes of the wage of some memberships. */
export interface KeptChange extends WageChange {
  id: number
}

/** Keeps changes; those of the same month that come later hold. */
export async function saveWageChanges(tx: Tx, changes: KeptChange[], actor: string) {
  await tx.query(
    `INSERT INTO wage_change (submission_id, from_month, base_rupiah, meant_from,
                              difference_rupiah, actor)
     SELECT n.*, $6 FROM unnest($1::bigint[], $2::date[], $3::int[], $4::date[], $5::int[]) AS n`,
    [
      bigintArray(changes.map(({ id }) => id)),
      changes.map(({ fromMonth }) => firstDayOf(fromMonth)),
      changes.map(({ baseRupiah }) => baseRupiah),
      changes.map(({ meantFrom }) => firstDayOf(meantFrom)),
      changes.map(({ differenceRupiah }) => differenceRupiah ?? null),
      actor,
    ],
  )
}

/** A wage that an officer has seen to be another. */
export interface SeenWage {
  submissionId: number
  baseRupiah: number
  /** The contribution month `YYYY-MM` from which it holds, also one that is drawn up or paid. */
  meantFrom: string
}

/**
 * Charges a wage earner's later months on another wage; what was drawn up stays, and the difference
 * is there for an officer to see. Nothing for whoever is no registered wage earner.
 */
export async function setWage(
  tx: Tx,
  { rates, zone, actor }: { rates: Rates; zone: string; actor: string },
  { submissionId, baseRupiah, meantFrom }: SeenWage,
): Promise<WageChange | undefined> {
  await lockWages(tx)
  const kept = await findMembership(tx, zone, submissionId)
  if (kept?.membership.segment !== 'pu') return undefined
  const { membership } = kept
  const { rows } = await tx.query<{ last: string | null }>(
    `SELECT to_char(max(month), 'YYYY-MM') AS last FROM contribution WHERE submission_id = $1`,
    [submissionId],
  )
  const nextMonth = nextOf(membership.firstMonth, rows[0]?.last ?? null)
  const meant = meantFrom > membership.firstMonth ? meantFrom : membership.firstMonth
  const change = toWageChange(membership, { baseRupiah, meantFrom: meant }, nextMonth, rates)
  await saveWageChanges(tx, [{ ...change, id: submissionId }], actor)
  await appendAudit(tx, actor, 'set-wage', `submission:${submissionId}`, { ...change })
  return change
}

/** An officer has seen to the differences of a wage earner; false where there were none. */
export async function closeWageDifferences(tx: Tx, submissionId: number, actor: string) {
  const { rowCount } = await tx.query(
    `UPDATE wage_change SET seen_at = now()
      WHERE submission_id = $1 AND meant_from < from_month AND seen_at IS NULL`,
    [submissionId],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, 'close-wage-difference', `submission:${submissionId}`)
  return true
}
