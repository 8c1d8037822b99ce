// Reads a day as Indonesians write it: day first, month as a number or a word.
import { addDays, ageOn, isDay } from '../calendar.ts'
import { fold } from './normalise.ts'
import type { Reader, Reading, ReadingContext } from './reading.ts'

const LONGEST = 100
const EARLIEST = '1900-01-01'
/** A two-digit year is read so that the person is at most this old. */
const LIKELY_AGE_YEARS = 100

/** Month names, Indonesian and English, with the short and the misspelt forms that people use. */
const MONTHS = [
  'januari january janwari jan',
  'februari february pebruari febuari pebuari feb peb',
  'maret march mar mrt',
  'april apr apl',
  'mei may',
  'juni june jun',
  'juli july jul',
  'agustus august agustusan agu agt ags aug agst agus',
  'september sept sep',
  'oktober october okt oct',
  'november nopember nov nop',
  'desember december des dec',
].map((names) => names.split(' '))

/** Said of a date that is not sure. */
const HEDGE = /\b(sekitar|kira|kayaknya|mungkin|bukan|kurang|lupa|about|maybe)\b|[~?]/
/** `tanggal 12 bulan 3 tahun 1985` is 12 3 1985. */
const PART_NAMES = /\b(tanggal|tgl|bulan|bln|tahun|thn|th)\b/g
const ENDS = /([\s.!,?]|\b(ya|pak|bu|kak))+$/
const DAY_WORD_YEAR = /(\d{1,2})[\s.,/-]*([a-z]+)[\s.,/'-]*(\d{4}|\d{2})$/
const WORD_DAY_YEAR = /([a-z]+)[\s.]*(\d{1,2})[\s,]+(\d{4})$/
const DAY_MONTH_YEAR = /(\d{1,2})\s?[\s./,-]\s?(\d{1,2})\s?[\s./,-]\s?(\d{4}|\d{2})$/
const YEAR_MONTH_DAY = /(\d{4})[\s./-](\d{1,2})[\s./-](\d{1,2})$/
const TOGETHER = /(\d{2})(\d{2})(\d{4}|\d{2})$/
const YEAR_FIRST_TOGETHER = /(\d{4})(\d{2})(\d{2})$/

/** Whole messages for a day just past, by how many days ago it was. */
const RECENT = [
  ['hari ini', 'hari ngini', 'tadi', 'tadi pagi', 'tadi siang', 'tadi sore', 'barusan', 'today'],
  ['kemarin', 'kemaren', 'semalam', 'samalam', 'tadi malam', 'yesterday'],
  ['kemarin dulu', 'kemarin lusa', 'dua hari lalu', '2 hari lalu'],
]

/** What was typed for each part, and where in the message it began. */
interface Typed {
  day: number
  month: number
  year: string
  at: number
}

/**
 * Reads a past day as `YYYY-MM-DD`. Phrases: date-unclear,
 * date-impossible, date-future, date-early, and date-check for a doubt.
 */
export const dateReader: Reader = {
  read(words, context): Reading {
    const folded = fold(words)
    if (folded.length > LONGEST) return wrong('date-unclear')
    const typed = folded.replace(PART_NAMES, ' ').replace(/\s+/g, ' ').replace(ENDS, '')
    const recent = RECENT.findIndex((said) => said.includes(typed))
    if (recent >= 0) return askRecent(addDays(context.on, -recent))
    const parts = findParts(typed)
    // A number before the date means that more was said than one date; the place of birth is fine.
    if (!parts || /\d/.test(typed.slice(0, parts.at))) return wrong('date-unclear')
    return judge(parts, HEDGE.test(folded), context)
  },
  holds: (value) => typeof value === 'string' && value >= EARLIEST && isDay(value),
  show: (value, language) => showDay(String(value), language),
}

function wrong(say: string): Reading {
  return { kind: 'wrong', say }
}

/** Such a word is repeated back as a date: near midnight, and between villages, it may differ. */
function askRecent(day: string): Reading {
  return { kind: 'doubt', say: 'date-check', options: [day] }
}

function findParts(typed: string): Typed | undefined {
  return findNamed(typed) ?? findNumbered(typed)
}

function findNamed(typed: string): Typed | undefined {
  const dayFirst = DAY_WORD_YEAR.exec(typed)
  const wordFirst = WORD_DAY_YEAR.exec(typed)
  const found = dayFirst ?? wordFirst
  if (!found) return undefined
  const [, first = '', second = '', year = ''] = found
  const [day, name] = dayFirst ? [first, second] : [second, first]
  const month = findMonthNumber(name)
  return month === undefined ? undefined : { day: Number(day), month, year, at: found.index }
}

/** The number of the month of this name, from 1; undefined where no month is called so. */
export function findMonthNumber(name: string): number | undefined {
  const index = MONTHS.findIndex((names) => names.includes(name))
  return index < 0 ? undefined : index + 1
}

function findNumbered(typed: string): Typed | undefined {
  const yearFirst = YEAR_MONTH_DAY.exec(typed)
  const dayFirst = DAY_MONTH_YEAR.exec(typed)
  if (yearFirst) return fromNumbers(yearFirst, true)
  if (dayFirst) return fromNumbers(dayFirst, false)
  const run = /\d+$/.exec(typed)?.[0].length
  if (run !== 8 && run !== 6) return undefined
  const together = fromNumbers(TOGETHER.exec(typed), false)
  // 19850312 has no month 85: the year was put first. Both ways can never be right at once.
  const swapped = run === 8 && together && (together.month > 12 || together.day > 31)
  return swapped ? fromNumbers(YEAR_FIRST_TOGETHER.exec(typed), true) : together
}

function fromNumbers(found: RegExpExecArray | null, isYearFirst: boolean): Typed | undefined {
  if (!found) return undefined
  const [, first = '', second = '', third = ''] = found
  const [day, year] = isYearFirst ? [third, first] : [first, third]
  return { day: Number(day), month: Number(second), year, at: found.index }
}

function judge(typed: Typed, isHedged: boolean, context: ReadingContext): Reading {
  // 3-25-1985 can only be the 25th of March, but that is not how dates are written here.
  const isAmerican = typed.month > 12 && typed.day <= 12
  const [day, month] = isAmerican ? [typed.month, typed.day] : [typed.day, typed.month]
  const days = yearsOf(typed.year)
    .map((year) => `${year}-${twoDigits(month)}-${twoDigits(day)}`)
    .filter(isDay)
  if (days.length === 0) return wrong('date-impossible')
  const past = days.filter((each) => each <= context.on)
  if (past.length === 0) return wrong('date-future')
  const likely = past.filter((each) => isLikely(each, typed.year, context.on))
  const [first, second] = likely
  if (first === undefined || first < EARLIEST) return wrong('date-early')
  if (isAmerican || isHedged || second !== undefined) {
    return { kind: 'doubt', say: 'date-check', options: likely }
  }
  return { kind: 'value', value: first }
}

function yearsOf(typed: string): string[] {
  return typed.length === 4 ? [typed] : [`19${typed}`, `20${typed}`]
}

function isLikely(day: string, typedYear: string, on: string): boolean {
  return typedYear.length === 4 || ageOn(day, on) <= LIKELY_AGE_YEARS
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Day, month and year in that order in every language; only the month's name is translated. */
function showDay(value: string, language: string): string {
  if (!isDay(value)) return value
  const format =
    formats.get(language) ?? new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
  formats.set(language, format)
  const month = format.format(new Date(`${value}T00:00:00Z`))
  return `${Number(value.slice(8))} ${month} ${value.slice(0, 4)}`
}
