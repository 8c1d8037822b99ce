// Blanks that say ages, due days and deadlines, as they stand on the day the talk began.
import type { Blank } from '../context.ts'
import { signInMinutes } from '../limits.ts'
import { getFigure } from '../rates.ts'
import { showDay, showDaysWithin } from './show.ts'

/** Within so many days a correction is made: UU PDP 27/2022, article 30, 3 x 24 hours. */
const correctionDays = 3

/** What the rules allow, and until when. */
export const ruleBlanks: Record<string, Blank> = {
  rates_on: { uses: [], show: (talk) => showDay(talk, talk.on) },
  age_from: {
    uses: [],
    show: (talk) => String(getFigure(talk.book.rates, 'bpu-lower-age', talk.on)),
  },
  age_until: {
    uses: [],
    show: (talk) => String(getFigure(talk.book.rates, 'bpu-upper-age', talk.on)),
  },
  due_day: {
    uses: [],
    show: (talk) => String(getFigure(talk.book.rates, 'bpu-due', talk.on).day),
  },
  report_within: {
    uses: [],
    show: (talk) => showDaysWithin(talk, getFigure(talk.book.rates, 'jkk-report-days', talk.on)),
  },
  sign_in_minutes: { uses: [], show: () => String(signInMinutes) },
  correction_within: { uses: [], show: (talk) => showDaysWithin(talk, correctionDays) },
}
