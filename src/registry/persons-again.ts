// Persons who register anew after a refusal: their NIK is known, and nothing stands under it.
import type { EnrolledPerson } from '../core/enrolment.ts'
import { undoSeconds } from '../core/limits.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray } from './sql-array.ts'
import { indexPersons, type NewEnrolment, sealPerson } from './submissions.ts'

/**
 * Of persons who are known by their NIK, those of whom everything was refused or taken back, and
 * can be no more undone: they are as new, with what they say now. Gives their ids by submission.
 * What was refused keeps its history, and no longer stands in the way.
 */
export async function renewPersons(
  tx: Tx,
  seal: Seal,
  known: NewEnrolment[],
): Promise<Map<number, number>> {
  const byIndex = indexPersons(known)
  const free = await lockFree(tx, [...byIndex.keys()])
  const renewed = new Map<number, number>()
  for (const { id, key } of free) {
    const one = byIndex.get(key)
    if (!one) continue
    renewed.set(one.submissionId, id)
    await rewrite(tx, seal, { id, key }, one.person)
  }
  if (renewed.size === 0) return renewed
  // One programme of one NIK is there once: those that were refused make room.
  await tx.query(
    `UPDATE enrolment SET nik_index = decode(md5('refused ' || id), 'hex'), updated_at = now()
      WHERE person_id = ANY ($1::bigint[])`,
    [bigintArray([...renewed.values()])],
  )
  return renewed
}

interface Known {
  id: number
  /** The index of the NIK, in hex. */
  key: string
}

/**
 * Locked first and looked at then: of two with one NIK at once, the second sees the first. Both
 * are asked for together and done one after the other.
 */
async function lockFree(tx: Tx, keys: string[]): Promise<Known[]> {
  const indexes = byteaArray(keys.map((key) => Buffer.from(key, 'hex')))
  const lock = tx.query(
    `SELECT FROM person WHERE nik_index = ANY ($1::bytea[]) ORDER BY id FOR NO KEY UPDATE`,
    [indexes],
  )
  const look = tx.query<Known>(
    `SELECT p.id, encode(p.nik_index, 'hex') AS key FROM person p
      WHERE p.nik_index = ANY ($1::bytea[])
        -- Who came a moment ago, in this very batch, has none yet.
        AND EXISTS (SELECT FROM enrolment e WHERE e.person_id = p.id)
        AND NOT EXISTS (SELECT FROM enrolment e WHERE e.person_id = p.id
                           AND e.state NOT IN ('refused', 'withdrawn'))
        AND NOT EXISTS (SELECT FROM submission s WHERE s.person_id = p.id
                           AND (s.state NOT IN ('refused', 'withdrawn', 'merged')
                             OR s.closed_at > now() - make_interval(secs => $2)))`,
    [indexes, undoSeconds],
  )
  const [, { rows }] = await Promise.all([lock, look])
  return rows
}

async function rewrite(tx: Tx, seal: Seal, { id, key }: Known, person: EnrolledPerson) {
  await tx.query(
    `UPDATE person SET nik = $2, name = $3, birth_place = $4, birth_on = $5, sex = $6,
            mother_name = $7, phone = $8, address_line = $9 WHERE id = $1`,
    [id, ...sealPerson(seal, key, person)],
  )
}
