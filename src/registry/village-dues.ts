// Whom a village pays for: each with the group they are in, what is paid, and what is said to be.
import type { PaidFor } from '../core/village-dues.ts'
import { readMemberships } from './contributions.ts'
import type { Tx } from './database.ts'

/** Somebody whom a village pays for, as kept. */
export interface KeptPaidFor extends PaidFor {
  /** The number of the membership. */
  id: number
  receipt: string
}

interface Row {
  id: number
  receipt: string
  cohort: PaidFor['cohort'] | null
  claimed_until: string | null
}

/** Everybody whom this village pays for, by group and in the order in which they were registered. */
export async function listPaidFor(
  tx: Tx,
  zone: string,
  villageCode: string,
): Promise<KeptPaidFor[]> {
  const { rows } = await tx.query<Row>(
    `SELECT s.id, s.receipt, t.cohort,
            (SELECT to_char(p.until_month, 'YYYY-MM') FROM payment_claim p
              WHERE p.submission_id = s.id AND p.state = 'open') AS claimed_until
       FROM (SELECT DISTINCT submission_id FROM enrolment
              WHERE village_code = $1 AND payer = 'village' AND state = 'registered') e
       JOIN submission s ON s.id = e.submission_id
       LEFT JOIN LATERAL (SELECT cohort FROM staff WHERE submission_id = s.id
                           ORDER BY until_on IS NOT NULL, id DESC LIMIT 1) t ON true
      ORDER BY t.cohort, s.id`,
    [villageCode],
  )
  const kept = await readMemberships(
    tx,
    zone,
    rows.map(({ id }) => id),
  )
  const byId = new Map(kept.map((one) => [one.id, one]))
  return rows.flatMap(({ id, receipt, cohort, claimed_until: claimedUntil }) => {
    const one = byId.get(id)
    if (!one) return []
    return {
      ...{ id, receipt, membership: one.membership, paid: one.paid },
      ...(cohort !== null && { cohort }),
      ...(claimedUntil !== null && { claimedUntil }),
    }
  })
}
