// The clock on the wall of a village, whatever that of the machine; and when it is quiet there.
import { must } from '../must.ts'
import type { FigureValue } from '../rates.ts'

/** Hours that each zone is ahead of UTC. Indonesia never changes its clocks. */
const hoursAhead: Record<string, number> = {
  'Asia/Jakarta': 7,
  'Asia/Pontianak': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9,
}

const minuteMs = 60_000
const dayMinutes = 24 * 60

function minutesAt(zone: string, atMs: number): number {
  const ahead = must(hoursAhead[zone], 'a zone of Indonesia')
  return Math.floor(atMs / minuteMs) + ahead * 60
}

/** The day `YYYY-MM-DD` in a zone at a moment in ms. */
export function localDay(zone: string, atMs: number): string {
  return new Date(minutesAt(zone, atMs) * minuteMs).toISOString().slice(0, 10)
}

/** When the day of a moment in ms began in a zone, in ms. */
export function dayStartMs(zone: string, atMs: number): number {
  const minutes = minutesAt(zone, atMs)
  const aheadMs = must(hoursAhead[zone], 'a zone of Indonesia') * 60 * minuteMs
  return (minutes - (minutes % dayMinutes)) * minuteMs - aheadMs
}

/** How long in ms it stays quiet in a zone from a moment on; 0 when it is not quiet. */
export function quietMs(
  zone: string,
  atMs: number,
  { night, friday }: FigureValue<'reminder-quiet'>,
): number {
  const minutes = minutesAt(zone, atMs)
  const minute = minutes % dayMinutes
  // Day number 1, 2 January 1970, was a Friday.
  const isFriday = Math.floor(minutes / dayMinutes) % 7 === 1
  const left = (until: number) => (until - minute) * minuteMs - (atMs % minuteMs)
  if (minute >= toMinute(night.from)) return left(toMinute(night.until) + dayMinutes)
  if (minute < toMinute(night.until)) return left(toMinute(night.until))
  const isNoon = minute >= toMinute(friday.from) && minute < toMinute(friday.until)
  return isFriday && isNoon ? left(toMinute(friday.until)) : 0
}

function toMinute(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
