// Lists reach Postgres as they are, whatever is in them.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { bigintArray, byteaArray, textArray } from '../../src/registry/sql-array.ts'
import { freshDatabase } from '../support/postgres.ts'

const db = openDatabase(await freshDatabase())
afterAll(() => db.close())

async function readBack(type: string, list: Buffer): Promise<unknown[]> {
  const { rows } = await db.pool.query<{ item: unknown }>(
    `SELECT item FROM unnest($1::${type}[]) WITH ORDINALITY AS i (item, place) ORDER BY place`,
    [list],
  )
  return rows.map(({ item }) => (Buffer.isBuffer(item) ? item.toString('hex') : item))
}

const many = { maxLength: 20 }
const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each))
// No text of ours has a NUL or half a character: Postgres takes neither.
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((each) => each.replace(/\0/g, ''))

test('bytes are read back in order, with empty items and empty lists', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, many), async (items) => {
      const wanted = items.map((item) => item.toString('hex'))
      expect(await readBack('bytea', byteaArray(items))).toEqual(wanted)
    }),
  )
})

test('texts are read back, with quotes, braces, commas and what is no ASCII', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, many), async (items) => {
      expect(await readBack('text', textArray(items))).toEqual(items)
    }),
    { examples: [[['a"b', '{}', ',', '\\', 'NULL', '', '🙏']]] },
  )
})

test('whole numbers are read back up to the largest that a number can hold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.maxSafeInteger(), many), async (items) => {
      expect(await readBack('bigint', bigintArray(items))).toEqual(items.map((item) => item + 0))
    }),
    { examples: [[[0, 1, -1, 2 ** 32, -(2 ** 32), Number.MAX_SAFE_INTEGER]]] },
  )
})
