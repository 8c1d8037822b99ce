// Messages on their way out, where the platform's word and ours cross each other.
import { beforeEach, expect, test } from 'vitest'
import { noteDelivery, noteSentByKey } from '../../src/registry/deliveries.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import {
  claimAddresses,
  dropWaiting,
  noteSent,
  releaseAddress,
  takeNext,
} from '../../src/registry/outbox.ts'
import { makeAddress, openStage, seal } from './stage.ts'

const { db } = await openStage()
const sender = '00000000-0000-4000-8000-000000000001'
const channel = 'console'
let address = 0
let count = 0

beforeEach(async () => {
  count += 1
  address = await makeAddress(db, `orang-${count}`)
})

async function queue(key: string): Promise<string> {
  const purpose = `${key}:${count}`
  await queueNotices(db.pool, seal, [{ addressId: address, purpose, message: { text: 'a' } }])
  return purpose
}

async function take() {
  const given = { channel, sender, leaseSeconds: 60, limit: 1_000 }
  await claimAddresses(db.pool, seal, given)
  const next = await takeNext(db.pool, seal, address, sender)
  if (!next) throw new Error('nothing to send')
  return next
}

async function stateOf(purpose: string) {
  const { rows } = await db.pool.query(
    'SELECT state, reason, provider_id FROM outbound WHERE purpose = $1',
    [purpose],
  )
  return rows[0]
}

test('a sending knows its key, its class and the language of the person', async () => {
  const key = await queue('kabar')
  await db.pool.query("UPDATE address SET language = 'en' WHERE id = $1", [address])
  const { sending } = await take()
  expect(sending).toMatchObject({ key, class: 'notice', language: 'en' })
})

test('whoever comes back while a message fails is answered', async () => {
  const [tried, before] = [await queue('tried'), await queue('before')]
  const next = await take()
  const after = await queue('after')
  await noteSent(db.pool, next.id, { state: 'dropped', reason: 'gone' })
  await dropWaiting(db.pool, address, 'gone', next.id)
  expect(await stateOf(tried)).toMatchObject({ state: 'dropped' })
  expect(await stateOf(before)).toMatchObject({ state: 'dropped', reason: 'gone' })
  expect(await stateOf(after)).toMatchObject({ state: 'waiting' })
})

test('a message whose answer never came is known by its key, and not sent again', async () => {
  const key = await queue('kabar')
  const next = await take()
  await noteSent(db.pool, next.id, {
    state: 'waiting',
    reason: 'unreachable',
    delayMs: 0,
    isTry: true,
    initiatedOnly: false,
  })
  expect(await noteSentByKey(db.pool, channel, key, 'wamid.1')).toBe(true)
  expect(await stateOf(key)).toEqual({ state: 'sent', reason: null, provider_id: 'wamid.1' })
  expect(await takeNext(db.pool, seal, address, sender)).toBeUndefined()
})

test('one that was given up is known too', async () => {
  const key = await queue('kabar')
  const next = await take()
  await noteSent(db.pool, next.id, { state: 'failed', reason: 'unreachable' })
  expect(await noteSentByKey(db.pool, channel, key, 'wamid.1')).toBe(true)
  expect(await stateOf(key)).toMatchObject({ state: 'sent' })
})

test('a failure that is told before the answer was noted is not forgotten', async () => {
  const key = await queue('kabar')
  const next = await take()
  await noteSentByKey(db.pool, channel, key, 'wamid.1')
  const failed = { state: 'failed' as const, at: new Date(), reason: '131049' }
  await noteDelivery(db.pool, channel, 'wamid.1', failed)
  await noteSent(db.pool, next.id, { state: 'sent', providerId: 'wamid.1' })
  expect(await stateOf(key)).toMatchObject({ state: 'failed', reason: '131049' })
})

test('no key of another channel, and none that is known already', async () => {
  const key = await queue('kabar')
  const next = await take()
  expect(await noteSentByKey(db.pool, 'telegram', key, 'x')).toBe(false)
  expect(await noteSentByKey(db.pool, channel, 'kabar:0', 'x')).toBe(false)
  await noteSent(db.pool, next.id, { state: 'sent', providerId: 'wamid.1' })
  expect(await noteSentByKey(db.pool, channel, key, 'x')).toBe(false)
  expect(await stateOf(key)).toMatchObject({ provider_id: 'wamid.1' })
})

test('an answer to one does not wait for what is said first to many others', async () => {
  await db.pool.query('DELETE FROM outbound')
  const queueAs = async (name: string, kind: string) => {
    const id = await makeAddress(db, name)
    await db.pool.query(
      `INSERT INTO outbound (address_id, purpose, class, body) VALUES ($1, $2, $3, '')`,
      [id, `${name}:${kind}`, kind],
    )
    return id
  }
  const campaign = [
    await queueAs('kampanye-1', 'campaign'),
    await queueAs('kampanye-2', 'campaign'),
  ]
  const both = await queueAs('kampanye-1', 'reminder')
  const notice = await queueAs('kabar', 'notice')
  const reply = await queueAs('balasan', 'reply')
  const claim = async (limit: number) => {
    const given = { channel, sender, leaseSeconds: 60, limit }
    return (await claimAddresses(db.pool, seal, given)).map(({ addressId }) => addressId)
  }
  expect(await claim(1)).toEqual([reply])
  expect((await claim(2)).sort()).toEqual([notice, both].sort())
  expect(await claim(5)).toEqual([campaign[1]])
  expect(await claim(5)).toEqual([])
})

test('an address is given back also for a part of a second', async () => {
  await queue('sebentar')
  await take()
  await releaseAddress(db.pool, address, sender, { blocked: false, holdMs: 12.5 })
  const { rows } = await db.pool.query(
    `SELECT sending_by, sending_until - now() < interval '1 second' AS is_soon
       FROM address WHERE id = $1`,
    [address],
  )
  expect(rows[0]).toEqual({ sending_by: null, is_soon: true })
})
