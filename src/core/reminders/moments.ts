// Which reminder a membership has come to on a day: before the due day, on it, or after it.
import { addDays, monthOf } from '../calendar.ts'
import type { DueMonth } from '../ledger/months.ts'
import type { Standing } from '../ledger/standing.ts'
import { getFigure, type Rates } from '../rates.ts'

/** A reminder that a month has come to. */
export interface Moment {
  /** `before-7`, `due`, `late`, `maybe-ended`: the same for the same reason to write. */
  name: string
  kind: 'before' | 'due' | 'late-1' | 'late-2' | 'late' | 'maybe-ended'
  /** The calendar month in which it is due: the same for all whom one contact pays for. */
  month: string
  /** The day from which it holds, until the next one. */
  fromOn: string
}

/**
 * The latest reminder that a membership has come to; those before it are overtaken, so that nobody
 * hears at once what was missed in days of downtime. Nothing while the first is still to come.
 */
export function findMoment(
  segment: 'bpu' | 'pu',
  standing: Standing,
  on: string,
  rates: Rates,
): Moment | undefined {
  const moments =
    standing.state === 'maybe-ended'
      ? [lapse(standing, on, rates)]
      : standing.unpaid.flatMap((month) => momentsOf(segment, month, standing, on, rates))
  return moments
    .filter(({ fromOn }) => fromOn <= on)
    .reduce<Moment | undefined>(
      (last, one) => (last && last.fromOn > one.fromOn ? last : one),
      undefined,
    )
}

/** Told once: from then on an officer looks, and nobody is pressed any more. */
function lapse({ unpaid }: Standing, on: string, rates: Rates): Moment {
  const { doubtful } = getFigure(rates, 'bpu-lapse-months', on)
  const month = unpaid[doubtful - 1] as DueMonth
  const fromOn = addDays(month.dueOn, getFigure(rates, 'reminder-days-after', on))
  const name = 'maybe-ended'
  return { name, kind: name, month: monthOf(month.nominalDueOn), fromOn }
}

function momentsOf(
  segment: 'bpu' | 'pu',
  { nominalDueOn, dueOn }: DueMonth,
  standing: Standing,
  on: string,
  rates: Rates,
): Moment[] {
  const month = monthOf(nominalDueOn)
  const before = getFigure(rates, 'reminder-days-before', on).map((days): Moment => {
    const fromOn = addDays(nominalDueOn, -days)
    return { name: `before-${days}`, kind: 'before', month, fromOn }
  })
  const due: Moment = { name: 'due', kind: 'due', month, fromOn: nominalDueOn }
  if (dueOn >= on) return [...before, due]
  const kind = segment === 'pu' ? 'late' : standing.lateMonths === 1 ? 'late-1' : 'late-2'
  const fromOn = addDays(dueOn, getFigure(rates, 'reminder-days-after', on))
  return [...before, due, { name: 'late', kind, month, fromOn }]
}
