// Two ids of one person talk at once while it becomes known that they are one: nothing is lost.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { resumeTalks } from '../../src/converse/answer.ts'
import { createPages } from '../../src/converse/pages.ts'
import { createConverse } from '../../src/converse.ts'
import type { Inbound } from '../../src/core/message.ts'
import { createLog } from '../../src/log.ts'
import { findAddresses, handleOf } from '../../src/registry/addresses.ts'
import { findReplyId, settleAddress } from '../../src/registry/aliases.ts'
import { findTalk, openOutbound, openSession } from '../../src/registry/turns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage, seal } from '../registry/stage.ts'
import { answersOf } from '../support/answers-of.ts'
import { createRandom } from '../support/simulate/random.ts'

const { db, book } = await openStage()
const channel = 'strict'
const capabilities = { buttons: false, sharesPhone: false, maxText: 4_096, forbidsSensitive: true }
const runtime: Runtime = {
  config: readConfig({ PUBLIC_URL: 'https://sapa.example.id' }),
  log: createLog('silent'),
  ...{ clock: createClock('Asia/Makassar'), db, seal, book, ring: () => undefined },
  channels: new Map([[channel, { name: channel, capabilities } as Channel]]),
}
const { receive } = createConverse(runtime)
const settle = (id: string, alsoKnownAs?: string) =>
  settleAddress(db, seal, channel, { id, alsoKnownAs })

function inboundOf(address: string, externalId: string, words: string): Inbound {
  return { channel, address, externalId, kind: 'text', words, at: new Date().toISOString() }
}

/** A message the way a channel hands it over; with the mapping when the platform tells it. */
async function hear(id: string, externalId: string, words: string, alsoKnownAs?: string) {
  await receive([inboundOf(await settle(id, alsoKnownAs), externalId, words)])
}

interface Row {
  external_id: string
  state: string
  replies: number
  address_id: number
}

/** The messages of a person, wherever they are kept, with the number of replies to each. */
async function keptOf(round: number): Promise<Row[]> {
  const { rows } = await db.pool.query<Row>(
    `SELECT i.external_id, i.state, i.address_id,
            (SELECT count(*) FROM outbound o
              WHERE o.purpose LIKE 'reply:%:' || i.external_id || ':0') AS replies
       FROM inbound i WHERE i.external_id LIKE $1 ORDER BY i.external_id`,
    [`r${round}-%`],
  )
  return rows
}

/** Both ids write, unknown to be one at first; then the platform begins to tell. */
async function playRound(round: number) {
  const random = createRandom(round)
  const ids = [`lid-${round}`, `phone-${round}`] as const
  const knownFrom = random.int(2, 5)
  const messages = ['halo', 'menu', 'status', 'daftar', 'manfaat', 'bantuan'].map((words, n) => {
    const id = n < 2 ? ids[n] : random.pick(ids)
    const other = ids.find((one) => one !== id)
    const isKnown = n >= knownFrom
    return { words, key: `r${round}-${n}`, id: id ?? '', other: isKnown ? other : undefined }
  })
  await Promise.all(
    messages.flatMap(({ words, key, id, other }) => {
      const tell = async () => {
        await pause(random.int(0, 8) + (other ? 4 : 0))
        await hear(id, key, words, other)
      }
      return random.chance(0.3) ? [tell(), tell()] : [tell()]
    }),
  )
  await settle(...ids)
  const rows = await keptOf(round)
  const addresses = new Set(rows.map((row) => row.address_id))
  expect(addresses.size, `addresses of round ${round}`).toBe(1)
  expect(rows.map((row) => [row.external_id, row.state, row.replies])).toEqual(
    messages.map(({ key }) => [key, 'done', 1]),
  )
}

test('in 200 rounds each message is kept once, answered once, at one address', async () => {
  const rounds = Array.from({ length: 200 }, (_, round) => round)
  // Several people at once, so that their messages share transactions.
  while (rounds.length > 0) await Promise.all(rounds.splice(0, 8).map(playRound))
  const { rows } = await db.pool.query(
    `SELECT count(*) AS count FROM audit WHERE action = 'merge-addresses'`,
  )
  expect(rows[0]?.count).toBeGreaterThan(100)
})

test('a message settled before the merge and kept after it finds the one talk', async () => {
  const [lid, phone] = ['lid-a', 'phone-a']
  await hear(lid, 'a1', 'halo')
  await hear(phone, 'a2', 'halo')
  const late = inboundOf(await settle(phone), 'a3', 'menu')
  expect(await settle(phone, lid)).toBe(lid)
  await receive([late, late, inboundOf(lid, 'a4', 'status')])
  await receive([late])
  const { rows } = await db.pool.query(
    `SELECT external_id, count(*) AS count, count(DISTINCT address_id) AS addresses
       FROM inbound WHERE external_id LIKE 'a_' GROUP BY 1 ORDER BY 1`,
  )
  expect(rows).toEqual(
    ['a1', 'a2', 'a3', 'a4'].map((external_id) => ({
      ...{ external_id, count: 1, addresses: 1 },
    })),
  )
  const { rows: sessions } = await db.pool.query(
    `SELECT count(*) AS count FROM session s JOIN address a ON a.id = s.address_id
      WHERE a.handle IN ($1, $2)`,
    [lid, phone].map((one) => handleOf(seal, { channel, address: one })),
  )
  expect(sessions).toEqual([{ count: 1 }])
})

test('what was kept and not yet answered is answered after the merge', async () => {
  const [lid, phone] = ['lid-b', 'phone-b']
  await hear(lid, 'b1', 'halo')
  await hear(phone, 'b2', 'halo')
  // As it is when whatever answers was stopped after the message was kept.
  await db.pool.query(
    `WITH one AS (UPDATE inbound SET state = 'waiting' WHERE external_id = 'b2' RETURNING external_id)
     DELETE FROM outbound o USING one WHERE o.purpose LIKE 'reply:%:' || one.external_id || ':%'`,
  )
  const { rows } = await db.pool.query(`SELECT address_id FROM inbound WHERE external_id = 'b2'`)
  await settle(phone, lid)
  // The sweep may still know only the address that was merged.
  await resumeTalks(runtime, [rows[0]?.address_id])
  const kept = await db.pool.query(`SELECT address_id FROM inbound WHERE external_id = 'b2'`)
  await resumeTalks(runtime, [kept.rows[0]?.address_id])
  const { rows: states } = await db.pool.query(
    `SELECT DISTINCT state FROM inbound WHERE external_id LIKE 'b_'`,
  )
  expect(states).toEqual([{ state: 'done' }])
})

test('a registration under way is gone on with, and its page still takes the answer', async () => {
  const [lid, phone] = ['lid-c', 'phone-c']
  await hear(lid, 'c1', 'halo')
  const says = ['daftar', 'ya, saya setuju', 'ya', '1', 'belum pernah', '12 Maret 1985']
  for (const [n, words] of says.entries()) await hear(phone, `d${n}`, words)
  const { rows } = await db.pool.query<{ purpose: string; body: Buffer }>(
    `SELECT o.purpose, o.body FROM outbound o JOIN address a ON a.id = o.address_id
      WHERE a.handle = $1 ORDER BY o.id DESC LIMIT 1`,
    [handleOf(seal, { channel, address: phone })],
  )
  const text = rows.map((row) => openOutbound(seal, row.purpose, row.body).text).join()
  const token = /\/isi\/([\w-]+)/.exec(text)?.[1] ?? ''
  expect(await settle(phone, lid)).toBe(lid)
  expect(await createPages(runtime, receive).take(token, '6303055203850001')).toBe('kept')
  const [id = 0] = await db.transaction((tx) =>
    findAddresses(tx, seal, [{ channel, address: lid }]),
  )
  const talk = await findTalk(db.pool, id)
  const session = talk && openSession(seal, talk)
  expect(session?.talk?.flow).toBe('villager/enrol')
  expect(answersOf(session?.talk).nik).toBe('6303055203850001')
  expect(await findReplyId(db.pool, seal, channel, lid)).toBe(phone)
})
