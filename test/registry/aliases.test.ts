// Several ids of one person: one address, replies where they wrote last, two addresses become one.
import { expect, test } from 'vitest'
import { findReplyId, settleAddress } from '../../src/registry/aliases.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import { claimAddresses, noteSent, releaseAddress, takeNext } from '../../src/registry/outbox.ts'
import { openPrisma } from '../../src/registry/prisma.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { listOpenTickets, openTicket } from '../../src/registry/tickets.ts'
import { handleOf, keepInbounds, lockTalks } from '../../src/registry/turns.ts'
import { answersOf, openStage } from './stage.ts'

const { db, seal } = await openStage()
const channel = 'console'
const at = '2026-11-21T01:00:00.000Z'

let people = 0

/** Two ids of somebody new. */
function meet() {
  people += 1
  return { phone: `phone-${people}`, lid: `lid-${people}` }
}

const settle = (id: string, alsoKnownAs?: string) =>
  settleAddress(db, seal, channel, { id, alsoKnownAs })
const replyId = (address: string) => findReplyId(db.pool, seal, channel, address)

/** The row that messages of this id go to. */
async function idOf(address: string): Promise<number> {
  const talks = await db.transaction((tx) => lockTalks(tx, seal, [{ channel, address }]))
  return talks[0]?.addressId ?? 0
}

/** Two addresses of one person, not known to be one yet: the older first. */
async function twoAddresses() {
  const { phone, lid } = meet()
  await settle(lid)
  await settle(phone)
  return { phone, lid, older: await idOf(lid), younger: await idOf(phone) }
}

async function countOf(sql: string, ...values: unknown[]): Promise<number> {
  const { rows } = await db.pool.query(sql, values)
  return Number(rows[0]?.count)
}

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
    const handles = [phone, lid].map((one) => handleOf(seal, channel, one))
    expect(await countOf(kept, ...handles)).toBe(1)
  }
})

test('the older address takes everything of the younger, twice is once', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const words = JSON.stringify({ question: 'kapan?' })
  await db.transaction(async (tx) => {
    const [talk] = await lockTalks(tx, seal, [{ channel, address: phone }])
    if (!talk) throw new Error('no talk')
    const inbound = { channel, address: phone, externalId: 'm1', kind: 'text', words: 'halo', at }
    await keepInbounds(tx, seal, [{ talk, inbound: { ...inbound, kind: 'text' } }], [], false)
    const command = { do: 'submit-enrolment', flow: 'villager/enrol', version: 'v', wordings: {} }
    const told = { talkId: `M${people}`, startedOn: '2026-11-21', language: 'id' }
    const answers = answersOf('6303055203850101')
    await carryOut(tx, seal, younger, { ...command, ...told, answers })
    await openTicket(tx, seal, younger, { reason: 'question', words })
    await queueNotices(tx, seal, [{ addressId: younger, purpose: 'n', message: { text: 'x' } }])
    await tx.query('UPDATE address SET stopped_at = now() WHERE id = $1', [younger])
  })
  for (let i = 0; i < 2; i += 1) expect(await settle(phone, lid)).toBe(lid)
  expect(await idOf(phone)).toBe(older)
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE column_name = 'address_id' AND table_schema = 'public'`,
  )
  expect(tables.length).toBeGreaterThanOrEqual(7)
  for (const { name } of tables) {
    expect([
      name,
      await countOf(`SELECT count(*) FROM ${name} WHERE address_id = $1`, younger),
    ]).toEqual([name, 0])
  }
  const waiting = await db.transaction((tx) => keepInbounds(tx, seal, [], [older], true))
  expect(waiting.map((one) => one.inbound.words)).toEqual(['halo'])
  const tickets = await listOpenTickets(openPrisma(db), seal, 100)
  expect(tickets.map((one) => one.words)).toContain(words)
  const { rows } = await db.pool.query(
    `SELECT stopped_at IS NOT NULL AS stopped,
            (SELECT count(*) FROM audit WHERE action = 'merge-addresses' AND subject = $2) AS merges
       FROM address WHERE id = $1`,
    [older, `address:${older}`],
  )
  expect(rows[0]).toEqual({ stopped: true, merges: 1 })
})

test('tickets that wait at both wait on as one, with the words of both', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const tell = (id: number, words: object) =>
    openTicket(db.pool, seal, id, { reason: 'accident', words: JSON.stringify(words) })
  await tell(older, { what: 'jatuh', where: 'pasar' })
  await tell(younger, { what: 'terbakar', where: 'pasar' })
  await settle(phone, lid)
  const { rows } = await db.pool.query<{ id: number }>(
    `SELECT id FROM ticket WHERE address_id = $1 AND state = 'open'`,
    [older],
  )
  expect(rows).toHaveLength(1)
  const open = await listOpenTickets(openPrisma(db), seal, 100)
  const words = open.find((one) => one.id === rows[0]?.id)?.words ?? '{}'
  expect(JSON.parse(words)).toEqual({ what: 'jatuh', 'what 2': 'terbakar', where: 'pasar' })
})

test('one message that came to both is kept once, and answered if it was at either', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const insert = `INSERT INTO inbound (address_id, external_id, kind, sent_at, state)
                  VALUES ($1, $2, 'text', now(), $3)`
  for (const [id, key, state] of [
    [older, 'both', 'waiting'],
    [younger, 'both', 'done'],
    [older, 'first', 'done'],
    [younger, 'first', 'waiting'],
    [younger, 'only', 'waiting'],
  ]) {
    await db.pool.query(insert, [id, key, state])
  }
  await settle(phone, lid)
  const { rows } = await db.pool.query(
    'SELECT external_id, state FROM inbound WHERE address_id = $1 ORDER BY external_id',
    [older],
  )
  expect(rows.map((row) => `${row.external_id} ${row.state}`)).toEqual([
    'both done',
    'first done',
    'only waiting',
  ])
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

test('one person at both, or known at one of them, is kept', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const { rows } = await db.pool.query('INSERT INTO person DEFAULT VALUES RETURNING id')
  await db.pool.query('UPDATE address SET person_id = $2 WHERE id = $1', [younger, rows[0]?.id])
  expect(await settle(phone, lid)).toBe(lid)
  const kept = await db.pool.query('SELECT person_id FROM address WHERE id = $1', [older])
  expect(kept.rows[0]?.person_id).toBe(rows[0]?.id)
})

test('a chain of merges ends at the oldest', async () => {
  const { phone, lid, older } = await twoAddresses()
  const third = `third-${people}`
  await settle(third)
  expect(await settle(third, phone)).toBe(phone)
  expect(await settle(phone, lid)).toBe(lid)
  for (const id of [third, phone, lid]) expect(await idOf(id)).toBe(older)
  expect(await settle(third)).toBe(lid)
  expect(await replyId(lid)).toBe(third)
})

test('what is being sent is not sent a second time, and the rest waits for it', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const [first, second] = [`s1:${people}`, `s2:${people}`]
  for (const purpose of [first, second]) {
    await queueNotices(db.pool, seal, [{ addressId: younger, purpose, message: { text: 'x' } }])
  }
  const [one, two] = [
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000002',
  ]
  const claim = async (sender: string) => {
    const given = { channel, sender, leaseSeconds: 2, limit: 100 }
    const leases = await claimAddresses(db.pool, seal, given)
    return leases.map((lease) => lease.addressId).filter((id) => id === older || id === younger)
  }
  expect(await claim(one)).toEqual([younger])
  const sending = await takeNext(db.pool, seal, younger, one)
  expect(sending?.sending.key).toBe(first)
  await settle(phone, lid)
  expect(await claim(two)).toEqual([])
  expect(await takeNext(db.pool, seal, younger, one)).toMatchObject({ sending: { key: first } })
  await noteSent(db.pool, sending?.id ?? 0, { state: 'sent', providerId: 'p' })
  await releaseAddress(db.pool, younger, one, { blocked: false, holdMs: 0 })
  await db.pool.query('SELECT pg_sleep(2)')
  expect(await claim(two)).toEqual([older])
  expect(await takeNext(db.pool, seal, older, two)).toMatchObject({ sending: { key: second } })
  expect(await takeNext(db.pool, seal, older, two)).toMatchObject({ sending: { key: second } })
})

test('after erasing only the address itself can be read, and every id still leads to it', async () => {
  const { phone, lid, older } = await twoAddresses()
  const more = `more-${people}`
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
