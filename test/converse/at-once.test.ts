// Somebody alone is answered in one trip: with the same words, rows and order as under the lock.
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createConverse } from '../../src/converse.ts'
import type { Inbound } from '../../src/core/message.ts'
import { createLog } from '../../src/log.ts'
import { handleOf } from '../../src/registry/addresses.ts'
import type { Database, Transaction } from '../../src/registry/database.ts'
import { openOutbound, openSession, readTalk } from '../../src/registry/turns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage, seal } from '../registry/stage.ts'
import { phraseOf, wordsOf } from '../support/contract.ts'
import { createRandom } from '../support/simulate/random.ts'

const { db, book } = await openStage()
/** Names of the statements that were asked, oldest first. */
const asked: string[] = []

function listening(tx: Transaction): Transaction {
  const note = (given: unknown) => {
    const name = typeof given === 'object' && given !== null && 'name' in given && given.name
    if (typeof name === 'string') asked.push(name)
  }
  return {
    query: ((...given: Parameters<typeof tx.query>) => {
      note(given[0])
      return tx.query(...given)
    }) as typeof tx.query,
    send: (statement) => {
      note(statement)
      tx.send(statement)
    },
  }
}

/** One program among others on the same rows, at a moment that stands still. */
function startProgram() {
  const noisy: Database = {
    ...db,
    transaction: (work) => db.transaction((tx) => work(listening(tx))),
  }
  const runtime: Runtime = {
    config: readConfig({}),
    log: createLog('silent'),
    clock: {
      now: () => ({ on: '2026-11-21', second: 1_795_200_000, id: 'ABCDEFGHJK' }),
      today: () => '2026-11-21',
    },
    ...{ db: noisy, seal, book, ring: () => undefined, channels: new Map() },
  }
  return createConverse(runtime).receive
}

const vocabulary = [
  ...['halo', 'menu', 'daftar', 'cek', '1', '2', 'ya', 'tidak', 'kembali', 'ulang', 'lanjut'],
  ...['english', 'batal', 'bantuan', 'berapa iurannya?', '12 Maret 1985', 'belum pernah', '🙏'],
]

function scriptOf(seed: number): string[] {
  const random = createRandom(seed)
  const some = Array.from({ length: 14 }, () => random.pick(vocabulary))
  return ['halo', 'daftar', '1', ...some]
}

function inboundOf(address: string, at: number, words: string): Inbound {
  const externalId = `${address}-${at}`
  const sentAt = '2026-11-21T01:00:00.000Z'
  return { channel: 'console', address, externalId, kind: 'text', words, at: sentAt }
}

/** What is kept of somebody: the messages, what was answered in order, and where the talk stands. */
async function keptOf(address: string) {
  const one = { channel: 'console', address }
  const talk = await readTalk(db.pool, seal, one)
  const { rows: replies } = await db.pool.query<{ purpose: string; body: Buffer }>(
    `SELECT purpose, body FROM outbound o JOIN address a ON a.id = o.address_id
      WHERE a.handle = $1 ORDER BY o.id`,
    [handleOf(seal, one)],
  )
  const { rows: inbounds } = await db.pool.query<{ external_id: string; state: string }>(
    `SELECT external_id, state FROM inbound i JOIN address a ON a.id = i.address_id
      WHERE a.handle = $1 ORDER BY i.id`,
    [handleOf(seal, one)],
  )
  return {
    messages: inbounds.map((row) => `${row.external_id.split('-').at(-1)} ${row.state}`),
    replies: replies.map(({ purpose, body }) => openOutbound(seal, purpose, body)),
    session: talk && openSession(seal, talk),
  }
}

type Say = (address: string, at: number, words: string) => Promise<void>

/** Under the lock: whoever writes together with somebody else. */
function underLock(): Say {
  const receive = startProgram()
  return (address, at, words) =>
    receive([inboundOf(address, at, words), inboundOf(`with ${address}`, at, 'halo')])
}

const roads: [what: string, make: (seed: number) => Say][] = [
  [
    'alone',
    () => {
      const receive = startProgram()
      return (address, at, words) => receive([inboundOf(address, at, words)])
    },
  ],
  [
    'at one of two programs, whichever',
    (seed) => {
      const [random, programs] = [createRandom(seed), [startProgram(), startProgram()]]
      return (address, at, words) => random.pick(programs)([inboundOf(address, at, words)])
    },
  ],
  [
    'at both programs at the same time',
    () => {
      const programs = [startProgram(), startProgram()]
      return async (address, at, words) => {
        await Promise.all(programs.map((receive) => receive([inboundOf(address, at, words)])))
      }
    },
  ],
  [
    'again, and once more after the next message',
    () => {
      const receive = startProgram()
      let before: Inbound[] = []
      return async (address, at, words) => {
        const inbound = inboundOf(address, at, words)
        for (const one of [inbound, inbound, ...before]) await receive([one])
        before = [inbound]
      }
    },
  ],
]

test.each(roads)('said %s, it comes to the same', async (what, make) => {
  for (let seed = 1; seed <= 12; seed++) {
    const [locked, other] = [`locked ${what} ${seed}`, `other ${what} ${seed}`]
    const [sayLocked, sayOther] = [underLock(), make(seed)]
    for (const [at, words] of scriptOf(seed).entries()) {
      await sayLocked(locked, at, words)
      await sayOther(other, at, words)
    }
    expect(await keptOf(other), `seed ${seed}`).toEqual(await keptOf(locked))
  }
})

test('plain words alone take no lock and ask nothing first, once the talk was met', async () => {
  const receive = startProgram()
  await receive([inboundOf('ani', 0, 'halo')])
  asked.length = 0
  await receive([inboundOf('ani', 1, 'menu')])
  expect(asked).toEqual(['keep-whole-turn'])
})

test('what waits is answered first', async () => {
  const receive = startProgram()
  await receive([inboundOf('budi', 0, 'halo')])
  await receive([inboundOf('budi', 1, 'daftar')])
  // As it is when a message was kept and whoever answers was stopped.
  await db.pool.query(
    `INSERT INTO inbound (address_id, external_id, kind, words, sent_at)
     SELECT address_id, 'waits', 'photo', NULL, now() FROM inbound WHERE external_id = 'budi-1'`,
  )
  await receive([inboundOf('budi', 2, 'ulang')])
  const { messages, replies } = await keptOf('budi')
  expect(messages).toEqual(['0 done', '1 done', 'waits done', '2 done'])
  const [photo, next] = replies.slice(-2)
  expect(photo?.text).toContain(phraseOf(book, 'kind-photo'))
  expect(next?.text).toContain(wordsOf(book, 'villager/enrol', 'consent'))
})

test('a talk that was erased meanwhile begins anew', async () => {
  const receive = startProgram()
  await receive([inboundOf('citra', 0, 'halo')])
  await receive([inboundOf('citra', 1, 'daftar')])
  await db.pool.query(
    `UPDATE session SET body = '' WHERE address_id = (
       SELECT address_id FROM inbound WHERE external_id = 'citra-1')`,
  )
  await receive([inboundOf('citra', 2, '1')])
  const { replies } = await keptOf('citra')
  expect(replies.at(-1)?.text).not.toContain(wordsOf(book, 'villager/enrol', 'nationality'))
})

test('where a talk cannot be read, the message is kept and waits', async () => {
  const receive = startProgram()
  await receive([inboundOf('dewi', 0, 'halo')])
  await db.pool.query(
    `UPDATE session SET body = 'spoilt' WHERE address_id = (
       SELECT address_id FROM inbound WHERE external_id = 'dewi-0')`,
  )
  await startProgram()([inboundOf('dewi', 1, 'daftar')])
  const { rows } = await db.pool.query(
    `SELECT state, tries FROM inbound WHERE external_id = 'dewi-1'`,
  )
  expect(rows).toEqual([{ state: 'waiting', tries: 1 }])
})
