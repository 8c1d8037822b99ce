// Wages that change: from which month a wage earner is charged on another one, and what it means
// for months that were drawn up before. Those stay as they are.
import { addMonths, monthOf } from './calendar.ts'
import { baseOf, type Membership, priceOf } from './ledger/membership.ts'
import { type Rates, RatesError } from './rates.ts'
import { wageOfPost } from './staff-enrolment.ts'
import { type CohortPlan, settingOf } from './village-plan.ts'

/** A wage earner of a village, with what the village has set up for the post. */
export interface WageEarner {
  membership: Membership
  villageCode: string
  position: string
  plan: CohortPlan
  /** The day on which the village set it up. */
  plannedOn: string
  /** The first month that is neither drawn up nor paid. */
  nextMonth: string
}

/** From a month on, another wage is charged. */
export interface WageChange {
  fromMonth: string
  baseRupiah: number
  /** The month from which it should have been; the same where no month is wrong. */
  meantFrom: string
  /** What the months between should have cost more; missing where a price is not known. */
  differenceRupiah?: number
}

/** What follows for a wage earner's months up to a day's from the village's groups and the rules. */
export function findWageChanges(earner: WageEarner, on: string, rates: Rates): WageChange[] {
  const changes: WageChange[] = []
  let { membership } = earner
  for (let month = earner.nextMonth; ; month = addMonths(month, 1)) {
    const wage = findPlannedWage(earner, month, rates)
    if (wage !== undefined && wage !== baseOf(membership, month)) {
      const meantFrom = findMeant(earner, membership, month, wage, rates)
      const change = toWageChange(membership, { baseRupiah: wage, meantFrom }, month, rates)
      changes.push(change)
      membership = { ...membership, bases: [...(membership.bases ?? []), change] }
    }
    if (month >= monthOf(on)) return changes
  }
}

/** The change that a wage from `meantFrom` on comes to where `nextMonth` is the first free month. */
export function toWageChange(
  membership: Membership,
  { baseRupiah, meantFrom }: Pick<WageChange, 'baseRupiah' | 'meantFrom'>,
  nextMonth: string,
  rates: Rates,
): WageChange {
  const fromMonth = meantFrom > nextMonth ? meantFrom : nextMonth
  const change = { fromMonth, baseRupiah, meantFrom }
  try {
    let differenceRupiah = 0
    const other: Membership = { ...membership, baseRupiah, bases: [] }
    for (let month = meantFrom; month < fromMonth; month = addMonths(month, 1)) {
      const [due, drawn] = [priceOf(other, month, rates), priceOf(membership, month, rates)]
      differenceRupiah += due.totalRupiah - drawn.totalRupiah
    }
    return { ...change, differenceRupiah }
  } catch (error) {
    if (error instanceof RatesError) return change
    throw error
  }
}

/** The wage of the post in a month; nothing where it is not known, or is no wage any more. */
function findPlannedWage(
  { villageCode, position, plan }: WageEarner,
  month: string,
  rates: Rates,
): number | undefined {
  const place = { villageCode, month }
  if (settingOf(plan, place, rates).segment !== 'PU') return undefined
  const wage = wageOfPost({ villageCode, position, plan }, month, rates)
  return wage === undefined ? undefined : Math.round(wage)
}

/** Back to the first month in a row that was drawn up on another wage than the same plan says. */
function findMeant(
  earner: WageEarner,
  membership: Membership,
  fromMonth: string,
  wage: number,
  rates: Rates,
): string {
  const planned = addMonths(monthOf(earner.plannedOn), 1)
  const [, earliest = planned] = [planned, membership.firstMonth].sort()
  let meant = fromMonth
  while (meant > earliest) {
    const before = addMonths(meant, -1)
    const isWrong = baseOf(membership, before) !== wage
    if (!isWrong || findPlannedWage(earner, before, rates) !== wage) return meant
    meant = before
  }
  return meant
}
