// What people say of their contributions: SUDAH BAYAR, and when they want to be reminded again.
import { showReceipt } from '../core/text.ts'
import type { Tx } from './database.ts'
import { isOfChat } from './own-memberships.ts'
import { takeBackAll, takeBackReminders } from './reminders.ts'
import type { Seal } from './seal.ts'
import { openTicket } from './tickets.ts'

/** The submission `s` is a membership that goes on: nobody claims, or is asked about, another. */
const isRegistered = `EXISTS (SELECT FROM enrolment e
  WHERE e.submission_id = s.id AND e.state = 'registered')`

/**
 * Somebody says that what was due is paid: their unpaid months are believed to be, until an import
 * confirms it or an officer has looked. Said twice it is one claim, of the months known by then.
 */
export async function claimPaid(tx: Tx, addressId: number) {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO payment_claim AS p (submission_id, until_month)
     SELECT c.submission_id, max(c.month) FROM contribution c
       JOIN submission s ON s.id = c.submission_id
       JOIN address a ON ${isOfChat}
      WHERE a.id = $1 AND c.paid_on IS NULL AND ${isRegistered}
      GROUP BY c.submission_id
     ON CONFLICT (submission_id) WHERE state = 'open'
     DO UPDATE SET until_month = greatest(p.until_month, excluded.until_month)
     RETURNING submission_id AS id`,
    [addressId],
  )
  await takeBackReminders(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.length
}

/**
 * A village says that what was open for its people on a day is paid: their open months are believed
 * to be, until an import confirms it. Gives for how many people.
 */
export async function claimVillagePaid(tx: Tx, villageCode: string, on: string): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO payment_claim AS p (submission_id, until_month)
     SELECT c.submission_id, max(c.month) FROM contribution c
      WHERE c.paid_on IS NULL AND date_trunc('month', c.nominal_due_on) <= $2::date
        AND EXISTS (SELECT FROM enrolment e
                     WHERE e.submission_id = c.submission_id AND e.village_code = $1
                       AND e.payer = 'village' AND e.state = 'registered')
      GROUP BY c.submission_id
     ON CONFLICT (submission_id) WHERE state = 'open'
     DO UPDATE SET until_month = greatest(p.until_month, excluded.until_month)
     RETURNING submission_id AS id`,
    [villageCode, on],
  )
  await takeBackReminders(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.length
}

/** Nothing is said of contributions before that day; what waits to be said is taken back. */
export async function snoozeReminders(tx: Tx, addressId: number, untilOn: string) {
  await tx.query(
    `INSERT INTO snooze (address_id, until_on) VALUES ($1, $2)
     ON CONFLICT (address_id) DO UPDATE SET until_on = excluded.until_on, said_at = now()`,
    [addressId, untilOn],
  )
  await takeBackAll(tx, addressId)
}

/** Asks an officer, once, about each claim that has waited so many days for its proof. */
export async function askAboutClaims(tx: Tx, seal: Seal, days: number) {
  const { rows } = await tx.query<{ address_id: number; receipt: string }>(
    `UPDATE payment_claim p SET asked_at = now() FROM submission s
      WHERE s.id = p.submission_id AND p.state = 'open' AND p.asked_at IS NULL
        AND p.claimed_at < now() - make_interval(days => $1) AND ${isRegistered}
      RETURNING s.address_id, s.receipt`,
    [days],
  )
  // One question for each chat, be it that of a village which paid for a hundred people.
  const receipts = new Map<number, string[]>()
  for (const { address_id: id, receipt } of rows) {
    receipts.set(id, [...(receipts.get(id) ?? []), showReceipt(receipt)])
  }
  for (const [addressId, all] of receipts) {
    const words = JSON.stringify({ receipts: all.join(' ') })
    await openTicket(tx, seal, addressId, { reason: 'claim-unproven', words })
  }
}
