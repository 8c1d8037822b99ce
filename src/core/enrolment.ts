// Checks a submission's answers once more before anything is held to be true. Pure.
import type { Value } from './answers/reading.ts'
import type { Book } from './book.ts'
import { monthOf } from './calendar.ts'
import { bracketFor } from './contribution.ts'
import { bpuEligibility } from './eligibility.ts'
import { areChoicesKnown, monthsOf, programmesOf, sectorOf } from './enrolment-choices.ts'
import { isNik, nikDiffers, type Sex } from './nik.ts'
import type { Payer } from './rates.ts'

/** A submission as far as the check looks at it. */
export interface Submitted {
  answers: Readonly<Record<string, Value>>
  /** The day its talk began, `YYYY-MM-DD`: the day its rules and figures hold for. */
  startedOn: string
}

/** Who is enrolled, as they said. */
export interface EnrolledPerson {
  nik: string
  name: string
  birthPlace: string
  birthOn: string
  /** Empty where a village's list does not say it. */
  sex: Sex | ''
  motherName: string
  /** E.164. */
  phone: string
  /** Empty when they skipped it. */
  addressLine: string
}

/** One programme of one person; unique by NIK and programme. */
export interface EnrolmentRow {
  programme: 'JKK' | 'JKM' | 'JHT' | 'JP'
  segment: 'BPU' | 'PU'
  sector: 'transport' | 'other'
  villageCode: string
  occupation: string
  workPlace: string
  baseRupiah: number
  /** Months that the person means to pay at once. */
  months: number
  /** The first contribution month, `YYYY-MM`. */
  firstMonth: string
  payer: Payer
}

/** Why an officer has to look before anything is enrolled. The person is told nothing of it. */
export type ParkReason =
  | 'no-consent'
  | 'answers-incomplete'
  | 'nik-impossible'
  | 'not-self-employed'
  | 'member-already'
  | 'foreigner'
  | 'too-young'
  | 'too-old'
  | 'near-limit'
  | 'no-work'
  | 'village-unknown'
  | 'other-payer'
  | 'not-agreed'
  | 'wage-unknown'

/** What an officer should know although it stops nothing. */
export type EnrolmentDoubt =
  | 'nik-differs'
  | 'membership-unsure'
  | 'discount-unsure'
  /** What a village's list may leave out, and an officer completes. */
  | 'lacks-birth-place'
  | 'lacks-sex'
  | 'lacks-mother-name'

/** What became of the check. */
export type CheckedEnrolment =
  | { ok: true; person: EnrolledPerson; enrolments: EnrolmentRow[]; doubts: EnrolmentDoubt[] }
  | { ok: false; park: ParkReason }

/** The asks without which nothing can be enrolled; a skipped one is not among them. */
const needed = {
  nik: 'nik',
  name: 'name',
  'birth-place': 'text',
  'birth-date': 'date',
  'mother-name': 'name',
  phone: 'phone',
  occupation: 'text',
  'work-place': 'text',
  income: 'money',
} as const

/** The rows of a submission, or why it is parked. Throws RatesError where figures end. */
export function checkEnrolment(
  submitted: Submitted,
  book: Pick<Book, 'rates' | 'places' | 'readers'>,
): CheckedEnrolment {
  const { answers, startedOn } = submitted
  const park = findParkReason(submitted, book)
  if (park) return { ok: false, park }
  const month = monthOf(startedOn)
  const row = {
    segment: 'BPU' as const,
    sector: sectorOf(answers),
    villageCode: String(answers.village),
    occupation: String(answers.occupation),
    workPlace: String(answers['work-place']),
    baseRupiah: bracketFor(Number(answers.income), month, book.rates).baseRupiah,
    months: monthsOf(answers),
    firstMonth: month,
    payer: answers.payer === 'family' ? ('relative' as const) : ('self' as const),
  }
  const enrolments = programmesOf(answers).map((programme) => ({
    programme: programme.toUpperCase() as EnrolmentRow['programme'],
    ...row,
  }))
  return { ok: true, person: personOf(answers), enrolments, doubts: findDoubts(answers) }
}

function findParkReason(
  { answers, startedOn }: Submitted,
  book: Pick<Book, 'rates' | 'places' | 'readers'>,
): ParkReason | undefined {
  if (answers.consent !== 'ya') return 'no-consent'
  if (!isNik(answers.nik)) return 'nik-impossible'
  if (!isComplete(answers, book)) return 'answers-incomplete'
  if (answers['work-relation'] === 'none') {
    if (answers['own-work'] !== 'ya') return 'no-work'
  } else if (answers['work-relation'] !== 'own') return 'not-self-employed'
  if (answers.payer !== 'self' && answers.payer !== 'family') return 'other-payer'
  if (!book.places.find(String(answers.village))) return 'village-unknown'
  const { verdict } = bpuEligibility(
    {
      birthOn: String(answers['birth-date']),
      on: startedOn,
      isForeigner: answers.nationality !== 'ya',
      isMember: answers.membership === 'ya',
    },
    book.rates,
  )
  return verdict === 'eligible' ? undefined : verdict
}

function isComplete(answers: Submitted['answers'], book: Pick<Book, 'readers'>): boolean {
  const hold = Object.entries(needed).every(([id, kind]) => {
    const value = answers[id]
    return value !== undefined && book.readers[kind].holds(value)
  })
  return hold && areChoicesKnown(answers) && ['L', 'P'].includes(String(answers.sex))
}

/** Who the answers are about. */
export function personOf(answers: Submitted['answers']): EnrolledPerson {
  const text = (id: string) => String(answers[id] ?? '')
  return {
    nik: text('nik'),
    name: text('name'),
    birthPlace: text('birth-place'),
    birthOn: text('birth-date'),
    sex: (answers.sex ?? '') as Sex | '',
    motherName: text('mother-name'),
    phone: text('phone'),
    addressLine: text('address'),
  }
}

function findDoubts(answers: Submitted['answers']): EnrolmentDoubt[] {
  const { nik, birthOn, sex } = personOf(answers)
  const doubts: EnrolmentDoubt[] = []
  if (nikDiffers(nik, birthOn, sex || undefined).length > 0) doubts.push('nik-differs')
  if (answers.membership === 'unsure') doubts.push('membership-unsure')
  if (answers.payer === 'family') doubts.push('discount-unsure')
  return doubts
}
