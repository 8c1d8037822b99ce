// What somebody may pay in their own chat: which months are open, and what so many of them cost.
import * as z from 'zod'
import { addMonths, monthsBetween } from './calendar.ts'
import type { TalkContext } from './context.ts'
import { type MonthPrice, priceOf } from './ledger/membership.ts'
import { drawUpMonths } from './ledger/months.ts'
import { oldestUnpaid, withPaid } from './ledger/pay.ts'
import { type Standing, standingOn } from './ledger/standing.ts'
import { must } from './must.ts'
import { payers, type Rates } from './rates.ts'

const membership = z.object({
  segment: z.enum(['bpu', 'pu']),
  sector: z.enum(['transport', 'other']),
  payer: z.enum(payers),
  baseRupiah: z.number(),
  bases: z.array(z.object({ fromMonth: z.string(), baseRupiah: z.number() })).optional(),
  programmes: z.array(z.enum(['jkk', 'jkm', 'jht', 'jp'])),
  /** `YYYY-MM`. */
  firstMonth: z.string(),
})

const own = z.object({
  /** The receipt's ten characters. */
  key: z.string(),
  /** The receipt as it is shown. */
  receipt: z.string(),
  /** Whether it is that of the chat's own person. */
  isMine: z.boolean(),
  /** Masked; empty where it is not to be shown. */
  nik: z.string(),
  /** The last digits of the member number; empty where they are not to be shown. */
  kpjEnd: z.string(),
  membership,
  /** The day of each month that is paid, by month. */
  paid: z.record(z.string(), z.string()),
  /** The last month that the person says is paid, until that is confirmed or doubted. */
  claimedUntil: z.string().optional(),
})
/** A membership that was registered from this chat. */
export type OwnMembership = z.output<typeof own>

const contributions = z.object({
  /** Registrations that have no member number yet. */
  waiting: z.number(),
  /** Those whose membership an officer has ended. */
  ended: z.number(),
  members: z.array(own),
})
/** What the registry tells of a chat. */
export type OwnContributions = z.output<typeof contributions>

/** The fact `my-contributions`; nobody is known where there is none. */
export function readOwnContributions(fact: unknown): OwnContributions {
  return fact === null || fact === undefined
    ? { waiting: 0, ended: 0, members: [] }
    : contributions.parse(fact)
}

/** The membership that was chosen in the talk; the only one where nothing was asked. */
export function chosenMembership({ answers, facts }: TalkContext): OwnMembership {
  const { members } = readOwnContributions(facts['my-contributions'])
  const chosen = members.find(({ key }) => key === answers['pay-for']) ?? members[0]
  return must(chosen, 'a membership')
}

/** How the membership stands on a day; what the person says is paid is believed. */
export function ownStanding(one: OwnMembership, on: string, rates: Rates): Standing {
  const months = drawUpMonths(one.membership, believed(one), on, rates)
  return standingOn(one.membership, months, on, rates)
}

/** So many months paid at once, the oldest first, each at the price of its own month. */
export interface Paying {
  months: { month: string; price: MonthPrice }[]
  totalRupiah: number
  /** `officer`: an officer must confirm the price. */
  certainty: MonthPrice['certainty']
}

/** What the `count` oldest unpaid months come to. Throws RatesError where a price is not known. */
export function payingFor(one: OwnMembership, count: number, rates: Rates): Paying {
  const months = oldestUnpaid(one.membership, believed(one), count).map((month) => ({
    month,
    price: priceOf(one.membership, month, rates),
  }))
  return {
    months,
    totalRupiah: months.reduce((sum, { price }) => sum + price.totalRupiah, 0),
    certainty: months.some(({ price }) => price.certainty === 'officer') ? 'officer' : 'sure',
  }
}

/** Paid months, and those that are claimed to be: from long ago, so that they count on every day. */
function believed({ paid, membership, claimedUntil }: OwnMembership): Map<string, string> {
  const { firstMonth } = membership
  const days = new Map(Object.entries(paid))
  if (claimedUntil === undefined) return days
  const count = Math.max(0, monthsBetween(firstMonth, claimedUntil) + 1)
  const claimed = Array.from({ length: count }, (_, index) => addMonths(firstMonth, index))
  return new Map(withPaid(days, claimed, `${firstMonth}-01`))
}
