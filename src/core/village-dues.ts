// What a village has to pay today for all its people, group by group.
import * as z from 'zod'
import { dueDay } from './due-day.ts'
import type { Membership } from './ledger/membership.ts'
import { priceOf } from './ledger/membership.ts'
import { drawUpKnown, type PaidMonths } from './ledger/months.ts'
import { isOpen, standingOn } from './ledger/standing.ts'
import { cohorts, type Rates } from './rates.ts'

const group = z.object({
  /** Missing for whoever is in none of the village's groups now. */
  cohort: z.enum(cohorts).optional(),
  segment: z.enum(['pu', 'bpu']),
  people: z.number(),
  /** Open months `YYYY-MM`, oldest first. */
  months: z.array(z.string()),
  totalRupiah: z.number(),
  /** The day by the rule on which the newest of them is due. */
  nominalDueOn: z.string(),
  isLate: z.boolean(),
  /** Whether the price is beyond doubt. */
  isSure: z.boolean(),
})
/** The people of one group and segment, and what is open for them. */
export type DueGroup = z.output<typeof group>

const dues = z.object({
  /** Registered people whom the village pays for. */
  people: z.number(),
  /** Those of them for whom the village says that it has paid. */
  claimed: z.number(),
  /** Those with open months that cannot be reckoned: an officer knows. */
  unknown: z.number(),
  /** These months `YYYY-MM`, oldest first. */
  unknownMonths: z.array(z.string()),
  groups: z.array(group),
})
/** What the registry tells of a village. */
export type VillageDues = z.output<typeof dues>

/** The fact `village-dues`; nobody is paid for where there is none. */
export function readVillageDues(fact: unknown): VillageDues {
  const none = { people: 0, claimed: 0, unknown: 0, unknownMonths: [], groups: [] }
  return fact === null || fact === undefined ? none : dues.parse(fact)
}

/** Somebody whom the village pays for. */
export interface PaidFor {
  cohort?: DueGroup['cohort']
  membership: Membership
  paid: PaidMonths
  /** The last month that the village says is paid, until that is confirmed. */
  claimedUntil?: string
}

/** What is open for one person on a day, and which open months cannot be reckoned. */
export function openFor(one: PaidFor, on: string, rates: Rates) {
  const { membership, paid, claimedUntil = '' } = one
  const { months, unknown } = drawUpKnown(membership, paid, on, rates)
  const asked = months.filter(({ month }) => month > claimedUntil)
  const { unpaid, totalRupiah, lateMonths } = standingOn(membership, asked, on, rates)
  const isSure = unpaid.every(({ month }) => priceOf(membership, month, rates).certainty === 'sure')
  const unknownMonths = unknown.filter(
    (month) => month > claimedUntil && isOpen(dueDay(membership.segment, month, rates).nominal, on),
  )
  return { unpaid, totalRupiah, isLate: lateMonths > 0, isSure, unknownMonths }
}

/** What is open for all of them, the groups in the order of `people`. */
export function duesOf(people: PaidFor[], on: string, rates: Rates): VillageDues {
  const groups = new Map<string, DueGroup>()
  const unknown: string[][] = []
  for (const one of people) {
    const open = openFor(one, on, rates)
    if (open.unknownMonths.length > 0) unknown.push(open.unknownMonths)
    if (open.unpaid.length === 0) continue
    const { segment } = one.membership
    const key = `${one.cohort} ${segment}`
    const group = groups.get(key) ?? emptyGroup(one.cohort, segment)
    const months = [...group.months, ...open.unpaid.map(({ month }) => month)]
    groups.set(key, {
      ...group,
      people: group.people + 1,
      months: [...new Set(months)].sort(),
      totalRupiah: group.totalRupiah + open.totalRupiah,
      nominalDueOn: newest([group.nominalDueOn, ...open.unpaid.map((due) => due.nominalDueOn)]),
      isLate: group.isLate || open.isLate,
      isSure: group.isSure && open.isSure,
    })
  }
  const claimed = people.filter(({ claimedUntil }) => claimedUntil !== undefined).length
  const unknownMonths = [...new Set(unknown.flat())].sort()
  const counts = { people: people.length, claimed, unknown: unknown.length, unknownMonths }
  return { ...counts, groups: [...groups.values()] }
}

function emptyGroup(cohort: DueGroup['cohort'], segment: DueGroup['segment']): DueGroup {
  const none = { people: 0, months: [], totalRupiah: 0, nominalDueOn: '' }
  return { ...(cohort && { cohort }), segment, ...none, isLate: false, isSure: true }
}

function newest(days: string[]): string {
  return days.sort().at(-1) ?? ''
}
