// Whose data an account looked at or changed in a window, told from the audit trail.
import type { Tx } from './database.ts'
import { isInside } from './village-states.ts'

/** An account and the time in which it was not in the right hands. */
export interface Window {
  actor: string
  from: Date
  until: Date
  /** Only people of this area, and those of whom no place is known. */
  area: string
}

/** Somebody whose data was looked at or changed. */
export interface Affected {
  /** Of what was submitted; missing for somebody who only wrote. */
  receipt?: string
  addressId: number
  village?: string
  /** What was done, by the words of the trail. */
  actions: string[]
  times: number
  firstAt: Date
  lastAt: Date
}

/** What each kind of subject means in submissions, by the alias `d` of what was done. */
const submissionsOf = [
  `submission s ON d.kind = 'submission' AND s.id = d.number`,
  `submission s ON d.kind = 'person' AND s.person_id = d.number`,
  `staff t ON d.kind = 'staff' AND t.id = d.number JOIN submission s ON s.id = t.submission_id`,
  `staff t ON d.action = 'see-village' AND t.village_code = d.key
     JOIN submission s ON s.id = t.submission_id`,
  `export_row x ON d.action = 'write-export' AND x.export_id = d.number
     JOIN submission s ON s.id = x.submission_id`,
  `answer_row r ON d.kind = 'answer-import' AND r.import_id = d.number
     JOIN submission s ON s.id = r.submission_id`,
  `payment_row r ON d.kind = 'payment-import' AND r.import_id = d.number
     JOIN submission s ON s.id = r.submission_id`,
]

/** The same for those who only have a chat: with all that they submitted, or with nothing. */
const addressesOf = [
  `address a ON d.kind = 'address' AND a.id = d.number`,
  `ticket t ON d.kind = 'ticket' AND t.id = d.number JOIN address a ON a.id = t.address_id`,
]

const affectedSql = `
  WITH done AS (
    SELECT at, action, split_part(subject, ':', 1) AS kind, split_part(subject, ':', 2) AS key,
           substring(subject FROM ':([0-9]{1,15})$')::bigint AS number
      FROM audit WHERE actor = $2 AND at >= $3 AND at < $4),
  touched AS (
    ${submissionsOf
      .map((from) => `SELECT d.at, d.action, s.id, s.address_id FROM done d JOIN ${from}`)
      .join(' UNION ALL ')}
    UNION ALL
    ${addressesOf
      .map(
        (from) => `SELECT d.at, d.action, s.id, a.id FROM done d JOIN ${from}
                     LEFT JOIN submission s ON s.address_id = a.id`,
      )
      .join(' UNION ALL ')})
  SELECT s.receipt, t.address_id AS "addressId", s.village_code AS village,
         array_agg(DISTINCT t.action) AS actions, count(*) AS times,
         min(t.at) AS "firstAt", max(t.at) AS "lastAt"
    FROM touched t LEFT JOIN submission s ON s.id = t.id
   WHERE s.village_code IS NULL OR ${isInside('s.village_code')}
   GROUP BY s.id, t.address_id`

interface AffectedRow extends Omit<Affected, 'receipt' | 'village'> {
  receipt: string | null
  village: string | null
}

/** Those people, the first touched first, at most `limit`. */
export async function listAffected(tx: Tx, window: Window, limit: number): Promise<Affected[]> {
  const { area, actor, from, until } = window
  const { rows } = await tx.query<AffectedRow>(
    `${affectedSql} ORDER BY "firstAt", s.receipt, t.address_id LIMIT $5`,
    [area, actor, from, until, limit],
  )
  return rows.map(({ receipt, village, ...row }) => ({
    ...row,
    ...(receipt !== null && { receipt }),
    ...(village !== null && { village }),
  }))
}

/** How many there are. */
export async function countAffected(tx: Tx, window: Window): Promise<number> {
  const { area, actor, from, until } = window
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM (${affectedSql}) AS found`,
    [area, actor, from, until],
  )
  return rows[0]?.count ?? 0
}

/** The moment at which a clock of this zone shows `2026-11-21T16:20`. */
export async function readLocal(tx: Tx, local: string, zone: string): Promise<Date> {
  const { rows } = await tx.query<{ at: Date }>('SELECT $1::timestamp AT TIME ZONE $2 AS at', [
    local,
    zone,
  ])
  return rows[0]?.at ?? new Date(Number.NaN)
}
