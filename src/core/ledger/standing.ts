// How a membership stands on a day: paid up, due, late, or for an officer to look at.
import { firstDayOf, monthOf, monthsBetween } from '../calendar.ts'
import { getFigure, percentOf, type Rates } from '../rates.ts'
import type { Membership } from './membership.ts'
import type { DueMonth } from './months.ts'

/** What a late payment costs on top. */
export interface LateFine {
  rupiah: number
  /** `officer`: the sources do not say whether this payer is fined. */
  certainty: 'sure' | 'officer'
}

/** How a membership stands. Nobody is ever told that protection is lost: an officer checks. */
export interface Standing {
  state: 'paid-up' | 'due' | 'late' | 'maybe-ended'
  /** Months to be paid now, oldest first: those that are late and those in their month of payment. */
  unpaid: DueMonth[]
  /** How many of them are late. */
  lateMonths: number
  /** What they come to, without a fine. */
  totalRupiah: number
  fine: LateFine
}

/** How a membership stands on a day, of the months drawn up; what was paid later is not known. */
export function standingOn(
  membership: Pick<Membership, 'segment' | 'payer'>,
  months: readonly DueMonth[],
  on: string,
  rates: Rates,
): Standing {
  const unpaid = months.filter((one) => isOpen(one.nominalDueOn, on) && !isPaid(one, on))
  const late = unpaid.filter(({ dueOn }) => dueOn < on)
  return {
    state: stateOf(membership, unpaid.length, late.length, on, rates),
    unpaid,
    lateMonths: late.length,
    totalRupiah: unpaid.reduce((sum, one) => sum + one.totalRupiah, 0),
    fine: lateFine(membership, late, on, rates),
  }
}

/** A month is asked for from the first day of the calendar month in which it is due. */
export function isOpen(nominalDueOn: string, on: string): boolean {
  return firstDayOf(monthOf(nominalDueOn)) <= on
}

function isPaid({ paidOn }: DueMonth, on: string): boolean {
  return paidOn !== undefined && paidOn <= on
}

function stateOf(
  { segment }: Pick<Membership, 'segment'>,
  unpaid: number,
  late: number,
  on: string,
  rates: Rates,
): Standing['state'] {
  if (unpaid === 0) return 'paid-up'
  if (late === 0) return 'due'
  if (segment === 'pu') return 'late'
  return late >= getFigure(rates, 'bpu-lapse-months', on).doubtful ? 'maybe-ended' : 'late'
}

function lateFine(
  { segment, payer }: Pick<Membership, 'segment' | 'payer'>,
  late: DueMonth[],
  on: string,
  rates: Rates,
): LateFine {
  const percent = getFigure(rates, `${segment}-late-fine-percent`, on)
  const rule = getFigure(rates, 'late-fine-payers', on)[payer]
  if (percent === 0 || late.length === 0 || rule === 'excluded') {
    return { rupiah: 0, certainty: 'sure' }
  }
  if (rule === 'unsure') return { rupiah: 0, certainty: 'officer' }
  const fines = late.map((one) => percentOf(one.totalRupiah, percent) * monthsLate(one, on))
  return { rupiah: fines.reduce((sum, fine) => sum + fine, 0), certainty: 'sure' }
}

/** Every month that has begun since the due day counts whole. */
function monthsLate({ dueOn }: DueMonth, on: string): number {
  const months = monthsBetween(monthOf(dueOn), monthOf(on))
  return on.slice(8) > dueOn.slice(8) ? months + 1 : months
}
