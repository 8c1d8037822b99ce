// How figures, days and months appear in words: one place, so that they look alike everywhere.
import type { TalkContext } from '../context.ts'
import { sayPhrase } from '../phrase.ts'
import { showMonth as showMonthIn } from '../show-month.ts'

/** An amount of rupiah in the talk's language. */
export function showRupiah(talk: TalkContext, amountRupiah: number): string {
  return talk.book.readers.money.show(amountRupiah, talk.language)
}

/** A day `YYYY-MM-DD` in the talk's language. */
export function showDay(talk: TalkContext, day: string): string {
  return talk.book.readers.date.show(day, talk.language)
}

/** A month `YYYY-MM` in the talk's language. */
export function showMonth(talk: TalkContext, month: string): string {
  return showMonthIn(talk.book, talk.language, month)
}

/** A shared phrase in the talk's language. */
export function say(talk: TalkContext, id: string, fills: Record<string, string> = {}): string {
  return sayPhrase(talk.book, talk.language, id, fills)
}

/** A number of months in words, e.g. `12 bulan`. */
export function showMonthCount(talk: TalkContext, count: number): string {
  return say(talk, 'months-count', { count: String(count) })
}

/** Since when somebody waits, in the largest unit that says it. */
export function sayWait(talk: TalkContext, minutes: number): string {
  if (minutes < 60) return say(talk, 'waits-minutes', { count: String(minutes) })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? say(talk, 'waits-hours', { count: String(hours) })
    : say(talk, 'waits-days', { count: String(Math.floor(hours / 24)) })
}

/** So many times 24 hours, as deadlines are written. */
export function showDaysWithin(talk: TalkContext, days: number): string {
  return say(talk, 'days-within', { days: String(days), hours: '24' })
}
