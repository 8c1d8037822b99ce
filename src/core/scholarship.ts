// The most that a member's children can receive for school. Rupiah.

import { stages } from './rates/figures.ts'
import type { Rates, Stage } from './rates.ts'
import { getFigure } from './rates.ts'

/** A child as far as the scholarship asks. */
export interface Child {
  /** Whole years of age. */
  age: number
  /** Stage and year of school now; missing before school. */
  school?: { stage: Stage; year: number }
}

/** The scholarship of a member's children, at the most. */
export interface Scholarship {
  /** Per counted child, the largest first. */
  perChild: number[]
  total: number
}

/** The most for one child who passes through every stage. */
export function fullScholarship(on: string, rates: Rates): number {
  const table = getFigure(rates, 'scholarship-stages', on)
  return stages.reduce((sum, stage) => sum + table[stage].rupiah * table[stage].years, 0)
}

/**
 * The most for these children, from their years of school that are still to come until the age at
 * which it ends; only the children with the largest sums count.
 */
export function scholarshipMax(
  event: { children: readonly Child[]; on: string },
  rates: Rates,
): Scholarship {
  const perChild = event.children
    .map((child) => scholarshipOf(child, event.on, rates))
    .sort((a, b) => b - a)
    .slice(0, getFigure(rates, 'scholarship-children', event.on))
  return { perChild, total: perChild.reduce((sum, child) => sum + child, 0) }
}

function scholarshipOf({ age, school }: Child, on: string, rates: Rates): number {
  const table = getFigure(rates, 'scholarship-stages', on)
  let yearsLeft = Math.max(0, getFigure(rates, 'scholarship-end-age', on) - age)
  let sum = 0
  for (const stage of stages.slice(school ? stages.indexOf(school.stage) : 0)) {
    const passed = stage === school?.stage ? school.year - 1 : 0
    const years = Math.min(Math.max(0, table[stage].years - passed), yearsLeft)
    yearsLeft -= years
    sum += years * table[stage].rupiah
  }
  return sum
}
