// Who may join as somebody who works for themselves (BPU), as far as a program may say.
import { ageOn, birthday, daysBetween } from './calendar.ts'
import type { Rates } from './rates.ts'
import { getFigure } from './rates.ts'

/** What is known of the person; whatever was not asked is left out and does not decide. */
export interface Applicant {
  birthOn: string
  /** The day the question is asked. */
  on: string
  isForeigner?: boolean
  /** Has work or a business of their own. */
  works?: boolean
  isMember?: boolean
}

/** Everything but `eligible`, `no-work` and `too-old` is for an officer. */
export type EligibilityVerdict =
  | 'eligible'
  | 'near-limit'
  | 'too-old'
  | 'too-young'
  | 'foreigner'
  | 'no-work'
  | 'member-already'

/** Whether somebody may join, and why. */
export interface Eligibility {
  verdict: EligibilityVerdict
  /** As the rules stand on that day; false also where only an officer may decide. */
  eligible: boolean
  /** An officer must look at it, on the same day when it is `near-limit`. */
  officer: boolean
  ageYears: number
}

/** Whether the person may join as BPU that day. Throws RatesError where the ages are not known. */
export function bpuEligibility(applicant: Applicant, rates: Rates): Eligibility {
  const verdict = judge(applicant, rates)
  return {
    verdict,
    eligible: verdict === 'eligible' || verdict === 'near-limit',
    officer: !['eligible', 'too-old', 'no-work'].includes(verdict),
    ageYears: ageOn(applicant.birthOn, applicant.on),
  }
}

function judge({ birthOn, on, ...asked }: Applicant, rates: Rates): EligibilityVerdict {
  if (asked.isMember) return 'member-already'
  if (asked.isForeigner) return 'foreigner'
  if (asked.works === false) return 'no-work'
  if (ageOn(birthOn, on) < getFigure(rates, 'bpu-lower-age', on)) return 'too-young'
  const limitOn = birthday(birthOn, getFigure(rates, 'bpu-upper-age', on))
  const daysLeft = daysBetween(on, limitOn)
  if (daysLeft <= 0) return 'too-old'
  return daysLeft <= getFigure(rates, 'bpu-near-limit-days', on) ? 'near-limit' : 'eligible'
}
