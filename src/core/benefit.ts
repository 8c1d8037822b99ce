// What is paid after an accident at work (JKK), and when a wage earner loses the job (JKP). Rupiah.

import type { Rates } from './rates.ts'
import { getFigure, percentOf } from './rates.ts'
import { fullScholarship } from './scholarship.ts'

/** What a family receives after a death by accident at work. */
export interface JkkDeath {
  death: number
  funeral: number
  periodic: number
  /** The three above. */
  subtotal: number
  /** At most this for the children, over the years of school. */
  scholarshipMax: number
  totalMax: number
}

/** What somebody receives who can never work again after an accident at work. */
export interface JkkDisability {
  disability: number
  periodic: number
  total: number
}

/** Paid each month in place of a wage while somebody cannot work after an accident. */
export interface SickPay {
  /** From this month of not being able to work. */
  fromMonth: number
  percent: number
  monthly: number
}

/** Cash after losing the job. */
export interface JkpBenefit {
  base: number
  monthly: number
  months: number
  total: number
}

/** A death by accident at work on a day; `children` counts those who may still pass every stage. */
export function jkkDeath(
  event: { baseRupiah: number; on: string; children: number },
  rates: Rates,
): JkkDeath {
  const { baseRupiah, on } = event
  const wages = baseRupiah * getFigure(rates, 'jkk-wage-months', on)
  const reckoned = percentOf(wages, getFigure(rates, 'jkk-death-percent', on))
  const death = Math.max(reckoned, getFigure(rates, 'jkm-rupiah', on).death)
  const funeral = getFigure(rates, 'jkk-funeral-rupiah', on)
  const periodic = getFigure(rates, 'jkk-periodic-rupiah', on)
  const subtotal = death + funeral + periodic
  const children = Math.min(event.children, getFigure(rates, 'scholarship-children', on))
  const scholarshipMax = children * fullScholarship(on, rates)
  return { death, funeral, periodic, subtotal, scholarshipMax, totalMax: subtotal + scholarshipMax }
}

/** Total permanent disability by accident at work on a day, without the children's scholarship. */
export function jkkDisability(
  event: { baseRupiah: number; on: string },
  rates: Rates,
): JkkDisability {
  const wages = event.baseRupiah * getFigure(rates, 'jkk-wage-months', event.on)
  const disability = percentOf(wages, getFigure(rates, 'jkk-disability-percent', event.on))
  const periodic = getFigure(rates, 'jkk-periodic-rupiah', event.on)
  return { disability, periodic, total: disability + periodic }
}

/** The steps of monthly pay while somebody cannot work, by the month from which each holds. */
export function jkkSickPay(event: { baseRupiah: number; on: string }, rates: Rates): SickPay[] {
  return getFigure(rates, 'jkk-sick-pay', event.on).map((step) => ({
    fromMonth: step['from-month'],
    percent: step.percent,
    monthly: percentOf(event.baseRupiah, step.percent),
  }))
}

/** Cash for a dismissed wage earner; more months than are paid count as the most that are. */
export function jkpBenefit(
  event: { wageRupiah: number; months: number; on: string },
  rates: Rates,
): JkpBenefit {
  const { on } = event
  const base = Math.min(event.wageRupiah, getFigure(rates, 'jkp-wage-cap-rupiah', on))
  const monthly = percentOf(base, getFigure(rates, 'jkp-percent', on))
  const months = Math.min(event.months, getFigure(rates, 'jkp-months', on))
  return { base, monthly, months, total: monthly * months }
}
