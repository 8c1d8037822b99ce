// Turns the numbers by which spreadsheets count days into days of the calendar.
const DAY_MS = 86_400_000
/** Number of 1 January 1970 where days are counted from 1900. */
const EPOCH = 25_569
const FROM_1904 = 1_462
/** Excel believes in 29 February 1900, its day 60. */
const FALSE_DAY = 60
/** Last number that Excel shows as a day: 31 December 9999. */
const LAST = 2_958_465

/** The day of a number, `YYYY-MM-DD`; nothing for a number that is no day. */
export function findDay(number: number, is1904: boolean): string | undefined {
  const counted = Math.floor(number) + (is1904 ? FROM_1904 : 0)
  if (!(counted >= 1 && counted <= LAST) || counted === FALSE_DAY) return undefined
  const real = counted < FALSE_DAY ? counted + 1 : counted
  return new Date((real - EPOCH) * DAY_MS).toISOString().slice(0, 10)
}
