// Reminders as rows: planned once for each purpose, taken back when there is no more reason.
import type { Tx } from './database.ts'
import { bigintArray } from './sql-array.ts'

/**
 * Takes back what waits to be said to those who pay for these memberships: it may no longer be
 * true. What is still true is planned again by the next run.
 */
export async function takeBackReminders(tx: Tx, ids: number[]) {
  await tx.query({
    name: 'take-back-reminders',
    text: `
      WITH contacts AS (
        SELECT 'a' || s.address_id AS contact FROM submission s WHERE s.id = ANY ($1::bigint[])
         UNION
        SELECT 'v' || e.village_code FROM enrolment e
         WHERE e.submission_id = ANY ($1::bigint[]) AND e.payer = 'village'),
      gone AS (
        DELETE FROM outbound o USING reminder r JOIN contacts USING (contact)
         WHERE o.purpose = r.purpose AND o.state = 'waiting' AND o.tries = 0
        RETURNING o.purpose)
      DELETE FROM reminder r USING gone WHERE r.purpose = gone.purpose`,
    values: [bigintArray(ids)],
  })
}
