// What a village pays for its groups of people: how many, on which wage, from which money.
import * as z from 'zod'
import type { Value } from './answers/reading.ts'
import { firstDayOf } from './calendar.ts'
import { bpuContribution } from './contribution.ts'
import { must } from './must.ts'

import {
  type Cohort,
  type CohortSetting,
  cohorts,
  findFigure,
  getFigure,
  type Rates,
  RatesError,
} from './rates.ts'
import { type PuProgramme, puContribution } from './wage-contribution.ts'

/** The groups that a village sets up; workers of village projects belong to their project. */
export const villageCohorts: Cohort[] = cohorts.filter((cohort) => cohort !== 'pktd')

/** One group in a village. */
export interface CohortPlan {
  cohort: Cohort
  /** How many posts it has, filled or not. */
  posts: number
  /** The village's own choice; missing where it follows its regency. */
  own?: CohortSetting | undefined
  /** Where the money comes from: a key of the figure `village-fund-sources`, `dana-desa`, `other`. */
  fund: string
}

/** Where and when a plan is reckoned. */
export interface PlanPlace {
  villageCode: string
  /** Contribution month `YYYY-MM`. */
  month: string
}

/** One line of the village's table; all amounts in rupiah. */
export interface PlanLine {
  cohort: Cohort
  /** The one secretary among the staff, whose wage is another. */
  isSecretary: boolean
  posts: number
  /** For one person and month; missing where no figure is known. */
  each?: number
  /** For all of the line, a month. */
  month: number
  /** Whether nobody has to confirm the price. */
  isSure: boolean
}

/** How the regency of a village has this group registered, as the rules stand on a day. */
export function regencySetting(cohort: Cohort, place: PlanPlace, rates: Rates): CohortSetting {
  const table = getFigure(rates, 'cohort-settings', firstDayOf(place.month))
  const own = table[place.villageCode.slice(0, 5)]?.[cohort]
  return must(own ?? table.default?.[cohort], `a setting for ${cohort}`)
}

/** The setting that holds for this plan. */
export function settingOf(plan: CohortPlan, place: PlanPlace, rates: Rates): CohortSetting {
  return plan.own ?? regencySetting(plan.cohort, place, rates)
}

/** The least fixed income of a post, where the rules name one. */
export function findSiltap(
  cohort: Cohort,
  month: string,
  rates: Rates,
  isSecretary = false,
): number | undefined {
  const floor = findFigure(rates, 'siltap-floor-rupiah', firstDayOf(month))
  if (cohort === 'kepala-desa') return floor?.head
  if (cohort !== 'perangkat-desa') return undefined
  return isSecretary ? floor?.secretary : floor?.staff
}

/** The minimum wage of the village's regency, where it is known. */
export function findUmk(place: PlanPlace, rates: Rates): number | undefined {
  return findFigure(rates, 'umk-rupiah', firstDayOf(place.month))?.[place.villageCode.slice(0, 5)]
}

/** The wage that one person is charged on; nothing where it is not known. */
export function findWage(
  cohort: Cohort,
  setting: CohortSetting,
  place: PlanPlace,
  rates: Rates,
  isSecretary = false,
): number | undefined {
  if (setting.rupiah !== undefined) return setting.rupiah
  if (setting.base === 'umk') return findUmk(place, rates)
  return findSiltap(cohort, place.month, rates, isSecretary)
}

const puProgrammes: Record<CohortSetting['programmes'], PuProgramme[]> = {
  basic: ['jkk', 'jkm'],
  savings: ['jkk', 'jkm', 'jht'],
  pension: ['jkk', 'jkm', 'jht', 'jp'],
}

/** The programmes behind a setting; who earns no wage has no pension. */
export function programmesOfSetting(setting: CohortSetting): PuProgramme[] {
  const programmes = puProgrammes[setting.programmes]
  return setting.segment === 'PU' ? programmes : programmes.filter((one) => one !== 'jp')
}

/** Village staff are of the lowest risk class. */
export const villageJkkClass = '1' as const

interface Price {
  total: number
  isSure: boolean
}

function findPrice(
  wageRupiah: number,
  setting: CohortSetting,
  month: string,
  rates: Rates,
): Price | undefined {
  try {
    if (setting.segment === 'PU') {
      const programmes = programmesOfSetting(setting)
      const terms = { wageRupiah, jkkClass: villageJkkClass, programmes, month }
      const { total } = puContribution(terms, rates)
      return { total, isSure: true }
    }
    const programmes = programmesOfSetting(setting).filter((one) => one !== 'jp')
    const terms = { incomeRupiah: wageRupiah, sector: 'other', payer: 'village', month } as const
    const { total, certainty } = bpuContribution({ ...terms, programmes }, rates)
    return { total, isSure: certainty === 'sure' }
  } catch (error) {
    if (error instanceof RatesError) return undefined
    throw error
  }
}

/** The lines of one group: two where its secretary is charged on another wage. */
export function planLines(plan: CohortPlan, place: PlanPlace, rates: Rates): PlanLine[] {
  const { cohort, posts } = plan
  const setting = settingOf(plan, place, rates)
  const line = (count: number, isSecretary: boolean): PlanLine => {
    const wage = findWage(cohort, setting, place, rates, isSecretary)
    const price = wage === undefined ? undefined : findPrice(wage, setting, place.month, rates)
    const known = price && { each: price.total }
    const month = (price?.total ?? 0) * count
    return { cohort, isSecretary, posts: count, ...known, month, isSure: price?.isSure === true }
  }
  const hasSecretary =
    cohort === 'perangkat-desa' && setting.base === 'siltap' && setting.rupiah === undefined
  if (posts === 0) return []
  if (!hasSecretary) return [line(posts, false)]
  return posts === 1 ? [line(1, true)] : [line(1, true), line(posts - 1, false)]
}

/** The sums of lines. */
export interface PlanTotals {
  month: number
  /** Twelve such months. */
  year: number
  /** `partly`: some prices are not known and not in it; `officer`: an officer confirms some. */
  certainty: 'sure' | 'officer' | 'partly' | 'unknown'
}

/** What all lines come to. */
export function planTotals(lines: PlanLine[]): PlanTotals {
  const month = lines.reduce((sum, line) => sum + line.month, 0)
  return { month, year: month * 12, certainty: certaintyOf(lines) }
}

function certaintyOf(lines: PlanLine[]): PlanTotals['certainty'] {
  const known = lines.filter(({ each }) => each !== undefined)
  if (known.length === 0 && lines.length > 0) return 'unknown'
  if (known.length < lines.length) return 'partly'
  return lines.every(({ isSure }) => isSure) ? 'sure' : 'officer'
}

/** Plans with one group set anew, in the order in which a village counts. */
export function withPlan(plans: CohortPlan[], plan: CohortPlan): CohortPlan[] {
  return [...plans.filter(({ cohort }) => cohort !== plan.cohort), plan].sort(
    (one, other) => villageCohorts.indexOf(one.cohort) - villageCohorts.indexOf(other.cohort),
  )
}

/** The group that the answer `cohort` means. */
export function cohortOf(answers: Readonly<Record<string, Value>>): Cohort {
  return must(
    villageCohorts.find((one) => one === answers.cohort),
    'a group that is known',
  )
}

/** The plan that the answers of official/village make. */
export function planOfAnswers(answers: Readonly<Record<string, Value>>): CohortPlan {
  const plan = {
    cohort: cohortOf(answers),
    posts: Number(answers.posts ?? 0),
    fund: String(answers.fund ?? ''),
  }
  if (answers['setting-wish'] !== 'own') return plan
  const segment = answers.segment === 'BPU' ? 'BPU' : 'PU'
  const programmes = answers[segment === 'PU' ? 'pu-programmes' : 'bpu-programmes']
  const amount = answers['base-amount']
  const own: CohortSetting = {
    segment,
    base: baseOf(answers['wage-base']),
    programmes: programmes === 'savings' || programmes === 'pension' ? programmes : 'basic',
    ...(amount !== undefined && { rupiah: Number(amount) }),
  }
  return { ...plan, own }
}

function baseOf(answer: Value | undefined): CohortSetting['base'] {
  return answer === 'siltap' || answer === 'umk' ? answer : 'fixed'
}

const cohortSetting = z.object({
  segment: z.enum(['PU', 'BPU']),
  base: z.enum(['siltap', 'umk', 'fixed']),
  rupiah: z.number().optional(),
  programmes: z.enum(['basic', 'savings', 'pension']),
})
const plans = z.array(
  z.object({
    cohort: z.enum(cohorts),
    posts: z.number(),
    own: cohortSetting.optional(),
    fund: z.string(),
  }),
)

/** The fact `village-cohorts`. */
export function readPlans(fact: unknown): CohortPlan[] {
  return plans.parse(fact)
}
