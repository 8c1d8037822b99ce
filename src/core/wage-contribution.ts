// What is paid for a wage earner (PU), such as village staff. Every amount is rupiah.
import type { Rates } from './rates.ts'
import { getMonthFigure, percentOf } from './rates.ts'

/** The programmes a wage earner's contribution is reckoned for; JKP costs nobody anything extra. */
export type PuProgramme = 'jkk' | 'jkm' | 'jht' | 'jp'

/** One wage earner's month. */
export interface PuTerms {
  /** May have sen, as minimum wages do. */
  wageRupiah: number
  /** Risk class from 1, very low (village staff), to 5, very high. */
  jkkClass: '1' | '2' | '3' | '4' | '5'
  programmes: readonly PuProgramme[]
  /** Contribution month `YYYY-MM`. */
  month: string
}

/** One month's contribution; parts that are not taken are 0. */
export interface PuContribution {
  jkk: number
  jkm: number
  jhtEmployer: number
  jhtWorker: number
  /** The wage that JP is charged on: never above the ceiling; 0 without JP. */
  jpBase: number
  jpEmployer: number
  jpWorker: number
  employerTotal: number
  workerTotal: number
  total: number
}

/**
 * The contribution for one wage earner and month, each part to the nearest rupiah (published bills
 * may differ by one). Throws RatesError where a figure is not known.
 */
export function puContribution(terms: PuTerms, rates: Rates): PuContribution {
  const { wageRupiah, month } = terms
  const has = (programme: PuProgramme) => terms.programmes.includes(programme)
  const part = (percent: number) => percentOf(wageRupiah, percent)
  const jkkRates = getMonthFigure(rates, 'pu-jkk-percent', month)
  const jkk = has('jkk') ? part(jkkRates[terms.jkkClass]) : 0
  const jkm = has('jkm') ? part(getMonthFigure(rates, 'pu-jkm-percent', month)) : 0
  const jht = getMonthFigure(rates, 'pu-jht-percent', month)
  const jhtEmployer = has('jht') ? part(jht.employer) : 0
  const jhtWorker = has('jht') ? part(jht.worker) : 0
  const jp = has('jp') ? pension(wageRupiah, month, rates) : NO_PENSION
  const employerTotal = jkk + jkm + jhtEmployer + jp.jpEmployer
  const workerTotal = jhtWorker + jp.jpWorker
  const totals = { employerTotal, workerTotal, total: employerTotal + workerTotal }
  return { jkk, jkm, jhtEmployer, jhtWorker, ...jp, ...totals }
}

const NO_PENSION = { jpBase: 0, jpEmployer: 0, jpWorker: 0 }

function pension(wageRupiah: number, month: string, rates: Rates) {
  const { employer, worker } = getMonthFigure(rates, 'pu-jp-percent', month)
  const jpBase = Math.min(wageRupiah, getMonthFigure(rates, 'jp-ceiling-rupiah', month))
  return { jpBase, jpEmployer: percentOf(jpBase, employer), jpWorker: percentOf(jpBase, worker) }
}
