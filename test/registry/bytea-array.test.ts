// Lists of bytes reach Postgres as they are, whatever is in them.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { byteaArray } from '../../src/registry/bytea-array.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { freshDatabase } from '../support/postgres.ts'

const db = openDatabase(await freshDatabase())
afterAll(() => db.close())

const bytes = fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each))

test('Postgres reads back what was sent, in order, with empty items and empty lists', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 20 }), async (items) => {
      const { rows } = await db.pool.query<{ item: Buffer }>(
        'SELECT item FROM unnest($1::bytea[]) WITH ORDINALITY AS i (item, place) ORDER BY place',
        [byteaArray(items)],
      )
      expect(rows.map(({ item }) => item.toString('hex'))).toEqual(
        items.map((item) => item.toString('hex')),
      )
    }),
  )
})
