// When a contribution is due, and what an unpaid one means.
import { addDays, addMonths, firstDayOf, isWeekend, monthOf } from './calendar.ts'
import type { FigureValue, Rates } from './rates.ts'
import { findFigure, getFigure, getMonthFigure } from './rates.ts'

/** The day a month's contribution is due. */
export interface DueDay {
  /** The day by the rule, whatever day of the week. */
  nominal: string
  /** The next working day; the nominal day where the year's holidays are not known. */
  due: string
  /** Whether that year's holidays are known. */
  known: boolean
}

/** What unpaid months mean; nobody is ever told that protection is lost: an officer checks. */
export interface BpuStatus {
  status: 'active' | 'late' | 'doubtful' | 'inactive'
  /** Months whose due day has passed unpaid, oldest first: the order they are paid in. */
  unpaidMonths: string[]
  /** Who may take payment for them; `officer` from the first doubtful month. */
  arrears: 'none' | 'self' | 'officer'
  finePercent: number
}

/** When the contribution for a month is due. Saturdays, Sundays and national holidays move it. */
export function dueDay(segment: 'bpu' | 'pu', month: string, rates: Rates): DueDay {
  const rule = getMonthFigure(rates, `${segment}-due`, month)
  const dueMonth = addMonths(month, rule['months-later'])
  const nominal = addDays(firstDayOf(dueMonth), rule.day - 1)
  const holidays = findFigure(rates, 'holidays-national', nominal)
  if (!holidays) return { nominal, due: nominal, known: false }
  let due = nominal
  while (isWeekend(due) || Object.hasOwn(holidays, due)) due = addDays(due, 1)
  return { nominal, due, known: true }
}

/** Whether branches work on a day; where the year's holidays are not known, by the weekday alone. */
export function isWorkingDay(on: string, rates: Rates): boolean {
  const holidays = [
    findFigure(rates, 'holidays-national', on),
    findFigure(rates, 'holidays-joint-leave', on),
  ]
  return !isWeekend(on) && holidays.every((days) => !days || !Object.hasOwn(days, on))
}

/** How a BPU stands on a day who has paid without a gap until a month `YYYY-MM`. */
export function bpuStatus(member: { paidUntilMonth: string; on: string }, rates: Rates): BpuStatus {
  const { on } = member
  const unpaidMonths: string[] = []
  for (let month = addMonths(member.paidUntilMonth, 1); month <= monthOf(on); ) {
    if (on > dueDay('bpu', month, rates).due) unpaidMonths.push(month)
    month = addMonths(month, 1)
  }
  const lapse = getFigure(rates, 'bpu-lapse-months', on)
  const finePercent = getFigure(rates, 'bpu-late-fine-percent', on)
  return { ...standing(unpaidMonths.length, lapse), unpaidMonths, finePercent }
}

function standing(
  unpaid: number,
  { doubtful, inactive }: FigureValue<'bpu-lapse-months'>,
): Pick<BpuStatus, 'status' | 'arrears'> {
  if (unpaid === 0) return { status: 'active', arrears: 'none' }
  if (unpaid < doubtful) return { status: 'late', arrears: 'self' }
  // The sources end membership at different counts, and branches have re-opened it later still.
  return { status: unpaid < inactive ? 'doubtful' : 'inactive', arrears: 'officer' }
}
