// When those are told who answer for other payers: regency, state, company, agent. Once a month.
import { addDays, monthOf } from '../calendar.ts'
import { getFigure, type Payer, type Rates } from '../rates.ts'

/** What one of them has open in one regency, month by month. */
export interface SponsorDues {
  payer: Payer
  /** Code of the regency, e.g. `63.03`. */
  regency: string
  /** People for whom something is open. */
  people: number
  months: { month: string; totalRupiah: number; nominalDueOn: string; dueOn: string }[]
}

/** What is to be said of it on a day. */
export interface SponsorReminder {
  kind: 'before' | 'late'
  /** The same for the same reason to write. */
  name: string
  months: string[]
  totalRupiah: number
  nominalDueOn: string
}

/**
 * The reminder that these dues have come to: that some are late, or that the newest are due soon.
 * Nothing before the first day on which people themselves would be reminded.
 */
export function findSponsorReminder(
  { months }: SponsorDues,
  on: string,
  rates: Rates,
): SponsorReminder | undefined {
  const after = getFigure(rates, 'reminder-days-after', on)
  const before = Math.max(...getFigure(rates, 'reminder-days-before', on))
  const late = months.filter(({ dueOn }) => addDays(dueOn, after) <= on)
  const soon = months.filter(({ nominalDueOn }) => addDays(nominalDueOn, -before) <= on)
  const last = late.at(-1)
  const next = soon.find(({ dueOn }) => dueOn >= on)
  // What is coming is said for itself, in the days before it; what is late, from its own day on.
  if (next) return toReminder('before', soon, next.nominalDueOn)
  return last && toReminder('late', soon, last.nominalDueOn)
}

function toReminder(
  kind: SponsorReminder['kind'],
  months: SponsorDues['months'],
  nominalDueOn: string,
): SponsorReminder {
  return {
    kind,
    name: `${monthOf(nominalDueOn)}:${kind}`,
    months: months.map(({ month }) => month),
    totalRupiah: months.reduce((sum, { totalRupiah }) => sum + totalRupiah, 0),
    nominalDueOn,
  }
}
