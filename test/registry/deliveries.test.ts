// What became of sent messages: told twice, late and in the wrong order, the same comes of it.
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { findAddresses } from '../../src/registry/addresses.ts'
import {
  countInitiated,
  type Delivery,
  findSentMessage,
  noteDelivery,
} from '../../src/registry/deliveries.ts'
import { queueNotices } from '../../src/registry/notices.ts'
import { noteSent } from '../../src/registry/outbox.ts'
import { openStage } from './stage.ts'

const { db, seal } = await openStage()
const channel = 'whatsapp'
const second = (count: number) => new Date(Date.UTC(2026, 10, 21, 1, 0, count))
const delivered: Delivery = { state: 'delivered', at: second(1) }
const read: Delivery = { state: 'read', at: second(2) }
const failed: Delivery = { state: 'failed', at: second(3), reason: '131026' }

let sent = 0
let id = 0
const providerId = () => `3EB0${sent}`
const note = (delivery: Delivery) => noteDelivery(db.pool, channel, providerId(), delivery)

async function stateNow() {
  const { rows } = await db.pool.query(
    'SELECT state, reason, delivered_at, read_at FROM outbound WHERE id = $1',
    [id],
  )
  return rows[0]
}

async function queue(address: string, on = channel) {
  const whose = [{ channel: on, address }]
  const [addressId = 0] = await db.transaction((tx) => findAddresses(tx, seal, whose))
  const purpose = `p:${sent}:${on}`
  const message = { text: `kabar ${sent}`, choices: [{ label: 'Ya', press: 'y' }] }
  await queueNotices(db.pool, seal, [{ addressId, purpose, message }])
  const { rows } = await db.pool.query('SELECT id FROM outbound WHERE purpose = $1', [purpose])
  return Number(rows[0]?.id)
}

beforeEach(async () => {
  sent += 1
  id = await queue(`person-${sent}`)
  await noteSent(db.pool, id, { state: 'sent', providerId: providerId() })
})

test('delivered and read are noted with their moments, the earliest of several', async () => {
  expect(await note(delivered)).toBe(true)
  await note({ ...delivered, at: second(9) })
  expect(await stateNow()).toMatchObject({ delivered_at: second(1), read_at: null })
  await note(read)
  const both = { state: 'sent', reason: null, delivered_at: second(1), read_at: second(2) }
  expect(await stateNow()).toEqual(both)
})

test('a failure after the sending is visible with its reason', async () => {
  await note(failed)
  expect(await stateNow()).toMatchObject({ state: 'failed', reason: '131026' })
})

test('a failure that is worth another try waits for it, and is given up in the end', async () => {
  const again = { ...failed, reason: '131056', retryMs: 60_000 }
  await note(again)
  expect(await stateNow()).toMatchObject({ state: 'waiting', reason: '131056' })
  const later = 'SELECT not_before > now() AS later, provider_id FROM outbound WHERE id = $1'
  const { rows } = await db.pool.query(later, [id])
  expect(rows).toEqual([{ later: true, provider_id: null }])
  // Told twice, it is no message that is known any more.
  expect(await note(again)).toBe(false)
  await db.pool.query('UPDATE outbound SET tries = 8 WHERE id = $1', [id])
  await noteSent(db.pool, id, { state: 'sent', providerId: providerId() })
  await note(again)
  expect(await stateNow()).toMatchObject({ state: 'failed', reason: '131056' })
})

test('what arrived is not tried again, whatever is said of it', async () => {
  await note(delivered)
  await note({ ...failed, retryMs: 0 })
  expect(await stateNow()).toMatchObject({ state: 'sent', reason: null })
})

test('in whatever order and however often it is told, the same comes of it', async () => {
  const anyOrder = fc.shuffledSubarray([delivered, read, failed, delivered, read, failed], {
    minLength: 1,
  })
  await fc.assert(
    fc.asyncProperty(anyOrder, async (told) => {
      await db.pool.query(
        `UPDATE outbound SET state = 'sent', reason = NULL, delivered_at = NULL, read_at = NULL
          WHERE id = $1`,
        [id],
      )
      for (const one of told) await note(one)
      const arrived = told.filter(({ state }) => state !== 'failed')
      const isRead = arrived.includes(read)
      expect(await stateNow()).toEqual({
        state: arrived.length > 0 ? 'sent' : 'failed',
        reason: arrived.length > 0 ? null : '131026',
        delivered_at: arrived.includes(delivered) ? second(1) : isRead ? second(2) : null,
        read_at: isRead ? second(2) : null,
      })
    }),
    { numRuns: 200 },
  )
})

test('an id of another channel, or of nothing yet, changes nothing', async () => {
  const other = await queue('someone', 'telegram')
  await noteSent(db.pool, other, { state: 'sent', providerId: providerId() })
  expect(await noteDelivery(db.pool, 'whatsapp-cloud', providerId(), failed)).toBe(false)
  expect(await noteDelivery(db.pool, channel, 'unknown', failed)).toBe(false)
  await noteDelivery(db.pool, 'telegram', providerId(), failed)
  expect(await stateNow()).toMatchObject({ state: 'sent', reason: null })
})

test('a sent message is found by its id for a week', async () => {
  const find = (on: string) => findSentMessage(db.pool, seal, on, providerId())
  const message = { text: `kabar ${sent}`, choices: [{ label: 'Ya', press: 'y' }] }
  expect(await find(channel)).toEqual(message)
  expect(await find('telegram')).toBeUndefined()
  const age = (days: number) =>
    db.pool.query(`UPDATE outbound SET sent_at = now() - make_interval(days => $2) WHERE id = $1`, [
      id,
      days,
    ])
  await age(6)
  expect(await find(channel)).toEqual(message)
  await age(8)
  expect(await find(channel)).toBeUndefined()
})

test('what the bot began since a moment is counted, on one channel, without replies', async () => {
  await db.pool.query('DELETE FROM outbound')
  const began = async (on: string, change = '') => {
    sent += 1
    const one = await queue(`person-${sent}`, on)
    await noteSent(db.pool, one, { state: 'sent', providerId: providerId() })
    if (change) await db.pool.query(`UPDATE outbound SET ${change} WHERE id = $1`, [one])
  }
  await began(channel)
  await began(channel, `class = 'reminder'`)
  await began(channel, `class = 'reply'`)
  await began(channel, `sent_at = now() - interval '2 days'`)
  await began('telegram')
  sent += 1
  await queue(`person-${sent}`)
  const since = new Date(Date.now() - 24 * 3_600_000)
  expect(await countInitiated(db.pool, channel, since)).toBe(2)
})
