// A membership as the ledger reckons it: what a person's enrolments of one submission come to.

import { bpuContribution } from '../contribution.ts'
import { type Payer, type Rates, RatesError } from '../rates.ts'
import { villageJkkClass } from '../village-plan.ts'
import { type PuProgramme, puContribution } from '../wage-contribution.ts'

/** What a membership's contributions depend on, apart from the month. */
export interface Membership {
  segment: 'bpu' | 'pu'
  sector: 'transport' | 'other'
  payer: Payer
  /** The base of the bracket (BPU) or the wage (PU), rupiah. */
  baseRupiah: number
  /** Other bases of later months; of two that hold, the one that stands later. */
  bases?: readonly { fromMonth: string; baseRupiah: number }[]
  programmes: readonly PuProgramme[]
  /** First contribution month, `YYYY-MM`. */
  firstMonth: string
  /** Last contribution month; missing while the membership goes on. */
  lastMonth?: string
}

/** What one month costs, in rupiah; shares of employer and worker are one amount. */
export interface MonthPrice {
  jkk: number
  jkm: number
  jht: number
  jp: number
  totalRupiah: number
  /** `officer`: an officer must confirm the price. */
  certainty: 'sure' | 'officer'
  /** Where nobody knows which of two totals holds: both, the lower first. */
  alternatives?: [number, number]
}

/** The base on which a contribution month is charged. */
export function baseOf({ baseRupiah, bases = [] }: Membership, month: string): number {
  return bases.findLast(({ fromMonth }) => fromMonth <= month)?.baseRupiah ?? baseRupiah
}

/** The price of a contribution month by its own rates. Throws RatesError where one is not known. */
export function priceOf(membership: Membership, month: string, rates: Rates): MonthPrice {
  return membership.segment === 'pu'
    ? wagePrice(membership, month, rates)
    : ownPrice(membership, month, rates)
}

/** The price of a contribution month; nothing where a figure is not known. */
export function findPrice(
  membership: Membership,
  month: string,
  rates: Rates,
): MonthPrice | undefined {
  try {
    return priceOf(membership, month, rates)
  } catch (error) {
    if (error instanceof RatesError) return undefined
    throw error
  }
}

function wagePrice(membership: Membership, month: string, rates: Rates): MonthPrice {
  const { programmes } = membership
  const wageRupiah = baseOf(membership, month)
  const terms = { wageRupiah, jkkClass: villageJkkClass, programmes, month }
  const { jkk, jkm, jhtEmployer, jhtWorker, jpEmployer, jpWorker, total } = puContribution(
    terms,
    rates,
  )
  const [jht, jp] = [jhtEmployer + jhtWorker, jpEmployer + jpWorker]
  return { jkk, jkm, jht, jp, totalRupiah: total, certainty: 'sure' }
}

function ownPrice(membership: Membership, month: string, rates: Rates): MonthPrice {
  const { sector, payer } = membership
  const programmes = membership.programmes.filter((one) => one !== 'jp')
  // Every base lies in its own bracket, so it stands for the income.
  const incomeRupiah = membership.baseRupiah
  const price = bpuContribution({ incomeRupiah, programmes, sector, payer, month }, rates)
  const { jkk, jkm, jht, total, certainty, alternatives } = price
  return {
    ...{ jkk, jkm, jht, jp: 0, totalRupiah: total, certainty },
    ...(alternatives && { alternatives }),
  }
}
