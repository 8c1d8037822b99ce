// Where the bot types slowly, nobody agrees to words that had not reached them.
import { expect, test, vi } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { createClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createConverse } from '../../src/converse.ts'
import type { Inbound } from '../../src/core/message.ts'
import { sendMessages } from '../../src/jobs/send-messages.ts'
import { createLog } from '../../src/log.ts'
import type { Runtime } from '../../src/runtime.ts'
import { openStage, seal } from '../registry/stage.ts'
import { phraseOf, wordsOf } from '../support/contract.ts'

const { db, book } = await openStage()

/** Typed for as long as the test likes. */
interface Typed {
  text: string
  /** Hands it to the platform; resolves when the person sees it. */
  show(): Promise<void>
}

/** Somebody on a channel that types first, or on one that does not. */
function meet(name: string, typesFirst: boolean) {
  const typed: Typed[] = []
  const channel = {
    name,
    capabilities: { buttons: false, sharesPhone: false, maxText: 4_096, forbidsSensitive: false },
    ...(typesFirst && { typesFirst }),
    send: (_address, { text }, { key }, begins) =>
      new Promise((resolve) => {
        const show = async () => {
          await begins?.()
          resolve(key)
        }
        typed.push({ text, show })
      }),
  } as Partial<Channel> as Channel
  const runtime: Runtime = {
    config: readConfig({}),
    log: createLog('silent'),
    ...{ clock: createClock('Asia/Makassar'), db, seal, book },
    ring: () => void sendMessages.run(runtime, { channel: name }),
    channels: new Map([[name, channel]]),
  }
  const { receive } = createConverse(runtime)
  let count = 0
  const inboundOf = (words: string, address = 'somebody'): Inbound => {
    count += 1
    const [at, externalId] = [new Date().toISOString(), `${name}-${count}`]
    return { channel: name, address, externalId, kind: 'text', words, at }
  }
  return {
    say: (...words: string[]) => receive(words.map((one) => inboundOf(one))),
    /** Keeps everybody who answers busy with others. */
    crowd: () => receive([...'abcdefgh'].map((other) => inboundOf('halo', other))),
    /** What is typed next. */
    next: () => vi.waitUntil(() => typed.shift(), { timeout: 60_000, interval: 5 }),
  }
}

async function countConsents(channel: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM consent c JOIN address a ON a.id = c.address_id
      WHERE a.channel = $1`,
    [channel],
  )
  return rows[0]?.count ?? 0
}

const consent = wordsOf(book, 'villager/enrol', 'consent')
const nationality = wordsOf(book, 'villager/enrol', 'nationality')
const unseen = phraseOf(book, 'unseen')

test('a yes while the question is typed is none, nor while it waits; read, it is one', async () => {
  const slow = meet('slow', true)
  await slow.say('daftar')
  await (await slow.next()).show()
  const question = await slow.next()
  expect(question.text).toContain(consent)
  await slow.say('1')
  await question.show()
  const told = await slow.next()
  expect([told.text, await countConsents('slow')]).toEqual([unseen, 0])
  await slow.say('ya, saya setuju')
  await told.show()
  await slow.say('1')
  expect(await countConsents('slow')).toBe(1)
  expect((await slow.next()).text).toContain(nationality)
})

test('what comes while more waits, or together with it, is no answer to it', async () => {
  const waiting = meet('waiting', true)
  await waiting.say('daftar')
  await waiting.say('1')
  expect(await countConsents('waiting')).toBe(0)
  const together = meet('together', true)
  // While others are answered, the two wait to be taken together.
  await Promise.all([together.crowd(), together.say('daftar', '1')])
  expect(await countConsents('together')).toBe(0)
})

test('where nothing is typed, what is on its way counts as read', async () => {
  const quick = meet('quick', false)
  await quick.say('daftar')
  await (await quick.next()).show()
  expect((await quick.next()).text).toContain(consent)
  await quick.say('1')
  expect(await countConsents('quick')).toBe(1)
})
