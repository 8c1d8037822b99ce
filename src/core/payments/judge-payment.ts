// What becomes of a payment: booked on the oldest months, there already, or for an officer.
import { monthsBetween } from '../calendar.ts'
import { type Membership, priceOf } from '../ledger/membership.ts'
import type { PaidMonths } from '../ledger/months.ts'
import { monthsPaidBy, oldestUnpaid } from '../ledger/pay.ts'
import { type Rates, RatesError } from '../rates.ts'
import type { PaymentRow } from './payment-row.ts'
import type { PaymentReason, PaymentVerdict } from './payment-words.ts'

/** What became of a payment; only what is `paid` has months. */
export interface JudgedPayment {
  verdict: PaymentVerdict
  reason: PaymentReason
  months: string[]
}

/** What was recorded of the same payment before. */
export type RecordedPayment = Pick<PaymentRow, 'amountRupiah' | 'paidOn'>

/** More months in one row are for an officer to read. */
const mostMonths = 24

/**
 * Judges a payment for one membership. It pays the oldest unpaid months, also ahead, when it is
 * exactly their price; named months say how many. A month that is paid is never paid again.
 */
export function judgePayment(
  row: PaymentRow,
  membership: Membership,
  paid: PaidMonths,
  recorded: RecordedPayment | undefined,
  rates: Rates,
): JudgedPayment {
  if (recorded) return judgeAgain(row, recorded)
  try {
    if (isPaidAlready(row, paid)) return judged('wrong-amount', 'month-paid')
    const months = row.from
      ? namedMonths(row, membership, paid, rates)
      : monthsPaidBy(membership, paid, row.amountRupiah, rates)
    return months ? judged('paid', 'paid', months) : judged('wrong-amount', 'wrong-amount')
  } catch (error) {
    if (!(error instanceof RatesError)) throw error
    return judged('wrong-amount', 'no-rate')
  }
}

/** Judges a payment for a membership that has ended: an officer decides what the money is for. */
export function judgeLate(row: PaymentRow, recorded: RecordedPayment | undefined): JudgedPayment {
  return recorded ? judgeAgain(row, recorded) : judged('ended', 'ended')
}

function judgeAgain(row: PaymentRow, { amountRupiah, paidOn }: RecordedPayment): JudgedPayment {
  const isSame = amountRupiah === row.amountRupiah && paidOn === row.paidOn
  return isSame ? judged('repeated', 'repeated') : judged('wrong-amount', 'reference-differs')
}

/** A verdict with its reason, on no months unless they are given. */
export function judged(
  verdict: PaymentVerdict,
  reason: PaymentReason,
  months: string[] = [],
): JudgedPayment {
  return { verdict, reason, months }
}

function isPaidAlready({ from, until }: PaymentRow, paid: PaidMonths): boolean {
  return from !== '' && [...paid.keys()].some((month) => month >= from && month <= until)
}

function namedMonths(
  { from, until, amountRupiah }: PaymentRow,
  membership: Membership,
  paid: PaidMonths,
  rates: Rates,
): string[] | undefined {
  const count = monthsBetween(from, until) + 1
  if (count > mostMonths) return undefined
  const months = oldestUnpaid(membership, paid, count)
  if (months.length < count) return undefined
  const prices = months.map((month) => priceOf(membership, month, rates))
  const sums = [0, 1].map((which) =>
    prices.reduce((sum, one) => sum + (one.alternatives?.[which] ?? one.totalRupiah), 0),
  )
  return sums.includes(amountRupiah) ? months : undefined
}
