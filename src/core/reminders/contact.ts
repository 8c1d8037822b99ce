// Whom reminders go to: a person's chat, an agent for those without one, a village for its people.
import { addMonths } from '../calendar.ts'
import type { Membership } from '../ledger/membership.ts'
import type { DueMonth } from '../ledger/months.ts'

/** A membership as reminders look at it. */
export interface ReminderMember {
  /** The number of the membership. */
  id: number
  membership: Membership
  /** The day the number was issued. */
  registeredOn: string
  /** Their membership had ended before. */
  hasReturned?: true
  /** Months that are drawn up and not paid, oldest first. */
  unpaid: DueMonth[]
  /** How many months are paid, also ahead. */
  paidMonths: number
  /** The last month that the person says is paid, until that is confirmed or doubted. */
  claimedUntil?: string
}

/** One who is written to about one or more memberships. */
export interface Contact {
  /** `a`, `r` or `g` and the number of an address, `v` and the code of a village. */
  key: string
  /** `agent`: who registered people who have no chat of their own. */
  kind: 'person' | 'agent' | 'village'
  /** Time zone of the village. */
  zone: string
  members: ReminderMember[]
  /** Wishes to be left alone before this day, and reminded on it. */
  snoozedUntilOn?: string
}

/** The months that are still to be asked for: those that are claimed to be paid are believed. */
export function askedMonths({ unpaid, claimedUntil }: ReminderMember): DueMonth[] {
  return claimedUntil === undefined ? unpaid : unpaid.filter(({ month }) => month > claimedUntil)
}

/** The first month that is not paid. */
export function nextUnpaidMonth({ membership, paidMonths }: ReminderMember): string {
  return addMonths(membership.firstMonth, paidMonths)
}
