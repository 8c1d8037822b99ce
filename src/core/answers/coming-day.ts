// Reads a day to come, as people say who want to be reminded: besok, minggu depan, tanggal 25.
import { addDays, addMonths, daysBetween, firstDayOf, isDay, monthOf } from '../calendar.ts'
import { dateReader, findMonthNumber } from './date.ts'
import { fold } from './normalise.ts'
import { addUp, findNumberParts } from './number-words.ts'
import type { Reader, Reading } from './reading.ts'

const LONGEST = 100
/** A day without a year that was longer ago is meant for the next year: 5 January, in December. */
const LONG_PAST_DAYS = 180

/** What asks to be reminded, and what may stand between that and the day. */
const ASKS = /^(?:(?:tolong|mohon|minta|please) )?(?:ingatkan|ingatakan|ingetin|ingatin|remind)/
const WISH = new RegExp(
  `${ASKS.source}(?: (?:saya|aku|ulun|kami|lagi|nanti|iuran|bayar|me|us|again))*(?: |$)`,
)
const BETWEEN = /^(?:(?:pada|di|untuk|on|in|the|hari|tanggal|tgl) )+/
const ENDS = /(?:[\s.!,?]| (?:ya|saja|aja|haja|pak|bu|kak|lagi|pagi|siang|sore|malam|please))+$/

/** Whole words for a day, by how many days ahead it is. */
const AHEAD = new Map(
  Object.entries({
    'besok isuk baisukan esok tomorrow': 1,
    'lusa overmorrow': 2,
  }).flatMap(([words, days]) => words.split(' ').map((word) => [word, days] as const)),
)
const WEEK_AHEAD = /^(?:minggu depan|minggu hadap|seminggu|satu minggu|next week|a week)$/
const DAY_AFTER_TOMORROW = /^(?:besok lusa|day after tomorrow)$/
const PAST = /^(?:ini|sekarang|tadi|kemarin|kemaren|today|now|yesterday)$/
const MONTH_AHEAD = /^(?:awal )?(?:bulan depan|next month)$/

/** `25 desember 2026`, `december 25th, 2026`, `25-12-26`; the year may be left out. */
const DAY_OF_MONTH =
  /^(?<day>\d{1,2})(?:st|nd|rd|th)?[ ./-]*(?:of )?(?<month>[a-z]+)(?:[ ,./-]+(?<year>\d{4}|\d{2}))?$/
const MONTH_AND_DAY = /^(?<month>[a-z]+) (?<day>\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+(?<year>\d{4}))?$/
const DAY_AND_NUMBER = /^(?<day>\d{1,2})[ ./-](?<month>\d{1,2})(?:[ ./-](?<year>\d{4}|\d{2}))?$/

/** Days of the week from Sunday, Indonesian and English. */
const WEEKDAYS = [
  'minggu ahad sunday',
  'senin sanayan monday',
  'selasa salasa tuesday',
  'rabu arba wednesday',
  'kamis thursday',
  "jumat jum'at friday",
  'sabtu saturday',
].map((names) => names.split(' '))

/**
 * Reads a day after today as `YYYY-MM-DD`. Phrases: coming-unclear, coming-past (today and before)
 * and coming-impossible (a day that its month does not have).
 */
export const comingDayReader: Reader = {
  read: (words, { on }): Reading => readTyped(withoutWish(tidy(words)), on),
  holds: (value) => typeof value === 'string' && isDay(value),
  show: (value, language) => dateReader.show(value, language),
}

/** What somebody wants who asks, anywhere, to be reminded on a day; undefined for other words. */
export function readReminderWish(words: string, on: string): Reading | undefined {
  if (!ASKS.test(fold(words))) return undefined
  const typed = tidy(words)
  if (!WISH.test(typed)) return undefined
  const reading = readTyped(withoutWish(typed), on)
  // Whoever says something else after such a word is not taken to mean a day.
  return reading.kind === 'wrong' && reading.say === 'coming-unclear' ? undefined : reading
}

function tidy(words: string): string {
  const folded = fold(words)
  return folded.length > LONGEST ? '' : folded.replace(ENDS, '')
}

function withoutWish(typed: string): string {
  return typed.replace(WISH, '').replace(BETWEEN, '')
}

function readTyped(typed: string, on: string): Reading {
  const day = findAhead(typed, on) ?? findWeekday(typed, on)
  if (day !== undefined) return { kind: 'value', value: day }
  if (PAST.test(typed)) return wrong('coming-past')
  const dated = findDated(typed, on)
  if (dated === undefined) return wrong('coming-unclear')
  if (!isDay(dated)) return wrong('coming-impossible')
  return dated > on ? { kind: 'value', value: dated } : wrong('coming-past')
}

function wrong(say: string): Reading {
  return { kind: 'wrong', say }
}

function findAhead(typed: string, on: string): string | undefined {
  const days = AHEAD.get(typed)
  if (days !== undefined) return addDays(on, days)
  if (DAY_AFTER_TOMORROW.test(typed)) return addDays(on, 2)
  if (WEEK_AHEAD.test(typed)) return addDays(on, 7)
  if (MONTH_AHEAD.test(typed)) return firstDayOf(addMonths(monthOf(on), 1))
  const [, said = '', unit = ''] =
    /^([a-z0-9 ]+?) ?(hari|days?|minggu|weeks?)(?: depan| from now)?$/.exec(typed) ?? []
  const count = readCount(said)
  if (count === undefined || count < 1) return undefined
  return addDays(on, unit.startsWith('minggu') || unit.startsWith('week') ? count * 7 : count)
}

/** A small number in digits or words. */
function readCount(said: string): number | undefined {
  if (/^\d{1,2}$/.test(said)) return Number(said)
  const parts = said.split(' ').map(findNumberParts)
  if (parts.includes(undefined)) return undefined
  const value = addUp(parts.flatMap((part) => part ?? []))?.value
  return value !== undefined && Number.isInteger(value) && value < 100 ? value : undefined
}

function findWeekday(typed: string, on: string): string | undefined {
  const name = typed.replace(/^next /, '').replace(/ (?:depan|ini)$/, '')
  const weekday = WEEKDAYS.findIndex((names) => names.includes(name))
  if (weekday < 0) return undefined
  const present = new Date(`${on}T00:00:00Z`).getUTCDay()
  return addDays(on, ((weekday - present + 6) % 7) + 1)
}

/** The day that was named, whether its month has it or not; undefined where none was. */
function findDated(typed: string, on: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) return typed
  const [, onlyDay] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(typed) ?? []
  if (onlyDay !== undefined) return nextOfMonths(Number(onlyDay), on)
  const [, ofNext] = /^(\d{1,2}) bulan depan$/.exec(typed) ?? []
  if (ofNext !== undefined) return `${addMonths(monthOf(on), 1)}-${twoDigits(Number(ofNext))}`
  const named = DAY_OF_MONTH.exec(typed) ?? MONTH_AND_DAY.exec(typed)
  const numbered = DAY_AND_NUMBER.exec(typed)
  const { day, month = '', year } = named?.groups ?? numbered?.groups ?? {}
  const number = numbered ? Number(month) : findMonthNumber(month)
  if (day === undefined || number === undefined) return undefined
  return inYear(Number(day), number, year, on)
}

/** The next such day of this month or the next one. */
function nextOfMonths(day: number, on: string): string {
  const present = `${monthOf(on)}-${twoDigits(day)}`
  return present > on ? present : `${addMonths(monthOf(on), 1)}-${twoDigits(day)}`
}

function inYear(day: number, month: number, year: string | undefined, on: string): string {
  const end = `${twoDigits(month)}-${twoDigits(day)}`
  if (year !== undefined) return `${year.length === 2 ? `20${year}` : year}-${end}`
  const present = `${on.slice(0, 4)}-${end}`
  const isLongPast = isDay(present) && daysBetween(present, on) > LONG_PAST_DAYS
  return isLongPast ? `${Number(on.slice(0, 4)) + 1}-${end}` : present
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}
