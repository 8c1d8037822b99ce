// What a village pays next for those who are registered, and by when.
import { addMonths, monthOf } from '../calendar.ts'
import type { TalkContext } from '../context.ts'
import { dueDay } from '../due-day.ts'
import type { Rates } from '../rates.ts'
import { placeOf } from '../rules/village.ts'
import { planLines, planTotals, readPlans, settingOf } from '../village-plan.ts'
import type { CohortState } from '../village-staff.ts'
import { say, showDay, showMonth, showRupiah } from './show.ts'

/** Wage earners are paid for a month later than those who work for themselves. */
const segments = [
  { segment: 'PU', due: 'pu' },
  { segment: 'BPU', due: 'bpu' },
] as const

/**
 * A line for each segment that somebody is registered in. The sum is a guess: which wage each of
 * the staff has is not known here.
 */
export function showNext(talk: TalkContext, states: CohortState[]): string[] {
  const { rates } = talk.book
  const plans = readPlans(talk.facts['village-cohorts']).map((plan) => {
    const state = states.find(({ cohort }) => cohort === plan.cohort)
    return { ...plan, posts: state?.registered ?? 0 }
  })
  return segments.flatMap(({ segment, due: kind }) => {
    const month = nextMonth(kind, talk.on, rates)
    const place = { ...placeOf(talk), month }
    const own = plans.filter((plan) => settingOf(plan, place, rates).segment === segment)
    const { month: rupiah } = planTotals(own.flatMap((plan) => planLines(plan, place, rates)))
    if (rupiah === 0) return []
    const { due } = dueDay(kind, month, rates)
    const fills = { month: showMonth(talk, month), due: showDay(talk, due) }
    return [say(talk, 'status-next', { ...fills, amount: showRupiah(talk, Math.round(rupiah)) })]
  })
}

/** The oldest month whose due day has not passed. */
function nextMonth(kind: 'pu' | 'bpu', on: string, rates: Rates): string {
  const present = monthOf(on)
  const months = [addMonths(present, -1), present, addMonths(present, 1)]
  return months.find((month) => dueDay(kind, month, rates).due >= on) ?? present
}
