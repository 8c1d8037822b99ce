// Checks once more what an official submitted about one of the village's people. Pure.
import type { Book } from './book.ts'
import { monthOf } from './calendar.ts'
import { bracketFor } from './contribution.ts'
import { bpuEligibility } from './eligibility.ts'
import {
  type CheckedEnrolment,
  type EnrolmentDoubt,
  type EnrolmentRow,
  type ParkReason,
  personOf,
  type Submitted,
} from './enrolment.ts'
import { isNik, nikDiffers } from './nik.ts'
import type { CohortSetting, Rates } from './rates.ts'
import { type CohortPlan, findWage, programmesOfSetting, settingOf } from './village-plan.ts'

/** The post that the person holds, and how the village has its group registered. */
export interface StaffPost {
  villageCode: string
  position: string
  plan: CohortPlan
}

const needed = { nik: 'nik', name: 'name', 'birth-date': 'date' } as const

/** Asked one by one, and missing on many a village's list: an officer completes it. */
const wanted = {
  'birth-place': 'lacks-birth-place',
  sex: 'lacks-sex',
  'mother-name': 'lacks-mother-name',
} as const

/** The rows of a staff registration, or why it is parked. Throws RatesError where figures end. */
export function checkStaffEnrolment(
  submitted: Submitted,
  post: StaffPost,
  book: Pick<Book, 'rates' | 'places' | 'readers'>,
): CheckedEnrolment {
  const { answers, startedOn } = submitted
  const place = { villageCode: post.villageCode, month: monthOf(startedOn) }
  const setting = settingOf(post.plan, place, book.rates)
  const park = findParkReason(submitted, setting, book)
  if (park) return { ok: false, park }
  const wage = wageOfPost(post, place.month, book.rates)
  if (wage === undefined) return { ok: false, park: 'wage-unknown' }
  const row = {
    segment: setting.segment,
    sector: 'other' as const,
    villageCode: post.villageCode,
    occupation: post.position,
    workPlace: book.places.label(post.villageCode),
    baseRupiah: baseOf(wage, setting, place.month, book.rates),
    months: 1,
    firstMonth: place.month,
    payer: post.plan.fund === 'apbd' ? ('apbd' as const) : ('village' as const),
  }
  const enrolments = programmesOfSetting(setting).map((programme) => ({
    programme: programme.toUpperCase() as EnrolmentRow['programme'],
    ...row,
  }))
  const person = personOf(answers)
  return { ok: true, person, enrolments, doubts: findDoubts(answers) }
}

/** The wage that a post is charged on in a month, also with sen; nothing where it is not known. */
export function wageOfPost(
  { villageCode, position, plan }: StaffPost,
  month: string,
  rates: Rates,
): number | undefined {
  const place = { villageCode, month }
  const isSecretary = /\bsek(retaris|des)\b/i.test(position)
  return findWage(plan.cohort, settingOf(plan, place, rates), place, rates, isSecretary)
}

function findDoubts(answers: Submitted['answers']): EnrolmentDoubt[] {
  const { nik, birthOn, sex } = personOf(answers)
  const differs = nikDiffers(nik, birthOn, sex || undefined).length > 0
  const lacking = Object.entries(wanted).filter(([id]) => !answers[id])
  return [...(differs ? (['nik-differs'] as const) : []), ...lacking.map(([, doubt]) => doubt)]
}

function baseOf(wage: number, setting: CohortSetting, month: string, rates: Rates): number {
  if (setting.segment === 'PU') return Math.round(wage)
  return bracketFor(wage, month, rates).baseRupiah
}

function findParkReason(
  { answers, startedOn }: Submitted,
  setting: CohortSetting,
  book: Pick<Book, 'rates' | 'readers'>,
): ParkReason | undefined {
  if (answers.statement !== 'ya') return 'not-agreed'
  if (!isNik(answers.nik)) return 'nik-impossible'
  const isComplete = Object.entries(needed).every(([id, kind]) => {
    const value = answers[id]
    return value !== undefined && book.readers[kind].holds(value)
  })
  const isSex = ['', 'L', 'P'].includes(String(answers.sex ?? ''))
  if (!isComplete || !isSex) return 'answers-incomplete'
  const birthOn = String(answers['birth-date'])
  const { verdict } = bpuEligibility({ birthOn, on: startedOn }, book.rates)
  if (verdict === 'too-young') return 'too-young'
  // The upper age is one of those who work for themselves.
  if (setting.segment === 'BPU' && verdict !== 'eligible') return verdict
  return undefined
}
