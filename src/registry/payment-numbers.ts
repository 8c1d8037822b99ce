// Finds memberships by the numbers that payment files name: NIK and KPJ, by their blind indexes.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray } from './sql-array.ts'
import { nikIndexOf } from './submissions.ts'

/** The blind index of the number of a membership. */
export function kpjIndexOf(seal: Seal, kpj: string): Buffer {
  return seal.blindIndex('kpj', kpj)
}

/** Memberships of the numbers that were looked for; a number that nobody has is missing. */
export interface FoundNumbers {
  byNik: Map<string, number[]>
  byKpj: Map<string, number[]>
}

/** The registered memberships of these numbers; of a number that has none, those that ended. */
export async function findByNumbers(
  tx: Tx,
  seal: Seal,
  niks: string[],
  kpjs: string[],
): Promise<FoundNumbers> {
  const nikBy = new Map(niks.map((nik) => [nikIndexOf(seal, nik).toString('hex'), nik]))
  const kpjBy = new Map(kpjs.map((kpj) => [kpjIndexOf(seal, kpj).toString('hex'), kpj]))
  const [byNik, byKpj] = await Promise.all([
    find(tx, 'nik_index', nikBy),
    find(tx, 'kpj_index', kpjBy),
  ])
  return { byNik, byKpj }
}

async function find(tx: Tx, column: 'nik_index' | 'kpj_index', numbers: Map<string, string>) {
  const found = new Map<string, number[]>()
  if (numbers.size === 0) return found
  const { rows } = await tx.query<{ number: Buffer; id: number }>({
    name: `find-by-${column}`,
    text: `SELECT number, id FROM (
             SELECT DISTINCT ${column} AS number, submission_id AS id, state,
                    min((state = 'ended')::int) OVER (PARTITION BY ${column}) AS all_ended
               FROM enrolment
              WHERE ${column} = ANY ($1::bytea[]) AND state IN ('registered', 'ended')) found
            WHERE (state = 'ended')::int = all_ended ORDER BY id`,
    values: [byteaArray([...numbers.keys()].map((hex) => Buffer.from(hex, 'hex')))],
  })
  for (const row of rows) {
    const number = numbers.get(row.number.toString('hex'))
    if (number) found.set(number, [...(found.get(number) ?? []), row.id])
  }
  return found
}

const pageSize = 1_000

/** Gives numbers that were issued before they could be looked for their blind index. */
export async function indexOldNumbers(tx: Tx, seal: Seal) {
  for (;;) {
    const { rows } = await tx.query<{ id: number; kpj: Buffer }>(
      `SELECT id, kpj FROM enrolment WHERE kpj IS NOT NULL AND kpj_index IS NULL LIMIT $1`,
      [pageSize],
    )
    if (rows.length === 0) return
    await tx.query(
      `UPDATE enrolment e SET kpj_index = n.kpj_index
         FROM unnest($1::bigint[], $2::bytea[]) AS n (id, kpj_index) WHERE e.id = n.id`,
      [
        bigintArray(rows.map(({ id }) => id)),
        byteaArray(
          rows.map(({ id, kpj }) => kpjIndexOf(seal, seal.open(kpj, `enrolment.kpj:${id}`))),
        ),
      ],
    )
  }
}
