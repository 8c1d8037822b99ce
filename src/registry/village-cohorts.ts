// The groups of a village as it has set them up. Every change is a new row; the newest holds.
import type { Value } from '../core/answers/reading.ts'
import type { Cohort, CohortSetting } from '../core/rates.ts'
import { type CohortPlan, planOfAnswers, villageCohorts } from '../core/village-plan.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'

/** A row of the groups, as statements give it. */
export interface CohortRow {
  cohort: Cohort
  posts: number
  segment: CohortSetting['segment'] | null
  base: CohortSetting['base']
  base_rupiah: string | null
  programmes: CohortSetting['programmes']
  fund: string
}

/** What a village has set up, in the order in which villages count. */
export async function listCohorts(tx: Tx, villageCode: string): Promise<CohortPlan[]> {
  const { rows } = await tx.query<CohortRow>(
    `SELECT DISTINCT ON (cohort) cohort, posts, segment, base, base_rupiah, programmes, fund
       FROM village_cohort WHERE village_code = $1 ORDER BY cohort, id DESC`,
    [villageCode],
  )
  return rows
    .map(toPlan)
    .sort((one, other) => villageCohorts.indexOf(one.cohort) - villageCohorts.indexOf(other.cohort))
}

/** The plan behind a row. */
export function toPlan({ cohort, posts, fund, ...row }: CohortRow): CohortPlan {
  if (row.segment === null) return { cohort, posts, fund }
  const { segment, base, programmes } = row
  const rupiah = row.base_rupiah === null ? {} : { rupiah: Number(row.base_rupiah) }
  return { cohort, posts, fund, own: { segment, base, programmes, ...rupiah } }
}

/** Keeps what the answers of official/village say about one group. */
export async function saveCohort(
  tx: Tx,
  post: { id: number; area: string },
  answers: Readonly<Record<string, Value>>,
) {
  const { cohort, posts, own, fund } = planOfAnswers(answers)
  await tx.query(
    `INSERT INTO village_cohort
       (village_code, cohort, posts, segment, base, base_rupiah, programmes, fund, set_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      post.area,
      cohort,
      posts,
      own?.segment ?? null,
      own?.base ?? null,
      own?.rupiah ?? null,
      own?.programmes ?? null,
      fund,
      post.id,
    ],
  )
  await appendAudit(tx, `post:${post.id}`, 'save-cohort', `village:${post.area}`, { cohort, posts })
}
