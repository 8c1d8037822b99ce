// What people say of their contributions: SUDAH BAYAR, and when they want to be reminded again.
import type { Tx } from './database.ts'
import { takeBackReminders } from './reminders.ts'

/**
 * Somebody says that what was due is paid: their unpaid months are believed to be, until an import
 * confirms it or an officer has looked. Said twice it is one claim, of the months known by then.
 */
export async function claimPaid(tx: Tx, addressId: number) {
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO payment_claim AS p (submission_id, until_month)
     SELECT c.submission_id, max(c.month) FROM contribution c
       JOIN submission s ON s.id = c.submission_id
      WHERE s.address_id = $1 AND s.command = 'submit-enrolment' AND c.paid_on IS NULL
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

/** Nothing is said of contributions before that day; what waits to be said is taken back. */
export async function snoozeReminders(tx: Tx, addressId: number, untilOn: string) {
  await tx.query(
    `INSERT INTO snooze (address_id, until_on) VALUES ($1, $2)
     ON CONFLICT (address_id) DO UPDATE SET until_on = excluded.until_on, said_at = now()`,
    [addressId, untilOn],
  )
  await tx.query(
    `WITH gone AS (DELETE FROM outbound WHERE address_id = $1 AND class = 'reminder'
                      AND state = 'waiting' AND tries = 0 RETURNING purpose)
     DELETE FROM reminder r USING gone WHERE r.purpose = gone.purpose`,
    [addressId],
  )
}
