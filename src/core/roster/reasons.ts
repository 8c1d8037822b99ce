// Why a row is not simply accepted, and what each reason means for it.
import type { Judged } from './answers.ts'
import type { Field } from './fields.ts'

/** What each reason does to its row: `accepted` reasons are only said. */
const effects = {
  'nik-length': 'rejected',
  'nik-odd': 'rejected',
  'name-odd': 'rejected',
  'birth-impossible': 'rejected',
  'birth-future': 'rejected',
  'nik-two-names': 'rejected',
  'row-twice': 'rejected',
  vacant: 'rejected',
  'post-left-out': 'rejected',
  'other-village': 'rejected',
  'nik-missing': 'waiting',
  'nik-excel': 'waiting',
  'nik-letters': 'waiting',
  'nik-twice': 'waiting',
  'nik-birth-differs': 'waiting',
  'nik-sex-differs': 'waiting',
  'name-missing': 'waiting',
  'birth-missing': 'waiting',
  'birth-unclear': 'waiting',
  'phone-missing': 'waiting',
  'phone-odd': 'waiting',
  'phone-excel': 'waiting',
  'phone-mobile': 'waiting',
  'phone-which': 'waiting',
  'post-missing': 'waiting',
  'post-unknown': 'waiting',
  'cohort-unset': 'waiting',
  'village-unclear': 'waiting',
  'row-alike': 'waiting',
  'row-hidden': 'waiting',
  'cell-error': 'waiting',
  'already-here': 'accepted',
  'sex-unclear': 'accepted',
  'wage-unclear': 'accepted',
  'mother-name-odd': 'accepted',
  'birth-place-odd': 'accepted',
} as const satisfies Record<string, Judged>

/** One of the reasons; its sentence is called `roster-` and the reason. */
export type Reason = keyof typeof effects

/** Every reason. */
export const reasons = Object.keys(effects) as Reason[]

/** The {blanks} that the sentences of reasons may fill. */
export const reasonBlanks: Partial<Record<Reason, string[]>> = {
  'nik-length': ['count'],
  'post-unknown': ['post'],
}

/** A reason found in a row. */
export interface Finding {
  reason: Reason
  field?: Field
  /** The cell's column from 0; missing where it is about the whole row. */
  column?: number
  blanks?: Record<string, string>
}

/** What all the findings of a row make of it. */
export function judgeFindings(findings: readonly Finding[]): Judged {
  const found = findings.map(({ reason }) => effects[reason])
  if (found.includes('rejected')) return 'rejected'
  return found.includes('waiting') ? 'waiting' : 'accepted'
}
