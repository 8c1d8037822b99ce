// What the 16 digits of a NIK say about a person, and where they differ from what was answered.
import { ageOn, isDay } from './calendar.ts'

/** As on the KTP: L (laki-laki) or P (perempuan). */
export type Sex = 'L' | 'P'

/** A NIK taken apart. It keeps the region and birth date of its first issue, right or wrong. */
export interface NikParts {
  /** Region of first issue as `PP.RR.DD`; it need not exist any more. */
  region: string
  /** Undefined where the day is impossible. */
  sex: Sex | undefined
  /** The likeliest birth date, `YYYY-MM-DD`; undefined where the six digits are no date. */
  birthOn: string | undefined
  /** Each birth date up to today that the two-digit year allows, youngest first. */
  births: string[]
  serial: string
}

/** What a NIK and an answer disagree about: a reason to ask, never to reject. */
export type NikDifference = 'birth' | 'sex'

/** Women's day of birth is written with 40 added (Dukcapil). */
const WOMAN_ADDS = 40
/**
 * Age from which one holds a KTP, and the age up
 * to which a birth date is thought likely; years.
 */
const KTP_AGE_YEARS = 17
const LIKELY_AGE_YEARS = 100

/** Whether it can be a NIK: 16 digits and not plainly typed for fun. Its parts are not judged. */
export function isNik(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{16}$/.test(value) &&
    !/^(\d)\1{15}$/.test(value) &&
    !'01234567890123456'.includes(value)
  )
}

/** Takes a NIK apart, with ages counted on the day `on`. */
export function parseNik(nik: string, on: string): NikParts {
  const day = Number(nik.slice(6, 8))
  const woman = day > WOMAN_ADDS
  const realDay = woman ? day - WOMAN_ADDS : day
  const monthAndDay = `-${nik.slice(8, 10)}-${String(realDay).padStart(2, '0')}`
  const births = ['20', '19']
    .map((century) => century + nik.slice(10, 12) + monthAndDay)
    .filter((birth) => isDay(birth) && birth <= on)
  const adults = births.filter((birth) => {
    const years = ageOn(birth, on)
    return years >= KTP_AGE_YEARS && years <= LIKELY_AGE_YEARS
  })
  return {
    region: `${nik.slice(0, 2)}.${nik.slice(2, 4)}.${nik.slice(4, 6)}`,
    sex: realDay < 1 || realDay > 31 ? undefined : woman ? 'P' : 'L',
    birthOn: adults[0] ?? births[0],
    births,
    serial: nik.slice(12),
  }
}

/** Where the NIK differs from the birth date (`YYYY-MM-DD`, any century) and the sex. */
export function nikDiffers(nik: string, birthOn: string, sex?: Sex): NikDifference[] {
  const { sex: nikSex } = parseNik(nik, birthOn)
  const birth = birthOn.slice(8, 10) + birthOn.slice(5, 7) + birthOn.slice(2, 4)
  const day = Number(nik.slice(6, 8)) - (nikSex === 'P' ? WOMAN_ADDS : 0)
  const differences: NikDifference[] = []
  if (String(day).padStart(2, '0') + nik.slice(8, 12) !== birth) differences.push('birth')
  if (sex && nikSex && sex !== nikSex) differences.push('sex')
  return differences
}
