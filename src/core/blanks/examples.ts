// Blanks that show how an answer may look. None of them is anybody's real data.
import type { Blank } from '../context.ts'
import { pageMinutes } from '../limits.ts'
import { getFigure } from '../rates.ts'
import { showDay, showRupiah } from './show.ts'

/** A day that shows the order day, month, year: no part of it can be taken for another. */
const exampleDay = '1985-03-12'

/** Which bracket's lowest income is the example: a usual one in villages. */
const exampleBracket = 3

/** Examples of answers; they rest on nothing, so phrases may use them too. */
export const exampleBlanks: Record<string, Blank> = {
  example_date: { uses: [], show: (talk) => showDay(talk, exampleDay) },
  example_income: {
    uses: [],
    show: (talk) => {
      const brackets = getFigure(talk.book.rates, 'bpu-brackets', talk.on)
      const income = (brackets[exampleBracket] ?? brackets.at(-1))?.fromRupiah
      return showRupiah(talk, income ?? 0)
    },
  },
  today: { uses: [], show: (talk) => showDay(talk, talk.on) },
  nik_digits: { uses: [], show: () => '16' },
  page_minutes: { uses: [], show: () => String(pageMinutes) },
}
