// What a person who works for themselves (BPU) pays, by contribution month. Every amount is rupiah.
import { addMonths } from './calendar.ts'
import type { FigureValue, Payer, Rates } from './rates.ts'
import { getFigure, getMonthFigure, percentOf, RatesError } from './rates.ts'

/** The programmes a BPU may hold; JKK and JKM always, JHT by choice. */
export type BpuProgramme = 'jkk' | 'jkm' | 'jht'

/** What a contribution depends on, apart from the month. */
export interface BpuTerms {
  /** What the person earns a month. */
  incomeRupiah: number
  programmes: readonly BpuProgramme[]
  sector: 'transport' | 'other'
  payer: Payer
}

/** One month's contribution; parts that are not taken are 0. */
export interface BpuContribution {
  base: number
  jkk: number
  jkm: number
  jht: number
  /** The price to name and to budget on. */
  total: number
  /** The price without any discount. */
  fullTotal: number
  discounted: boolean
  /** `officer`: an officer must confirm the price. */
  certainty: 'sure' | 'officer'
  /** Where nobody knows which of two prices holds: both, the lower first. */
  alternatives?: [number, number]
}

/** One stretch of months at one price. */
export interface PricePeriod {
  fromMonth: string
  /** Last month at this price; missing on the last period, whose end is not known. */
  untilMonth?: string
  price: BpuContribution
}

/** A sum paid for several months at once. */
export interface Prepayment {
  fromMonth: string
  untilMonth: string
  total: number
  fullTotal: number
  certainty: 'sure' | 'officer'
  /** Where nobody knows which of two prices holds: both sums, the lower first. */
  alternatives?: [number, number]
}

/** How many months ahead a price is told: a year's prepayment and the change after it. */
const SCHEDULE_MONTHS = 18

/** The income from which the person's bracket runs, and the base it is charged on. */
export function bracketFor(
  incomeRupiah: number,
  month: string,
  rates: Rates,
): FigureValue<'bpu-brackets'>[number] {
  const brackets = getMonthFigure(rates, 'bpu-brackets', month)
  const bracket = brackets.findLast((row) => row.fromRupiah <= incomeRupiah)
  if (!bracket) throw new RangeError('an income is 0 or more')
  return bracket
}

/** The contribution for a month `YYYY-MM`. Throws RatesError where a figure is not known. */
export function bpuContribution(
  terms: BpuTerms & { month: string },
  rates: Rates,
): BpuContribution {
  const { programmes, month } = terms
  const base = bracketFor(terms.incomeRupiah, month, rates).baseRupiah
  const has = (programme: BpuProgramme) => programmes.includes(programme)
  const jkk = has('jkk') ? percentOf(base, getMonthFigure(rates, 'bpu-jkk-percent', month)) : 0
  const jkm = has('jkm') ? getMonthFigure(rates, 'bpu-jkm-rupiah', month) : 0
  const jht = has('jht') ? percentOf(base, getMonthFigure(rates, 'bpu-jht-percent', month)) : 0
  const full: BpuContribution = {
    ...{ base, jkk, jkm, jht, total: jkk + jkm + jht, fullTotal: jkk + jkm + jht },
    ...{ discounted: false, certainty: 'sure' },
  }
  const percent = getMonthFigure(rates, DISCOUNT_OF[terms.sector], month)
  // Without a discount it makes no difference who pays, so the payers' table need not be known.
  if (percent === 0 || jkk + jkm === 0) return full
  return discount(full, percent, getMonthFigure(rates, 'discount-payers', month)[terms.payer])
}

const DISCOUNT_OF = {
  transport: 'discount-transport-percent',
  other: 'discount-other-percent',
} as const

function discount(
  full: BpuContribution,
  percent: number,
  rule: FigureValue<'discount-payers'>[Payer],
): BpuContribution {
  if (rule === 'excluded') return full
  const jkk = full.jkk - percentOf(full.jkk, percent)
  const jkm = full.jkm - percentOf(full.jkm, percent)
  const total = jkk + jkm + full.jht
  if (rule === 'both-prices') {
    // Budget on the full price: a village that set aside too little leaves people unprotected.
    return { ...full, certainty: 'officer', alternatives: [total, full.total] }
  }
  const certainty = rule === 'applies' ? 'sure' : 'officer'
  return { ...full, jkk, jkm, total, discounted: true, certainty }
}

/** The prices over the next 18 months from a month on, equal months joined; never empty. */
export function priceSchedule(
  terms: BpuTerms & { fromMonth: string },
  rates: Rates,
): [PricePeriod, ...PricePeriod[]] {
  const { fromMonth } = terms
  const periods: [PricePeriod, ...PricePeriod[]] = [
    { fromMonth, price: bpuContribution({ ...terms, month: fromMonth }, rates) },
  ]
  let last: PricePeriod = periods[0]
  for (let i = 1; i < SCHEDULE_MONTHS; i++) {
    const month = addMonths(fromMonth, i)
    const price = bpuContribution({ ...terms, month }, rates)
    if (isSamePrice(price, last.price)) continue
    last.untilMonth = addMonths(month, -1)
    last = { fromMonth: month, price }
    periods.push(last)
  }
  return periods
}

function isSamePrice(a: BpuContribution, b: BpuContribution): boolean {
  return (
    a.total === b.total &&
    a.certainty === b.certainty &&
    a.alternatives?.[0] === b.alternatives?.[0]
  )
}

/**
 * The sum of so many months paid at once from a month on; each month keeps its own price. `on` is
 * the day it is offered. Throws RatesError for a number of months that is not offered then.
 */
export function prepaid(
  terms: BpuTerms & { fromMonth: string; months: number; on: string },
  rates: Rates,
): Prepayment {
  const { fromMonth, months, on } = terms
  if (!getFigure(rates, 'prepay-months', on).includes(months)) {
    throw new RatesError('prepay-months', on, `does not offer ${months} months`)
  }
  const prices = Array.from({ length: months }, (_, i) =>
    bpuContribution({ ...terms, month: addMonths(fromMonth, i) }, rates),
  )
  const sum = (of: (price: BpuContribution) => number) =>
    prices.reduce((total, price) => total + of(price), 0)
  const isOpen = prices.some((price) => price.alternatives)
  return {
    fromMonth,
    untilMonth: addMonths(fromMonth, months - 1),
    total: sum((price) => price.total),
    fullTotal: sum((price) => price.fullTotal),
    certainty: prices.some((price) => price.certainty === 'officer') ? 'officer' : 'sure',
    ...(isOpen && {
      alternatives: [
        sum((price) => price.alternatives?.[0] ?? price.total),
        sum((price) => price.alternatives?.[1] ?? price.total),
      ],
    }),
  }
}
