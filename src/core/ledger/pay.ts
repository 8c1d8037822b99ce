// Which months a payment pays: the oldest first, whatever the payer had in mind.
import { addMonths } from '../calendar.ts'
import type { Rates } from '../rates.ts'
import type { Membership } from './membership.ts'
import { priceOf } from './membership.ts'
import type { PaidMonths } from './months.ts'

/** The `count` oldest months that are not paid, also those ahead; fewer where membership ends. */
export function oldestUnpaid(membership: Membership, paid: PaidMonths, count: number): string[] {
  const { firstMonth, lastMonth } = membership
  const months: string[] = []
  for (let month = firstMonth; months.length < count; month = addMonths(month, 1)) {
    if (lastMonth !== undefined && month > lastMonth) break
    if (!paid.has(month)) months.push(month)
  }
  return months
}

/** The months up to and with this one that are not paid, oldest first; none after the last month. */
export function unpaidUntil(membership: Membership, paid: PaidMonths, until: string): string[] {
  const { firstMonth, lastMonth = until } = membership
  const months: string[] = []
  for (let month = firstMonth; month <= until && month <= lastMonth; month = addMonths(month, 1)) {
    if (!paid.has(month)) months.push(month)
  }
  return months
}

/** With these months paid on a day; what was paid before keeps its day. */
export function withPaid(paid: PaidMonths, months: string[], paidOn: string): PaidMonths {
  return new Map([...months.map((month): [string, string] => [month, paidOn]), ...paid])
}

/** More months than this in one payment are for an officer to read. */
const mostMonths = 24

/**
 * The oldest months whose prices come to exactly this amount, each at its own month's price; where
 * nobody knows which of two prices holds, either may have been paid. Nothing where no number of
 * months fits, or where two do: an officer looks.
 */
export function monthsPaidBy(
  membership: Membership,
  paid: PaidMonths,
  amountRupiah: number,
  rates: Rates,
): string[] | undefined {
  const months = oldestUnpaid(membership, paid, mostMonths)
  const fits: string[][] = []
  let [least, most] = [0, 0]
  for (const [index, month] of months.entries()) {
    const { totalRupiah, alternatives } = priceOf(membership, month, rates)
    least += alternatives?.[0] ?? totalRupiah
    most += alternatives?.[1] ?? totalRupiah
    if (least === amountRupiah || most === amountRupiah) fits.push(months.slice(0, index + 1))
    if (least > amountRupiah) break
  }
  return fits.length === 1 ? fits[0] : undefined
}
