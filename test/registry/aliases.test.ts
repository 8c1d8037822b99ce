// Several ids of one person: one address, and replies where they wrote last.
import { expect, test } from 'vitest'
import { handleOf } from '../../src/registry/addresses.ts'
import { settleAddress } from '../../src/registry/aliases.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { channel, openTwoIds } from './two-ids.ts'

const { db, seal, meet, settle, idOf, twoAddresses, countOf, replyId } = await openTwoIds()

/** How many statements settling takes; one that takes a transaction fails. */
async function statementsOf(id: string, alsoKnownAs?: string): Promise<number> {
  let count = 0
  const query = (statement: { text: string }) => {
    count += 1
    return db.pool.query(statement)
  }
  const transaction = () => Promise.reject(new Error('a transaction'))
  const counting = { pool: { query }, transaction } as unknown as typeof db
  await settleAddress(counting, seal, channel, { id, alsoKnownAs })
  return count
}

test('an id alone is its own address, and another id learned later leads to it', async () => {
  const { phone, lid } = meet()
  expect(await settle(lid)).toBe(lid)
  expect(await settle(lid, phone)).toBe(lid)
  expect(await settle(phone)).toBe(lid)
  const other = meet()
  expect(await settle(other.phone, other.lid)).toBe(other.phone)
  expect(await settle(other.lid)).toBe(other.phone)
  // The address's own id is not kept a second time.
  const sealed = `SELECT count(*) FROM address_alias WHERE address_id = $1 AND sealed IS NOT NULL`
  expect(await countOf(sealed, await idOf(lid))).toBe(1)
})

test('an address that was kept before ids were noted stays the address', async () => {
  const { phone, lid } = meet()
  const before = await idOf(phone)
  expect(await settle(lid, phone)).toBe(phone)
  expect(await idOf(await settle(lid))).toBe(before)
})

test('nothing new costs one statement and writes nothing', async () => {
  const { phone, lid } = meet()
  await settle(lid, phone)
  expect(await statementsOf(lid, phone)).toBe(1)
  expect(await statementsOf(lid)).toBe(1)
  expect(await statementsOf(phone)).toBe(2)
  expect(await statementsOf(phone, lid)).toBe(1)
})

test('a reply goes to the id that was heard from last', async () => {
  const { phone, lid } = meet()
  expect(await replyId(lid)).toBe(lid)
  await settle(lid, phone)
  expect(await replyId(lid)).toBe(lid)
  await settle(phone)
  expect(await replyId(lid)).toBe(phone)
  await settle(lid)
  expect(await replyId(lid)).toBe(lid)
})

test('many that settle the same two ids at once make one address', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { phone, lid } = meet()
    const calls = [settle(lid, phone), settle(phone, lid), settle(phone), settle(lid)]
    const settled = await Promise.all([...calls, ...calls.map(() => settle(phone, lid))])
    const last = await settle(lid, phone)
    expect(await settle(phone, lid)).toBe(last)
    // Before both were known to be one, each was its own.
    for (const one of settled) expect([phone, lid]).toContain(one)
    const kept = `SELECT count(*) FROM session s JOIN address a ON a.id = s.address_id
                   WHERE a.handle IN ($1, $2)`
    const handles = [phone, lid].map((one) => handleOf(seal, { channel, address: one }))
    expect(await countOf(kept, ...handles)).toBe(1)
  }
})

test('two with different persons stay two, and an officer is told once', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const insert = 'INSERT INTO person DEFAULT VALUES RETURNING id'
  for (const id of [older, younger]) {
    const { rows } = await db.pool.query(insert)
    await db.pool.query('UPDATE address SET person_id = $2 WHERE id = $1', [id, rows[0]?.id])
  }
  for (let i = 0; i < 3; i += 1) {
    expect(await settle(phone, lid)).toBe(phone)
    expect(await settle(lid, phone)).toBe(lid)
  }
  expect(await idOf(phone)).toBe(younger)
  const tickets = `SELECT count(*) FROM ticket WHERE reason = 'two-persons'
                      AND address_id IN ($1, $2)`
  expect(await countOf(tickets, older, younger)).toBe(1)
})

test('a number that somebody else has now does not open the talk of the one before', async () => {
  for (const [digit, whoHeard] of ['id first', 'number first'].entries()) {
    const [before, now, phone] = [`old-${digit}`, `new-${digit}`, `6281100000${digit}`] as const
    const isIdFirst = whoHeard === 'id first'
    const first = isIdFirst ? await settle(before, phone) : await settle(phone, before)
    const owner = await idOf(first)
    expect(await settle(now, phone)).toBe(now)
    expect(await idOf(await settle(now, phone))).not.toBe(owner)
    expect(await settle(phone)).toBe(now)
    expect(await settle(phone, now)).toBe(now)
    expect(await replyId(now)).toBe(phone)
    // The one before still is who they were, and is not written to at the number.
    expect(await settle(before)).toBe(first)
    expect(await replyId(first)).toBe(before)
  }
})

test('after erasing only the address itself can be read, and every id still leads to it', async () => {
  const { phone, lid, third: more, older } = await twoAddresses()
  await settle(more, lid)
  await settle(phone, lid)
  expect(await replyId(lid)).toBe(phone)
  await db.transaction((tx) => eraseData(tx, seal, older))
  const readable = `SELECT count(*) FROM address_alias WHERE address_id = $1 AND sealed IS NOT NULL`
  expect(await countOf(readable, older)).toBe(0)
  const merged = `SELECT count(*) FROM address WHERE merged_into = $1 AND sealed <> ''`
  expect(await countOf(merged, older)).toBe(0)
  expect(await replyId(lid)).toBe(lid)
  for (const id of [lid, phone, more]) expect(await idOf(await settle(id))).toBe(older)
  expect(await replyId(lid)).toBe(more)
  expect(await settle(phone)).toBe(lid)
  expect(await replyId(lid)).toBe(phone)
})
