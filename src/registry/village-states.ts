// How far the groups of villages are, counted from the rows: the one place that counts them.
import type { Cohort } from '../core/rates.ts'
import type { CohortState } from '../core/village-staff.ts'
import type { Tx } from './database.ts'

/** A code lies in the area $1: codes with blanks between, as posts have them. */
export function isInside(column: string): string {
  return `EXISTS (SELECT FROM unnest(string_to_array($1, ' ')) AS part
                   WHERE ${column} = part OR ${column} LIKE part || '.%')`
}

interface GroupRow {
  village_code: string
  cohort: Cohort
  posts: number
  held: number
  registered: number
  refused: number
}

/** The groups that have posts, by the code of their village, for every village of an area. */
export async function readVillageStates(tx: Tx, area: string): Promise<Map<string, CohortState[]>> {
  const { rows } = await tx.query<GroupRow>(
    `WITH plan AS (
       SELECT DISTINCT ON (village_code, cohort) village_code, cohort, posts FROM village_cohort
        WHERE ${isInside('village_code')} ORDER BY village_code, cohort, id DESC),
     member AS (
       SELECT t.village_code, t.cohort, s.state IN ('refused', 'withdrawn', 'merged') AS is_refused,
              EXISTS (SELECT FROM enrolment e
                       WHERE e.submission_id = s.id AND e.state = 'registered') AS is_registered
         FROM staff t JOIN submission s ON s.id = t.submission_id
        WHERE t.until_on IS NULL AND ${isInside('t.village_code')})
     SELECT p.village_code, p.cohort, p.posts, count(m.cohort) AS held,
            count(*) FILTER (WHERE m.is_registered AND NOT m.is_refused) AS registered,
            count(*) FILTER (WHERE m.is_refused) AS refused
       FROM plan p LEFT JOIN member m USING (village_code, cohort)
      WHERE p.posts > 0 GROUP BY p.village_code, p.cohort, p.posts ORDER BY p.village_code`,
    [area],
  )
  const villages = new Map<string, CohortState[]>()
  for (const row of rows) {
    villages.set(row.village_code, [...(villages.get(row.village_code) ?? []), toState(row)])
  }
  return villages
}

function toState({ cohort, posts, held, registered, refused }: GroupRow): CohortState {
  const waiting = held - registered - refused
  return { cohort, posts, registered, waiting, refused, empty: Math.max(0, posts - held) }
}
