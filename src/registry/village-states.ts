// How far the groups of villages are, counted from the rows: the one place that counts them.
import type { Cohort } from '../core/rates.ts'
import type { CohortState } from '../core/village-staff.ts'
import type { Tx } from './database.ts'
import { textArray } from './sql-array.ts'

/** A code lies in the area $1: codes with blanks between, as posts have them. */
export function isInside(column: string): string {
  return `EXISTS (SELECT FROM unnest(string_to_array($1, ' ')) AS part
                   WHERE ${column} = part OR ${column} LIKE part || '.%')`
}

/** One of several codes, with blanks between, lies in the area $1. */
export function isAnyInside(column: string): string {
  return `EXISTS (SELECT FROM unnest(string_to_array(${column}, ' ')) AS place
                   WHERE ${isInside('place')})`
}

/** What was done by an actor is not what a post outside of the area $1 has done. */
export function isDoneHere(actor: string): string {
  return `NOT EXISTS (SELECT FROM post p
                       WHERE ${actor} = 'post:' || p.id AND NOT ${isAnyInside('p.area')})`
}

interface PlanRow {
  village_code: string
  cohort: Cohort
  posts: number
}

interface HeldRow extends Omit<PlanRow, 'posts'> {
  held: number
  registered: number
  refused: number
}

/** The groups that have posts, by the code of their village, for every village of an area. */
export async function readVillageStates(tx: Tx, area: string): Promise<Map<string, CohortState[]>> {
  const { rows: plan } = await tx.query<PlanRow>(
    `SELECT * FROM (
       SELECT DISTINCT ON (village_code, cohort) village_code, cohort, posts FROM village_cohort
        WHERE ${isInside('village_code')} ORDER BY village_code, cohort, id DESC) AS plan
      WHERE posts > 0 ORDER BY village_code`,
    [area],
  )
  const codes = [...new Set(plan.map((row) => row.village_code))]
  const held = new Map(
    (await countHeld(tx, codes)).map((row) => [`${row.village_code} ${row.cohort}`, row]),
  )
  const villages = new Map<string, CohortState[]>()
  for (const row of plan) {
    const { village_code: code, cohort, posts } = row
    const states = villages.get(code) ?? []
    states.push(toState(cohort, posts, held.get(`${code} ${cohort}`)))
    villages.set(code, states)
  }
  return villages
}

const isDropped = `EXISTS (SELECT FROM submission s
  WHERE s.id = t.submission_id AND s.state IN ('refused', 'withdrawn', 'merged'))`

/** Whole groups at once, from indexes alone; the codes are named so that few are looked up as few. */
async function countHeld(tx: Tx, codes: string[]): Promise<HeldRow[]> {
  if (codes.length === 0) return []
  const { rows } = await tx.query<HeldRow>(
    `SELECT t.village_code, t.cohort, count(*) AS held,
            count(*) FILTER (WHERE NOT ${isDropped}
              AND EXISTS (SELECT FROM enrolment e
                           WHERE e.submission_id = t.submission_id AND e.state = 'registered'))
              AS registered,
            count(*) FILTER (WHERE ${isDropped}) AS refused
       FROM staff t WHERE t.until_on IS NULL AND t.village_code = ANY ($1::text[])
      GROUP BY t.village_code, t.cohort`,
    [textArray(codes)],
  )
  return rows
}

function toState(
  cohort: Cohort,
  posts: number,
  { held, registered, refused }: Omit<HeldRow, 'village_code' | 'cohort'> = none,
): CohortState {
  const waiting = held - registered - refused
  return { cohort, posts, registered, waiting, refused, empty: Math.max(0, posts - held) }
}

const none = { held: 0, registered: 0, refused: 0 }
