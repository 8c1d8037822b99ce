// Dated figures: looked up for a day, refused outside every period and where nobody knows yet.
import { firstDayOf } from './calendar.ts'
import type { FigureName, FigureValue } from './rates/figures.ts'

export type {
  Cohort,
  CohortSetting,
  FigureName,
  FigureValue,
  Payer,
  Stage,
} from './rates/figures.ts'
export { cohorts, payers } from './rates/figures.ts'

/** What held, or what nobody knows, from one day to another, both included. */
export interface Row<T> {
  from: string
  /** Last day; missing on a last row that holds until another is appended. */
  until?: string
  /** Missing where the row says that the figure is not known. */
  value?: T
  /** Where the figure comes from, after a label (REG, OFF, NEWS …). */
  source: string
}

/** One figure through time: rows in order, without overlap or gap. */
export interface Figure<T> {
  /** The file it stands in, e.g. `contributions-bpu.yaml`. */
  file: string
  /** What it is, in words for officers. */
  about: string
  rows: Row<T>[]
}

/** All figures of flows/rates, checked. */
export interface Rates {
  /** Fingerprint of the files. */
  version: string
  figures: { [N in FigureName]: Figure<FigureValue<N>> }
}

/** A figure was asked for a day on which it is not known. */
export class RatesError extends Error {
  readonly figure: FigureName
  readonly on: string

  constructor(figure: FigureName, on: string, why = 'is not known') {
    super(`the figure "${figure}" ${why} for ${on}`)
    this.name = 'RatesError'
    this.figure = figure
    this.on = on
  }
}

/** The row that holds on a day, which may say "not known"; nothing outside every period. */
export function findRow<T>(figure: Figure<T>, on: string): Row<T> | undefined {
  // The latest row alone decides: an earlier one without an end was ended by it.
  const row = figure.rows.findLast((candidate) => candidate.from <= on)
  return row && (!row.until || on <= row.until) ? row : undefined
}

/** The figure's value on a day `YYYY-MM-DD`; nothing where it is not known. */
export function findFigure<N extends FigureName>(
  rates: Rates,
  name: N,
  on: string,
): FigureValue<N> | undefined {
  return findRow<FigureValue<N>>(rates.figures[name], on)?.value
}

/** The figure's value on a day `YYYY-MM-DD`. Throws RatesError where it is not known. */
export function getFigure<N extends FigureName>(rates: Rates, name: N, on: string): FigureValue<N> {
  const value = findFigure(rates, name, on)
  if (value === undefined) throw new RatesError(name, on)
  return value
}

/** The figure's value for a contribution month `YYYY-MM`: the one of its first day. */
export function getMonthFigure<N extends FigureName>(
  rates: Rates,
  name: N,
  month: string,
): FigureValue<N> {
  return getFigure(rates, name, firstDayOf(month))
}

/** That part of an amount, to the nearest rupiah; exact for percentages to a hundredth. */
export function percentOf(amountRupiah: number, percent: number): number {
  return Math.round((amountRupiah * Math.round(percent * 100)) / 10_000)
}
