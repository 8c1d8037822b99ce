// How long reminders may be put off: nobody loses protection because they were not asked.
import { addDays, addMonths, firstDayOf, monthOf } from '../calendar.ts'
import { getFigure, type Rates } from '../rates.ts'

/** The last day until which reminders may be put off by somebody who says so on a day. */
export function latestSnooze(on: string, rates: Rates): string {
  const lastOfMonth = addDays(firstDayOf(addMonths(monthOf(on), 1)), -1)
  const atLeast = addDays(on, getFigure(rates, 'snooze-days', on))
  if (lastOfMonth > atLeast) return lastOfMonth
  return atLeast
}
