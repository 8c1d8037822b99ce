// The floor of every import: the rows of its file as they are, into a table with one key.
import type pg from 'pg'
import { perSecond } from './measure.ts'

const rowsAtOnce = 500

/** Rows a second, 500 in a transaction of their own; the last column of the file is the key. */
export async function insertPlainly(
  owner: pg.Client,
  file: Buffer,
  types: string[],
): Promise<number> {
  const columns = types.map((type, at) => `c${at} ${type}`)
  await owner.query(
    `CREATE TABLE bench_rows (${columns.join(', ')}, PRIMARY KEY (c${types.length - 1}))`,
  )
  const [, ...lines] = file.toString().split('\n')
  const rows = lines.map((line) => line.split(';'))
  const given = types.map((type, at) => `$${at + 1}::${type}[]`)
  return perSecond(rows.length, async () => {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const step = rows.slice(from, from + rowsAtOnce)
      await owner.query(
        `INSERT INTO bench_rows SELECT * FROM unnest(${given.join(', ')})`,
        types.map((_, at) => step.map((row) => row[at])),
      )
    }
  })
}
