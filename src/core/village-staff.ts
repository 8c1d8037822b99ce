// Who holds a village's posts, how far each registration is, and what a village still lacks.
import * as z from 'zod'
import { must } from './must.ts'

import { type Cohort, cohorts, findFigure, type Rates } from './rates.ts'
import type { CohortPlan } from './village-plan.ts'

const staff = z.array(
  z.object({
    /** The number of the row. */
    key: z.string(),
    cohort: z.enum(cohorts),
    position: z.string(),
    name: z.string(),
    /** Received and parked are both `waiting`: nobody can probe. */
    state: z.enum(['waiting', 'registered', 'ended', 'refused']),
    /** Why it was refused: the reason that the officer chose. */
    reason: z.string().optional(),
    /** What the person said of it in their own chat. */
    said: z.enum(['nothing', 'agreed', 'objected']),
  }),
)
/** Somebody who holds a post of the village now. */
export type StaffMember = z.output<typeof staff>[number]

/** The fact `village-staff`. */
export function readStaff(fact: unknown): StaffMember[] {
  return staff.parse(fact)
}

/** How far one group is. */
export interface CohortState {
  cohort: Cohort
  posts: number
  registered: number
  waiting: number
  refused: number
  /** Posts that nobody has been registered for. */
  empty: number
}

/** How far each group with posts is, in the order of the plans. */
export function cohortStates(plans: CohortPlan[], members: StaffMember[]): CohortState[] {
  return plans
    .filter(({ posts }) => posts > 0)
    .map(({ cohort, posts }) => {
      const own = members.filter((one) => one.cohort === cohort)
      const count = (state: StaffMember['state']) => own.filter((one) => one.state === state).length
      return {
        ...{ cohort, posts, registered: count('registered'), waiting: count('waiting') },
        ...{ refused: count('refused'), empty: Math.max(0, posts - own.length) },
      }
    })
}

const overview = z.object({
  /** Villages (desa) in the area. */
  villages: z.number(),
  /** Those that are Desa Sadar today. */
  aware: z.number(),
  /** Those that have set up a group and are not one yet. */
  underWay: z.number(),
  cohorts: z.array(
    z.object({
      cohort: z.enum(cohorts),
      posts: z.number(),
      registered: z.number(),
      waiting: z.number(),
    }),
  ),
  /** How many people were registered a year ago. */
  registeredYearAgo: z.number(),
})
/** How far an area is: counts only, nobody's name. */
export type AreaOverview = z.output<typeof overview>

/** The fact `area-overview`. */
export function readOverview(fact: unknown): AreaOverview {
  return overview.parse(fact)
}

/** How many villages have set up nothing yet. */
export function notStarted({ villages, aware, underWay }: AreaOverview): number {
  return Math.max(0, villages - aware - underWay)
}

/** Adds up the groups of many villages. */
export function overviewOf(
  villages: CohortState[][],
  given: Pick<AreaOverview, 'villages' | 'aware' | 'registeredYearAgo'>,
): AreaOverview {
  const started = villages.filter((states) => states.length > 0)
  const states = started.flat()
  const sum = (cohort: Cohort, pick: 'posts' | 'registered' | 'waiting') =>
    states.filter((one) => one.cohort === cohort).reduce((all, one) => all + one[pick], 0)
  const present = cohorts.filter((cohort) => states.some((one) => one.cohort === cohort))
  return {
    ...given,
    underWay: Math.max(0, started.length - given.aware),
    cohorts: present.map((cohort) => ({
      cohort,
      posts: sum(cohort, 'posts'),
      registered: sum(cohort, 'registered'),
      waiting: sum(cohort, 'waiting'),
    })),
  }
}

/** What one group still lacks for Desa Sadar: people, or its number of posts. */
export interface Lack {
  cohort: Cohort
  /** Missing where nobody has said how many posts there are. */
  people?: number
}

/** What a village lacks for Desa Sadar by the branch's criteria of a day; none when they are met. */
export function findLacks(states: CohortState[], on: string, rates: Rates): Lack[] {
  const criteria = must(findFigure(rates, 'sadar-percent', on), 'criteria')
  return cohorts.flatMap((cohort): Lack[] => {
    const percent = criteria[cohort]
    if (percent === undefined) return []
    const state = states.find((one) => one.cohort === cohort)
    if (!state) return [{ cohort }]
    const people = Math.ceil((state.posts * percent) / 100) - state.registered
    return people > 0 ? [{ cohort, people }] : []
  })
}
