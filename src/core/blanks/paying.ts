// Blanks that say what is to be paid, how much, for which months, and by which number.
import type { Blank, TalkContext } from '../context.ts'
import { chosenMembership, ownStanding, payingFor } from '../own-contributions.ts'
import { getFigure } from '../rates.ts'
import { latestSnooze } from '../reminders/snooze.ts'
import { say, showDay, showMonth, showRupiah } from './show.ts'

const needs = ['my-contributions']
/** Where somebody has several memberships, of the one that they chose. */
const chosen = { uses: [], mayUse: ['pay-for'], needs }
const counted = { uses: ['pay-months'], mayUse: ['pay-for'], needs }

/** Months, sums and numbers of one membership of this chat. */
export const payingBlanks: Record<string, Blank> = {
  pay_receipt: { ...chosen, show: (talk) => chosenMembership(talk).receipt },
  pay_open: { ...chosen, show: showOpen },
  pay_from: {
    ...chosen,
    show: (talk) => {
      const [first] = payingFor(chosenMembership(talk), 1, talk.book.rates).months
      return first ? showMonth(talk, first.month) : ''
    },
  },
  pay_lines: { ...counted, show: showLines },
  pay_total: { ...counted, show: (talk) => showRupiah(talk, paying(talk).totalRupiah) },
  pay_sure: {
    ...counted,
    show: (talk) => say(talk, paying(talk).certainty === 'sure' ? 'pay-sure' : 'pay-unsure'),
  },
  pay_number: { ...chosen, show: showNumber },
  snooze_until: {
    uses: [],
    show: (talk) => showDay(talk, latestSnooze(talk.on, talk.book.rates)),
  },
  pay_places: { uses: [], show: (talk) => placesOf(talk, 'pay-places') },
  pay_places_unsure: { uses: [], show: (talk) => placesOf(talk, 'pay-places-unsure') },
}

function paying(talk: TalkContext) {
  return payingFor(chosenMembership(talk), Number(talk.answers['pay-months']), talk.book.rates)
}

function showOpen(talk: TalkContext): string {
  const { unpaid, totalRupiah } = ownStanding(chosenMembership(talk), talk.on, talk.book.rates)
  const lines = unpaid.map((one) =>
    say(talk, 'pay-open-line', {
      month: showMonth(talk, one.month),
      amount: showRupiah(talk, one.totalRupiah),
      due: showDay(talk, one.nominalDueOn),
    }),
  )
  if (unpaid.length < 2) return lines.join('')
  return [...lines, say(talk, 'pay-sum', { amount: showRupiah(talk, totalRupiah) })].join('\n')
}

/** A line for each stretch of months at one price. */
function showLines(talk: TalkContext): string {
  const stretches: { from: string; until: string; each: number; count: number }[] = []
  for (const { month, price } of paying(talk).months) {
    const last = stretches.at(-1)
    if (last?.each === price.totalRupiah) {
      last.until = month
      last.count += 1
    } else stretches.push({ from: month, until: month, each: price.totalRupiah, count: 1 })
  }
  return stretches
    .map(({ from, until, each, count }) =>
      say(talk, count === 1 ? 'pay-month-line' : 'pay-months-line', {
        from: showMonth(talk, from),
        until: showMonth(talk, until),
        each: showRupiah(talk, each),
        count: String(count),
        amount: showRupiah(talk, each * count),
      }),
    )
    .join('\n')
}

function showNumber(talk: TalkContext): string {
  const { nik, kpjEnd } = chosenMembership(talk)
  if (nik === '') return say(talk, 'pay-number-card')
  return say(talk, kpjEnd === '' ? 'pay-number' : 'pay-number-kpj', { nik, end: kpjEnd })
}

function placesOf(talk: TalkContext, name: 'pay-places' | 'pay-places-unsure'): string {
  return Object.values(getFigure(talk.book.rates, name, talk.on)).join(', ')
}
