// Days and months as plain text: `YYYY-MM-DD` and `YYYY-MM`, which sort as they are. No clock.

const DAY_MS = 86_400_000

/** Whether the text is a day that the calendar has, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  return day >= 1 && day <= daysIn(Number(text.slice(0, 4)), month)
}

/** How many days a month has; none when there is no such month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  if (month < 1 || month > 12) return 0
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** The month `YYYY-MM` that a day lies in. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

/** The first day of a month. */
export function firstDayOf(month: string): string {
  return `${month}-01`
}

/** The day so many days later, or earlier when `count` is negative. */
export function addDays(day: string, count: number): string {
  return toDay(toNumber(day) + count)
}

/** The month so many months later, or earlier when `count` is negative. */
export function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** How many months the second month lies after the first; negative when before. */
export function monthsBetween(from: string, to: string): number {
  return (
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7))
  )
}

/** How many days the second day lies after the first; negative when before. */
export function daysBetween(from: string, to: string): number {
  return toNumber(to) - toNumber(from)
}

/** Whether the day is a Saturday or a Sunday. */
export function isWeekend(day: string): boolean {
  // Day number 0, 1 January 1970, was a Thursday.
  return [2, 3].includes(((toNumber(day) % 7) + 7) % 7)
}

/** The day on which somebody turns that many years old; 29 February becomes 1 March. */
export function birthday(birthOn: string, years: number): string {
  const year = String(Number(birthOn.slice(0, 4)) + years).padStart(4, '0')
  const day = `${year}${birthOn.slice(4)}`
  return isDay(day) ? day : `${year}-03-01`
}

/** Whole years of age on a day; negative before birth. */
export function ageOn(birthOn: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return on.slice(5) < birthOn.slice(5) ? years - 1 : years
}

function toNumber(day: string): number {
  // Not Date.UTC, which takes the year 85 for 1985.
  const at = new Date(0).setUTCFullYear(
    Number(day.slice(0, 4)),
    Number(day.slice(5, 7)) - 1,
    Number(day.slice(8, 10)),
  )
  return Math.floor(at / DAY_MS)
}

function toDay(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}
