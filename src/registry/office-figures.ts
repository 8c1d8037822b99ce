// The figures of the workplace: villages of an area, and registrations over time. Counts of rows.
import { progressOf, type VillageProgress } from '../core/area-progress.ts'
import { type AreaOverview, overviewOf } from '../core/village-staff.ts'
import type { Tx } from './database.ts'
import { isInside, readVillageStates } from './village-states.ts'

/** Every village (desa) of an area in the order of their codes, and its groups added up. */
export async function readAreaProgress(
  tx: Tx,
  area: string,
): Promise<{ villages: VillageProgress[]; cohorts: AreaOverview['cohorts'] }> {
  const states = await readVillageStates(tx, area)
  const { rows } = await tx.query<{ code: string; is_aware: boolean }>(
    `SELECT v.code, coalesce(present.is_sadar, false) AS is_aware FROM village v
       LEFT JOIN (SELECT DISTINCT ON (village_code) village_code, is_sadar FROM village_status
                   WHERE ${isInside('village_code')} ORDER BY village_code, ordinal DESC) AS present
         ON present.village_code = v.code
      WHERE v.kind = 'desa' AND ${isInside('v.code')} ORDER BY v.code`,
    [area],
  )
  const villages = rows.map((row) => progressOf(row.code, row.is_aware, states.get(row.code) ?? []))
  const none = { villages: 0, aware: 0, registeredYearAgo: 0 }
  return { villages, cohorts: overviewOf([...states.values()], none).cohorts }
}

/** Everybody who is or was registered has one row of this programme: it stands for the person. */
export const isRegisteredPerson = `programme = 'JKK' AND registered_at IS NOT NULL`

/** People who were registered in one week. */
export interface WeekCount {
  /** The Monday, `YYYY-MM-DD`. */
  fromOn: string
  count: number
}

/** People of an area who got their membership number, by week; the last is the present week. */
export async function countRegisteredByWeek(
  tx: Tx,
  area: string,
  on: string,
  zone: string,
  weeks: number,
): Promise<WeekCount[]> {
  const { rows } = await tx.query<WeekCount>(
    `WITH week AS (
       SELECT (date_trunc('week', $2::date) - make_interval(weeks => n))::date AS from_on
         FROM generate_series(0, $4 - 1) AS n),
     member AS (
       SELECT date_trunc('week', registered_at AT TIME ZONE $3)::date AS from_on, count(*) AS count
         FROM enrolment
        WHERE ${isRegisteredPerson} AND ${isInside('village_code')}
          AND registered_at > $2::date - make_interval(weeks => $4 + 1)
        GROUP BY 1)
     SELECT week.from_on AS "fromOn", coalesce(member.count, 0) AS count
       FROM week LEFT JOIN member USING (from_on) ORDER BY 1`,
    [area, on, zone, weeks],
  )
  return rows
}

/** How many people of an area are registered now, and how many were a year ago. */
export async function countRegistered(
  tx: Tx,
  area: string,
): Promise<{ now: number; yearAgo: number }> {
  const { rows } = await tx.query<{ now: number; year_ago: number }>(
    // Whether it lies in the area is asked once for each village, not for each person.
    `SELECT coalesce(sum(now), 0)::bigint AS now, coalesce(sum(year_ago), 0)::bigint AS year_ago
       FROM (SELECT village_code, count(*) AS now,
                    count(*) FILTER (WHERE registered_at < now() - interval '1 year') AS year_ago
               FROM enrolment WHERE ${isRegisteredPerson} AND state = 'registered'
              GROUP BY village_code) AS village
      WHERE ${isInside('village_code')}`,
    [area],
  )
  return { now: rows[0]?.now ?? 0, yearAgo: rows[0]?.year_ago ?? 0 }
}

/** Messages that should have been sent by now and still wait. */
export async function countUnsent(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM outbound
      WHERE state IN ('waiting', 'sending') AND not_before <= now()`,
  )
  return rows[0]?.count ?? 0
}
