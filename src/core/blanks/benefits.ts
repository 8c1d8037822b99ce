// Blanks that say what is paid to a person or a family, on the day the talk began.
import { jkkDeath, jkkDisability, jkkSickPay } from '../benefit.ts'
import type { Blank, TalkContext } from '../context.ts'
import { must } from '../must.ts'
import { getFigure } from '../rates.ts'
import { fullScholarship } from '../scholarship.ts'
import { getBase } from './prices.ts'
import { say, showMonthCount, showRupiah } from './show.ts'

/** Benefits of JKK, JKM and the scholarship; those by income use the lowest base without one. */
export const benefitBlanks: Record<string, Blank> = {
  base: byIncome((talk) => getBase(talk)),
  jkk_death: byIncome(
    (talk) => jkkDeath({ ...eventOf(talk), children: 0 }, ratesOf(talk)).subtotal,
  ),
  jkk_disability: byIncome((talk) => jkkDisability(eventOf(talk), ratesOf(talk)).total),
  stmb_full: byIncome((talk) => sickPay(talk).first.monthly),
  stmb_later: byIncome((talk) => sickPay(talk).later.monthly),
  stmb_full_months: {
    uses: ['income'],
    show: (talk) => showMonthCount(talk, sickPay(talk).later.fromMonth - 1),
  },
  jkm_full: {
    uses: [],
    show: (talk) => {
      const { death, periodic, funeral } = getFigure(ratesOf(talk), 'jkm-rupiah', talk.on)
      return showRupiah(talk, death + periodic + funeral)
    },
  },
  jkm_early: {
    uses: [],
    show: (talk) => showRupiah(talk, getFigure(ratesOf(talk), 'early-death-rupiah', talk.on)),
  },
  jkm_wait: {
    uses: [],
    show: (talk) => showMonthCount(talk, getFigure(ratesOf(talk), 'full-death-months', talk.on)),
  },
  scholarship_children: {
    uses: [],
    show: (talk) => String(getFigure(ratesOf(talk), 'scholarship-children', talk.on)),
  },
  scholarship_max: {
    uses: [],
    show: (talk) => {
      const children = getFigure(ratesOf(talk), 'scholarship-children', talk.on)
      return showRupiah(talk, children * fullScholarship(talk.on, ratesOf(talk)))
    },
  },
  scholarship_wait: {
    uses: [],
    show: (talk) => {
      const years = getFigure(ratesOf(talk), 'scholarship-jkm-years', talk.on)
      return say(talk, 'years-count', { count: String(years) })
    },
  },
  jht_age: {
    uses: [],
    show: (talk) => String(getFigure(ratesOf(talk), 'jht-full-age', talk.on)),
  },
}

function byIncome(amountRupiah: (talk: TalkContext) => number): Blank {
  return { uses: ['income'], show: (talk) => showRupiah(talk, amountRupiah(talk)) }
}

function eventOf(talk: TalkContext) {
  return { baseRupiah: getBase(talk), on: talk.on }
}

function ratesOf(talk: TalkContext) {
  return talk.book.rates
}

/** What is paid at first while somebody cannot work, and the first step that is less. */
function sickPay(talk: TalkContext) {
  const steps = jkkSickPay(eventOf(talk), ratesOf(talk))
  const first = must(steps[0], 'a first step of sick pay')
  const later = steps.find((step) => step.percent < first.percent)
  return { first, later: must(later, 'a lower step of sick pay') }
}
