// What stands for a registration that an officer has made one with another, however often.
import type { Tx } from './database.ts'
import { bigintArray } from './sql-array.ts'

/** The numbers of those that stand for what was sent from the chat `a` and then merged, as SQL. */
export const keptForChat = `ARRAY (
  WITH RECURSIVE kept AS (
    SELECT merged_into AS id FROM submission
     WHERE address_id = a.id AND command = 'submit-enrolment' AND merged_into IS NOT NULL
     UNION
    SELECT g.merged_into FROM submission g JOIN kept USING (id) WHERE g.merged_into IS NOT NULL)
  SELECT id FROM kept)`

/** By each of these numbers of submissions the one that stands for it: itself where it does. */
export async function findKept(tx: Tx, ids: number[]): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ asked: number; id: number }>(
    `WITH RECURSIVE way AS (
       SELECT id AS asked, id, merged_into FROM submission WHERE id = ANY ($1::bigint[])
        UNION ALL
       SELECT w.asked, s.id, s.merged_into FROM way w JOIN submission s ON s.id = w.merged_into)
     SELECT asked, id FROM way WHERE merged_into IS NULL`,
    [bigintArray(ids)],
  )
  return new Map(rows.map(({ asked, id }) => [asked, id]))
}
