// Two addresses become one: what belonged to the younger is the older one's, once and in order.
import { expect, test } from 'vitest'
import { findAddresses } from '../../src/registry/addresses.ts'
import { carryOut } from '../../src/registry/commands.ts'
import { listOpenTickets } from '../../src/registry/conversations.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import { claimAddresses, noteSent, releaseAddress, takeNext } from '../../src/registry/outbox.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { keepInbounds } from '../../src/registry/turns.ts'
import { answersOf } from './stage.ts'
import { channel, openTwoIds } from './two-ids.ts'

const { db, book, seal, settle, idOf, twoAddresses, countOf, replyId } = await openTwoIds()
const at = '2026-11-21T01:00:00.000Z'

test('the older address takes everything of the younger, twice is once', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const words = JSON.stringify({ question: 'kapan?' })
  await db.transaction(async (tx) => {
    const said = { channel, address: phone, externalId: 'm1', words: 'halo', at }
    const inbound = { ...said, kind: 'text' as const }
    await keepInbounds(tx, seal, [{ addressId: younger, inbound }], [], false)
    const command = { do: 'submit-enrolment', flow: 'villager/enrol', version: 'v', wordings: {} }
    const told = { talkId: `M${older}`, startedOn: '2026-11-21', language: 'id' }
    const answers = answersOf('6303055203850101')
    await carryOut({ tx, seal, book }, younger, { ...command, ...told, answers })
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
  const tickets = await listOpenTickets(db.pool, seal, null, 100)
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
  const open = await listOpenTickets(db.pool, seal, null, 100)
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

test('one person at both, or known at one of them, is kept', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const { rows } = await db.pool.query('INSERT INTO person DEFAULT VALUES RETURNING id')
  await db.pool.query('UPDATE address SET person_id = $2 WHERE id = $1', [younger, rows[0]?.id])
  expect(await settle(phone, lid)).toBe(lid)
  const kept = await db.pool.query('SELECT person_id FROM address WHERE id = $1', [older])
  expect(kept.rows[0]?.person_id).toBe(rows[0]?.id)
})

test('a chain of merges ends at the oldest', async () => {
  const { phone, lid, third, older } = await twoAddresses()
  await settle(third)
  expect(await settle(third, phone)).toBe(phone)
  expect(await settle(phone, lid)).toBe(lid)
  for (const id of [third, phone, lid]) expect(await idOf(id)).toBe(older)
  expect(await settle(third)).toBe(lid)
  expect(await replyId(lid)).toBe(third)
})

test('what is being sent is not sent a second time, and the rest waits for it', async () => {
  const { phone, lid, older, younger } = await twoAddresses()
  const [first, second] = [`s1:${older}`, `s2:${older}`]
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

test("a message that becomes the other address's at this very moment is not taken by the old", async () => {
  const { older, younger } = await twoAddresses()
  const purpose = `moved:${older}`
  await queueNotices(db.pool, seal, [{ addressId: younger, purpose, message: { text: 'x' } }])
  const sender = '00000000-0000-4000-8000-000000000003'
  const claim = { channel, sender, leaseSeconds: 9, limit: 100 }
  await claimAddresses(db.pool, seal, claim)
  const moving = await db.pool.connect()
  await moving.query('BEGIN')
  const move = 'UPDATE outbound SET address_id = $1 WHERE address_id = $2'
  await moving.query(move, [older, younger])
  const taking = takeNext(db.pool, seal, younger, sender)
  await db.pool.query('SELECT pg_sleep(0.2)')
  await moving.query('COMMIT')
  moving.release()
  expect(await taking).toBeUndefined()
  await claimAddresses(db.pool, seal, claim)
  expect(await takeNext(db.pool, seal, older, sender)).toMatchObject({ sending: { key: purpose } })
})

test('messages to both ids in one batch have one talk', async () => {
  const { phone, lid, older } = await twoAddresses()
  await settle(phone, lid)
  const both = [phone, lid].map((address) => ({ channel, address }))
  expect(await db.transaction((tx) => findAddresses(tx, seal, both))).toEqual([older, older])
})
