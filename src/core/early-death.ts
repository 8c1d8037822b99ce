// What JKM pays after a death that was no accident at work: only where every source agrees. Rupiah.
import { monthOf, monthsBetween } from './calendar.ts'
import type { Rates } from './rates.ts'
import { findFigure, getFigure } from './rates.ts'
import type { Child } from './scholarship.ts'
import { scholarshipMax } from './scholarship.ts'

/** What must be known of a member who died of something else than an accident at work. */
export interface Death {
  segment: 'bpu' | 'pu'
  registeredOn: string
  diedOn: string
  /** Contribution months paid without a gap up to the death. */
  paidMonths: number
  /** Membership had not lapsed and nothing was owed. */
  active: boolean
  /** It happened at the place of work or on the way: perhaps JKK, never for a program to say. */
  atWork: boolean
  /** Was a member before, and lapsed. */
  rejoined: boolean
  children: readonly Child[]
}

/** Why an officer must reckon. */
export type OfficerReason =
  | 'at-work'
  | 'late'
  | 'rejoined'
  | 'old'
  | 'dates'
  | 'wage-earner'
  | 'edge'

/** What JKM pays, where that is sure. */
export type JkmDeath =
  | {
      kind: 'full'
      death: number
      periodic: number
      funeral: number
      scholarshipMax: number
      total: number
    }
  | { kind: 'early'; total: number }
  | { kind: 'officer'; reason: OfficerReason }

/**
 * The whole benefit, the small one of the first months, or an officer: the sources differ on where
 * the three months end, so between the two sure bands no figure is named.
 */
export function jkmDeath(event: Death, rates: Rates): JkmDeath {
  const reason = findOfficerReason(event, rates)
  if (reason) return { kind: 'officer', reason }
  if (isJkmSurelyFull(event, rates)) return fullBenefit(event, rates)
  if (!isSurelyEarly(event, rates)) return { kind: 'officer', reason: 'edge' }
  // Nobody has said whether the rule of the first months binds wage earners.
  if (event.segment === 'pu') return { kind: 'officer', reason: 'wage-earner' }
  return { kind: 'early', total: getFigure(rates, 'early-death-rupiah', event.diedOn) }
}

function findOfficerReason(event: Death, rates: Rates): OfficerReason | undefined {
  if (event.atWork) return 'at-work'
  if (event.diedOn < event.registeredOn) return 'dates'
  if (findFigure(rates, 'early-death-rupiah', event.diedOn) === undefined) return 'old'
  if (event.rejoined) return 'rejoined'
  if (!event.active) return 'late'
  return undefined
}

function isSurelyEarly({ registeredOn, diedOn }: Death, rates: Rates): boolean {
  const calendarMonths = getFigure(rates, 'early-death-calendar-months', diedOn)
  return monthsBetween(monthOf(registeredOn), monthOf(diedOn)) < calendarMonths
}

/** Whether by every reading of the sources JKM would pay in full for a death on that day. */
export function isJkmSurelyFull(
  { registeredOn, diedOn, paidMonths }: Pick<Death, 'registeredOn' | 'diedOn' | 'paidMonths'>,
  rates: Rates,
): boolean {
  if (paidMonths < getFigure(rates, 'full-death-paid-months', diedOn)) return false
  const months = monthsBetween(monthOf(registeredOn), monthOf(diedOn))
  const needed = getFigure(rates, 'full-death-months', diedOn)
  const isLaterInMonth = diedOn.slice(8) > registeredOn.slice(8)
  return months > needed || (months === needed && isLaterInMonth)
}

function fullBenefit({ diedOn, paidMonths, children }: Death, rates: Rates): JkmDeath {
  const { death, periodic, funeral } = getFigure(rates, 'jkm-rupiah', diedOn)
  const isLongMember = paidMonths >= getFigure(rates, 'scholarship-jkm-years', diedOn) * 12
  return {
    kind: 'full',
    ...{ death, periodic, funeral, total: death + periodic + funeral },
    scholarshipMax: isLongMember ? scholarshipMax({ children, on: diedOn }, rates).total : 0,
  }
}
