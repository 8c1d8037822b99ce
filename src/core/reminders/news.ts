// What members hear besides reminders: a price that rises, and benefits that they have reached.
import { addDays, addMonths, firstDayOf, monthOf } from '../calendar.ts'
import { isJkmSurelyFull } from '../early-death.ts'
import { findPrice } from '../ledger/membership.ts'
import { findFigure, getFigure, type Rates } from '../rates.ts'
import { type Contact, nextUnpaidMonth, type ReminderMember } from './contact.ts'

/** A piece of news; amounts in rupiah. */
export type News =
  | { kind: 'price'; purpose: string; fromMonth: string; oldRupiah: number; newRupiah: number }
  | { kind: 'jkm-full'; purpose: string; id: number; rupiah: number }
  | { kind: 'scholarship'; purpose: string; id: number; years: number }

/** News for whoever pays for themselves; villages ask for their own prices, agents for others'. */
export function findNews(contact: Contact, on: string, rates: Rates): News[] {
  if (contact.kind !== 'person') return []
  const present = contact.members.filter((member) => isPaidUp(member, on))
  const payers = contact.members.filter((member) => !isLapsed(member, on, rates))
  return [
    ...findPriceNews(contact, payers, on, rates),
    ...present.flatMap((member) => findBenefitNews(member, on, rates)),
  ]
}

function isPaidUp({ unpaid }: ReminderMember, on: string): boolean {
  return unpaid.every(({ dueOn }) => dueOn >= on)
}

function isLapsed({ unpaid }: ReminderMember, on: string, rates: Rates): boolean {
  const late = unpaid.filter(({ dueOn }) => dueOn < on).length
  return late >= getFigure(rates, 'bpu-lapse-months', on).doubtful
}

/** Before the first dearer month, to those who have not paid it ahead. */
function findPriceNews(
  { key }: Contact,
  members: ReminderMember[],
  on: string,
  rates: Rates,
): News[] {
  const fromMonth = addMonths(monthOf(on), 1)
  const days = getFigure(rates, 'price-notice-days', on)
  if (on < addDays(firstDayOf(fromMonth), -days)) return []
  const concerned = members.filter((member) => nextUnpaidMonth(member) <= fromMonth)
  const oldRupiah = sumOf(concerned, monthOf(on), rates)
  const newRupiah = sumOf(concerned, fromMonth, rates)
  // A price that is not known is no news.
  if (oldRupiah === undefined || newRupiah === undefined || newRupiah <= oldRupiah) return []
  return [{ kind: 'price', purpose: `price:${fromMonth}:${key}`, fromMonth, oldRupiah, newRupiah }]
}

function sumOf(members: ReminderMember[], month: string, rates: Rates): number | undefined {
  const prices = members.map(({ membership }) => findPrice(membership, month, rates)?.totalRupiah)
  return prices.reduce<number | undefined>(
    (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
    0,
  )
}

function findBenefitNews(member: ReminderMember, on: string, rates: Rates): News[] {
  const { id, membership, registeredOn, hasReturned } = member
  if (membership.segment !== 'bpu' || !membership.programmes.includes('jkm')) return []
  // Whether the months before an end count is open: whoever came back asks an officer.
  if (hasReturned) return []
  const paidMonths = countPaidBy(member, monthOf(on))
  const news: News[] = []
  const sums = findFigure(rates, 'jkm-rupiah', on)
  if (sums && isJkmSurelyFull({ registeredOn, diedOn: on, paidMonths }, rates)) {
    const rupiah = sums.death + sums.periodic + sums.funeral
    news.push({ kind: 'jkm-full', purpose: `news:jkm-full:${id}`, id, rupiah })
  }
  const years = findFigure(rates, 'scholarship-jkm-years', on)
  if (years !== undefined && paidMonths >= years * 12) {
    news.push({ kind: 'scholarship', purpose: `news:scholarship:${id}`, id, years })
  }
  return news
}

/** Months paid ahead do not count before they have come. */
function countPaidBy({ membership, paidMonths }: ReminderMember, month: string): number {
  let count = 0
  while (count < paidMonths && addMonths(membership.firstMonth, count) <= month) count += 1
  return count
}
