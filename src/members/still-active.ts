// An officer has seen that a membership is still active: the months up to one are recorded as paid.
import type { Book } from '../core/book.ts'
import { unpaidUntil } from '../core/ledger/pay.ts'
import { RatesError } from '../core/rates.ts'
import { appendAudit } from '../registry/audit.ts'
import { findMembership, recordPayments } from '../registry/contributions.ts'
import type { Tx } from '../registry/database.ts'

/** What an officer has seen of a membership. */
export interface SeenActive {
  submissionId: number
  /** Paid up to and with this contribution month, `YYYY-MM`. */
  untilMonth: string
  paidOn: string
}

/** More months at once are a month that was typed wrong. */
const mostMonths = 24

/**
 * Records every month up to the one that was seen, at the price of each; gives those that were not
 * paid before. Nothing is recorded where no month was open, where there are too many or where a
 * price is not known; `ended`: it is not registered now.
 */
export async function recordActive(
  tx: Tx,
  { book, actor }: { book: Book; actor: string },
  { submissionId, untilMonth, paidOn }: SeenActive,
): Promise<string[] | 'ended' | 'too-many' | 'no-rate'> {
  const kept = await findMembership(tx, book.branch.zone, submissionId)
  if (!kept) return 'ended'
  const months = unpaidUntil(kept.membership, kept.paid, untilMonth)
  if (months.length > mostMonths) return 'too-many'
  try {
    await recordPayments(tx, months.length > 0 ? [{ kept, months, paidOn }] : [], book.rates)
  } catch (error) {
    if (error instanceof RatesError) return 'no-rate'
    throw error
  }
  const subject = `submission:${submissionId}`
  await appendAudit(tx, actor, 'confirm-membership', subject, { untilMonth, months, paidOn })
  return months
}
