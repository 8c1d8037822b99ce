// One village as officers see it: what was paid for its people, and through which channel it talks.
import { must } from '../core/must.ts'
import type { Tx } from './database.ts'
import { isRegisteredPerson } from './office-figures.ts'
import { bigintArray } from './sql-array.ts'

/** One contribution month of a village's people. */
export interface VillageMonth {
  /** `YYYY-MM`. */
  month: string
  people: number
  paid: number
  totalRupiah: number
  paidRupiah: number
}

/** The newest contribution months of a village's people, newest first. */
export async function readVillageMonths(
  tx: Tx,
  villageCode: string,
  limit: number,
): Promise<VillageMonth[]> {
  const { rows } = await tx.query<VillageMonth>(
    `SELECT to_char(c.month, 'YYYY-MM') AS month, count(*) AS people, count(c.paid_on) AS paid,
            sum(c.total_rupiah) AS "totalRupiah",
            coalesce(sum(c.total_rupiah) FILTER (WHERE c.paid_on IS NOT NULL), 0) AS "paidRupiah"
       FROM contribution c
      -- As an array its people are looked up one by one, and not all months of everybody read.
      WHERE c.submission_id = ANY (
              ARRAY(SELECT submission_id FROM enrolment WHERE village_code = $1))
      GROUP BY c.month ORDER BY c.month DESC LIMIT $2`,
    [villageCode, limit],
  )
  return rows
}

/** How many people of a village are registered, on whatever way they came. */
export async function countVillagePeople(tx: Tx, villageCode: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM enrolment
      WHERE ${isRegisteredPerson} AND state = 'registered' AND village_code = $1`,
    [villageCode],
  )
  return must(rows[0], 'a count').count
}

/** The channels of addresses, by their ids. */
export async function listChannels(tx: Tx, addressIds: number[]): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ id: number; channel: string }>(
    'SELECT id, channel FROM address WHERE id = ANY ($1::bigint[])',
    [bigintArray(addressIds)],
  )
  return new Map(rows.map(({ id, channel }) => [id, channel]))
}
