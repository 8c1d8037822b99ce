// The months of a membership: what each costs by its own rates, when it is due, when it was paid.
import { addMonths, monthOf } from '../calendar.ts'
import { dueDay } from '../due-day.ts'
import { getFigure, type Rates } from '../rates.ts'
import { findPrice, type Membership, type MonthPrice, priceOf } from './membership.ts'

/** A contribution month as far as it is to be paid. */
export interface DueMonth {
  month: string
  totalRupiah: number
  /** The due day by the rule, which people are told. */
  nominalDueOn: string
  /** Moved past weekends and holidays: unpaid after it is late. */
  dueOn: string
  paidOn?: string
}

/** One contribution month with what it costs. */
export interface LedgerMonth extends MonthPrice, DueMonth {}

/** The day each paid month was paid, by month. */
export type PaidMonths = ReadonlyMap<string, string>

/** A month as it stands in the ledger. Throws RatesError where a figure is not known. */
export function ledgerMonth(
  membership: Membership,
  month: string,
  paid: PaidMonths,
  rates: Rates,
): LedgerMonth {
  const { nominal, due } = dueDay(membership.segment, month, rates)
  const paidOn = paid.get(month)
  const dues = { month, nominalDueOn: nominal, dueOn: due }
  return { ...dues, ...priceOf(membership, month, rates), ...(paidOn !== undefined && { paidOn }) }
}

/**
 * The months that stand in the ledger on a day: every month that has begun and every one that was
 * paid ahead. Where so many are late that every source calls the membership ended, no further
 * month is drawn up until an officer or a payment has cleared one. Throws RatesError.
 */
export function drawUpMonths(
  membership: Membership,
  paid: PaidMonths,
  on: string,
  rates: Rates,
): LedgerMonth[] {
  return drawUp(membership, paid, on, rates, (month) => {
    return ledgerMonth(membership, month, paid, rates)
  })
}

/** The months of a ledger as far as their prices are known, and those from the first unknown on. */
export interface KnownMonths {
  months: LedgerMonth[]
  /** `YYYY-MM`, oldest first: never guessed, an officer is asked. */
  unknown: string[]
}

/** As `drawUpMonths`; a month whose figures are not known hides none of those before it. */
export function drawUpKnown(
  membership: Membership,
  paid: PaidMonths,
  on: string,
  rates: Rates,
): KnownMonths {
  const unknown: string[] = []
  const months = drawUp(membership, paid, on, rates, (month) => {
    const isKnown = unknown.length === 0 && findPrice(membership, month, rates) !== undefined
    if (isKnown) return ledgerMonth(membership, month, paid, rates)
    unknown.push(month)
    return undefined
  })
  return { months, unknown }
}

function drawUp(
  membership: Membership,
  paid: PaidMonths,
  on: string,
  rates: Rates,
  make: (month: string) => LedgerMonth | undefined,
): LedgerMonth[] {
  const { firstMonth, lastMonth } = membership
  const mostLate = findMostLate(membership, on, rates)
  const months: LedgerMonth[] = []
  let late = 0
  for (let month = firstMonth; lastMonth === undefined || month <= lastMonth; ) {
    if (!paid.has(month) && (month > monthOf(on) || late >= mostLate)) break
    const one = make(month)
    if (one && one.paidOn === undefined && one.dueOn < on) late += 1
    if (one) months.push(one)
    month = addMonths(month, 1)
  }
  return months
}

/** Only those who work for themselves have a rule by which membership ends. */
function findMostLate({ segment }: Membership, on: string, rates: Rates): number {
  if (segment === 'pu') return Number.POSITIVE_INFINITY
  return getFigure(rates, 'bpu-lapse-months', on).inactive
}
