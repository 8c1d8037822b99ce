// What other payers have open (regency, state, company, agent), and who is told of it.
import type { SponsorDues } from '../core/reminders/sponsors.ts'
import { isInArea } from '../core/roles.ts'
import type { Tx } from './database.ts'

/** What each of them has open in each regency, months oldest first; what is claimed is believed. */
export async function listSponsorDues(tx: Tx): Promise<SponsorDues[]> {
  const { rows } = await tx.query<SponsorDues>(
    `WITH open AS (
       SELECT c.*, c.payer AS by, left(e.village_code, 5) AS regency
         FROM contribution c
         JOIN LATERAL (SELECT village_code FROM enrolment
                        WHERE submission_id = c.submission_id AND state = 'registered'
                        LIMIT 1) e ON true
        WHERE c.paid_on IS NULL AND c.payer IN ('apbd', 'apbn', 'csr', 'agent')
          AND NOT EXISTS (SELECT FROM payment_claim p
                           WHERE p.submission_id = c.submission_id AND p.state = 'open'
                             AND p.until_month >= c.month)),
     people AS (
       SELECT by, regency, count(DISTINCT submission_id)::int AS people FROM open GROUP BY 1, 2),
     months AS (
       SELECT by, regency, month, sum(total_rupiah)::float8 AS total,
              max(nominal_due_on) AS nominal, max(due_on) AS due
         FROM open GROUP BY 1, 2, 3)
     SELECT m.by AS payer, m.regency, p.people,
            json_agg(json_build_object('month', to_char(m.month, 'YYYY-MM'),
                                       'totalRupiah', m.total, 'nominalDueOn', m.nominal,
                                       'dueOn', m.due) ORDER BY m.month) AS months
       FROM months m JOIN people p USING (by, regency)
      GROUP BY 1, 2, 3 ORDER BY 1, 2`,
  )
  return rows
}

/** Somebody who answers for what is paid in a regency. */
export interface SponsorOfficer {
  addressId: number
  language: string
}

/** Who coordinates this whole regency, and the officers of its branch. */
export async function listSponsorOfficers(tx: Tx, regency: string): Promise<SponsorOfficer[]> {
  const { rows } = await tx.query<{ id: number; language: string; area: string }>(
    `SELECT a.id, a.language, t.area FROM post t JOIN address a ON a.id = t.address_id
      WHERE t.revoked_at IS NULL AND t.role IN ('coordinator', 'branch-officer')
        AND a.stopped_at IS NULL AND a.blocked_at IS NULL ORDER BY a.id`,
  )
  const own = rows.filter(({ area }) => isInArea(regency, area))
  return own.map(({ id, language }) => ({ addressId: id, language }))
}
