// How far the villages of an area are: counts for those who coordinate, nobody's name.
import type { Book } from '../core/book.ts'
import type { Cohort } from '../core/rates.ts'
import {
  type AreaOverview,
  type CohortState,
  findLacks,
  overviewOf,
} from '../core/village-staff.ts'
import type { Tx } from './database.ts'

/** A village code lies in an area: codes with blanks between, as posts have them. */
const isInside = (column: string) =>
  `EXISTS (SELECT FROM unnest(string_to_array($1, ' ')) AS part
            WHERE ${column} = part OR ${column} LIKE part || '.%')`

interface GroupRow {
  village_code: string
  cohort: Cohort
  posts: number
  held: number
  registered: number
  refused: number
}

/** The overview of an area by the criteria that hold on a day. */
export async function readOverviewOf(
  tx: Tx,
  book: Book,
  area: string,
  on: string,
): Promise<AreaOverview> {
  const { rows } = await tx.query<GroupRow>(
    `WITH plan AS (
       SELECT DISTINCT ON (village_code, cohort) village_code, cohort, posts FROM village_cohort
        WHERE ${isInside('village_code')} ORDER BY village_code, cohort, id DESC),
     member AS (
       SELECT t.village_code, t.cohort, s.state = 'refused' AS is_refused,
              EXISTS (SELECT FROM enrolment e
                       WHERE e.submission_id = s.id AND e.state = 'registered') AS is_registered
         FROM staff t JOIN submission s ON s.id = t.submission_id
        WHERE t.until_on IS NULL AND ${isInside('t.village_code')})
     SELECT p.village_code, p.cohort, p.posts, count(m.cohort) AS held,
            count(*) FILTER (WHERE m.is_registered) AS registered,
            count(*) FILTER (WHERE m.is_refused) AS refused
       FROM plan p LEFT JOIN member m USING (village_code, cohort)
      WHERE p.posts > 0 GROUP BY p.village_code, p.cohort, p.posts ORDER BY p.village_code`,
    [area],
  )
  const villages = new Map<string, CohortState[]>()
  for (const row of rows) {
    villages.set(row.village_code, [...(villages.get(row.village_code) ?? []), toState(row)])
  }
  const counts = await countArea(tx, area)
  const isAware = (states: CohortState[]) => findLacks(states, on, book.rates).length === 0
  return overviewOf([...villages.values()], counts, isAware)
}

function toState({ cohort, posts, held, registered, refused }: GroupRow): CohortState {
  const waiting = held - registered - refused
  return { cohort, posts, registered, waiting, refused, empty: Math.max(0, posts - held) }
}

async function countArea(tx: Tx, area: string) {
  const { rows } = await tx.query<{ villages: number; year_ago: number }>(
    `SELECT (SELECT count(*) FROM village
              WHERE kind = 'desa' AND ${isInside('code')}) AS villages,
            (SELECT count(DISTINCT t.submission_id) FROM staff t
               JOIN enrolment e USING (submission_id)
               JOIN enrolment_event v ON v.enrolment_id = e.id AND v.kind = 'registered'
              WHERE ${isInside('t.village_code')} AND v.at < now() - interval '1 year'
                AND (t.until_on IS NULL OR t.until_on > now() - interval '1 year')) AS year_ago`,
    [area],
  )
  return { villages: rows[0]?.villages ?? 0, registeredYearAgo: rows[0]?.year_ago ?? 0 }
}
