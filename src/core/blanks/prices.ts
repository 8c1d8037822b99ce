// Blanks that say what protection costs: by income, kind of work, programmes and months.
import { monthOf } from '../calendar.ts'
import type { Blank, TalkContext } from '../context.ts'
import {
  type BpuProgramme,
  type BpuTerms,
  bpuContribution,
  bracketFor,
  prepaid,
  priceSchedule,
} from '../contribution.ts'
import { monthsOf, programmesOf, sectorOf } from '../enrolment-choices.ts'
import { getFigure } from '../rates.ts'
import { say, showMonth, showMonthCount, showRupiah } from './show.ts'

const basic: BpuProgramme[] = ['jkk', 'jkm']
const savings: BpuProgramme[] = ['jkk', 'jkm', 'jht']

/** Prices and sums for somebody who pays by themselves, from the month in which the talk began. */
export const priceBlanks: Record<string, Blank> = {
  price_basic: scheduled(['income', 'sector'], (talk) => termsOf(talk, basic)),
  price_savings: scheduled(['income', 'sector'], (talk) => termsOf(talk, savings)),
  lowest_price_transport: scheduled([], () => lowest('transport')),
  lowest_price_other: scheduled([], () => lowest('other')),
  jht: {
    uses: ['income'],
    show: (talk) => {
      const terms = { ...lowest('other'), programmes: savings, incomeRupiah: incomeOf(talk) }
      const { jht } = bpuContribution({ ...terms, month: monthOf(talk.on) }, talk.book.rates)
      return showRupiah(talk, jht)
    },
  },
  first_month: { uses: [], show: (talk) => showMonth(talk, monthOf(talk.on)) },
  prepay_one: prepaying('one'),
  prepay_three: prepaying('three'),
  prepay_six: prepaying('six'),
  prepay_twelve: prepaying('twelve'),
  prepaid_total: { uses: ['income', 'sector', 'programme', 'months'], show: showPrepaid },
  prepay_choices: {
    uses: [],
    show: (talk) =>
      getFigure(talk.book.rates, 'prepay-months', talk.on)
        .map((count) => showMonthCount(talk, count))
        .join(', '),
  },
}

/** The base, in rupiah, on which this person is charged; the lowest when they told no income. */
export function getBase(talk: TalkContext): number {
  return bracketFor(incomeOf(talk), monthOf(talk.on), talk.book.rates).baseRupiah
}

function incomeOf({ answers }: TalkContext): number {
  // A skipped income is the empty answer, which leads to the lowest bracket.
  return Number(answers.income ?? 0)
}

function termsOf(talk: TalkContext, programmes: BpuProgramme[]): BpuTerms {
  const sector = sectorOf(talk.answers)
  return { incomeRupiah: incomeOf(talk), programmes, sector, payer: 'self' }
}

function lowest(sector: BpuTerms['sector']): BpuTerms {
  return { incomeRupiah: 0, programmes: basic, sector, payer: 'self' }
}

/** Says the price with every change that is known: "… sampai …, lalu … mulai …". */
function scheduled(uses: string[], terms: (talk: TalkContext) => BpuTerms): Blank {
  return {
    uses,
    show: (talk) => {
      const fromMonth = monthOf(talk.on)
      const periods = priceSchedule({ ...terms(talk), fromMonth }, talk.book.rates)
      return periods
        .map(({ fromMonth: from, untilMonth: until, price }, index) => {
          const fills = {
            amount: showRupiah(talk, price.total),
            from: showMonth(talk, from),
            until: until ? showMonth(talk, until) : '',
          }
          if (index > 0) return say(talk, 'price-then', fills)
          return say(talk, until ? 'price-until' : 'price-now', fills)
        })
        .join(', ')
    },
  }
}

function prepaying(months: string): Blank {
  return {
    uses: ['income', 'sector', 'programme'],
    show: (talk) => showRupiah(talk, prepay(talk, months).total),
  }
}

function prepay(talk: TalkContext, months: unknown) {
  const terms = termsOf(talk, programmesOf(talk.answers))
  const fromMonth = monthOf(talk.on)
  const count = monthsOf({ months: String(months) })
  return prepaid({ ...terms, fromMonth, months: count, on: talk.on }, talk.book.rates)
}

function showPrepaid(talk: TalkContext): string {
  const { total, fromMonth, untilMonth } = prepay(talk, talk.answers.months)
  return say(talk, fromMonth === untilMonth ? 'prepaid-month' : 'prepaid-months', {
    amount: showRupiah(talk, total),
    from: showMonth(talk, fromMonth),
    until: showMonth(talk, untilMonth),
  })
}
