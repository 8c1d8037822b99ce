// Agreements between the branch and a village, a district or a regency, as officers record them.
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'

/** Records the number of an agreement. The villages it is for are looked at again by themselves. */
export async function recordAgreement(tx: Tx, area: string, number: string, actor: string) {
  await tx.query('INSERT INTO agreement (area, number, recorded_by) VALUES ($1, $2, $3)', [
    ...[area, number, actor],
  ])
  await appendAudit(tx, actor, 'record-agreement', `area:${area}`)
}

/** The number that holds for a village: of its own agreement, else its district's, its regency's. */
export async function findAgreement(tx: Tx, villageCode: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ number: string }>(
    `SELECT number FROM agreement WHERE $1 = area OR $1 LIKE area || '.%'
      ORDER BY length(area) DESC, id DESC LIMIT 1`,
    [villageCode],
  )
  return rows[0]?.number
}

/** Villages that are Desa Sadar and whose certificate waits for an agreement, longest first. */
export async function listWithoutAgreement(tx: Tx) {
  const { rows } = await tx.query<{ village_code: string; since_on: string }>(
    `SELECT village_code, since_on FROM (
       SELECT DISTINCT ON (village_code) * FROM village_status
        ORDER BY village_code, ordinal DESC) AS present
      WHERE is_sadar AND agreement IS NULL ORDER BY since_on, village_code`,
  )
  return rows.map((row) => ({ villageCode: row.village_code, sinceOn: row.since_on }))
}
