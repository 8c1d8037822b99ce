// Blanks about a village's groups: what each is charged on, what all of it costs, whose money pays.
import { monthOf } from '../calendar.ts'
import type { Blank, TalkContext } from '../context.ts'
import { type CohortSetting, getFigure } from '../rates.ts'
import { placeOf } from '../rules/village.ts'
import {
  type CohortPlan,
  cohortOf,
  findSiltap,
  findUmk,
  findWage,
  type PlanLine,
  planLines,
  planOfAnswers,
  planTotals,
  programmesOfSetting,
  readPlans,
  regencySetting,
  settingOf,
  withPlan,
} from '../village-plan.ts'
import { say, showMonth, showRupiah } from './show.ts'

/** What a village may have chosen for a group by itself, where it was asked. */
const choices = [
  'setting-wish segment wage-base base-amount',
  'pu-programmes bpu-programmes fund',
].flatMap((ids) => ids.split(' '))

/** Groups, wages, sums and sources of money, as they stand in the month in which the talk began. */
export const villageBlanks: Record<string, Blank> = {
  cohort_name: {
    uses: ['cohort'],
    show: (talk) => say(talk, `cohort-${talk.answers.cohort}`),
  },
  cohort_default: {
    uses: ['cohort'],
    needs: ['post'],
    show: (talk) => {
      const cohort = cohortOf(talk.answers)
      return showSetting(talk, cohort, regencySetting(cohort, placeOf(talk), talk.book.rates))
    },
  },
  default_price: {
    uses: ['cohort', 'posts'],
    needs: ['post'],
    show: (talk) => {
      const plan = { cohort: cohortOf(talk.answers), posts: Number(talk.answers.posts), fund: '' }
      return showLines(talk, [plan])
    },
  },
  siltap_floor: {
    uses: ['cohort'],
    show: (talk) => {
      const floor = findSiltap(cohortOf(talk.answers), monthOf(talk.on), talk.book.rates)
      return floor === undefined ? say(talk, 'plan-unknown') : showRupiah(talk, Math.round(floor))
    },
  },
  umk: {
    uses: [],
    needs: ['post'],
    show: (talk) => {
      const umk = findUmk(placeOf(talk), talk.book.rates)
      return umk === undefined ? say(talk, 'plan-unknown') : showRupiah(talk, Math.round(umk))
    },
  },
  fund_choices: {
    uses: [],
    show: (talk) =>
      Object.values(getFigure(talk.book.rates, 'village-fund-sources', talk.on)).join(', '),
  },
  plan_month: { uses: [], show: (talk) => showMonth(talk, monthOf(talk.on)) },
  cohort_plan: {
    uses: ['cohort', 'posts'],
    mayUse: choices,
    needs: ['post'],
    show: (talk) => showPlan(talk, planOfAnswers(talk.answers)),
  },
  village_table: {
    uses: [],
    needs: ['village-cohorts', 'post'],
    show: (talk) => showTable(talk, readPlans(talk.facts['village-cohorts'])),
  },
  // The table as it is once the talk's own group has been saved.
  village_table_new: {
    uses: ['cohort', 'posts'],
    mayUse: choices,
    needs: ['village-cohorts', 'post'],
    show: (talk) => {
      const plans = readPlans(talk.facts['village-cohorts'])
      return showTable(talk, withPlan(plans, planOfAnswers(talk.answers)))
    },
  },
}

function showPlan(talk: TalkContext, plan: CohortPlan): string {
  const setting = settingOf(plan, placeOf(talk), talk.book.rates)
  const label = say(talk, `cohort-${plan.cohort}`)
  const value = showSetting(talk, plan.cohort, setting)
  return [say(talk, 'data-line', { label, value }), '', showLines(talk, [plan])].join('\n')
}

function showSetting(talk: TalkContext, cohort: CohortPlan['cohort'], setting: CohortSetting) {
  const wage = findWage(cohort, setting, placeOf(talk), talk.book.rates)
  const amount = wage === undefined ? '' : showRupiah(talk, Math.round(wage))
  const programmes = programmesOfSetting(setting).map((one) => one.toUpperCase())
  return say(talk, 'cohort-setting', {
    segment: say(talk, `segment-${setting.segment.toLowerCase()}`),
    base: say(talk, wage === undefined ? 'base-unknown' : `base-${setting.base}`, { amount }),
    programmes: programmes.join(', '),
  })
}

function linesOf(talk: TalkContext, plans: CohortPlan[]): PlanLine[] {
  return plans.flatMap((plan) => planLines(plan, placeOf(talk), talk.book.rates))
}

function showLines(talk: TalkContext, plans: CohortPlan[]): string {
  return linesOf(talk, plans)
    .map(({ cohort, isSecretary, posts, each, month, isSure }) => {
      const name = say(talk, isSecretary ? 'cohort-secretary' : `cohort-${cohort}`)
      const fills = { name, count: String(posts), month: showRupiah(talk, month) }
      if (each === undefined) return say(talk, 'plan-line-unknown', fills)
      const id = isSure ? 'plan-line' : 'plan-line-unsure'
      return say(talk, id, { ...fills, each: showRupiah(talk, each) })
    })
    .join('\n')
}

function showTable(talk: TalkContext, plans: CohortPlan[]): string {
  const { month, year, certainty } = planTotals(linesOf(talk, plans))
  const sums = { month: showRupiah(talk, month), year: showRupiah(talk, year) }
  return [showLines(talk, plans), '', say(talk, `plan-total-${certainty}`, sums)].join('\n')
}
