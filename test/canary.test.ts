// Marked people talk on every channel; their marks stand nowhere in the clear.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import type { Config } from '../src/config.ts'
import { must } from '../src/core/must.ts'
import { type ContractStage, type Harness, readHarnesses } from './support/contract.ts'
import { createMarked, dumpFiles, dumpTables, findCanaries } from './support/faults/canaries.ts'
import { inHurry } from './support/faults/child-program.ts'
import { startCloudForProgram } from './support/faults/cloud.ts'
import { hasRedis, startRedis } from './support/faults/redis.ts'
import { createSaying, createStage, type Stage, secret } from './support/faults/stage.ts'
import { startTelegram } from './support/faults/telegram.ts'
import { receipt } from './support/faults/villager.ts'
import { freshDatabase } from './support/postgres.ts'
import { createSpeaker, startServer } from './support/whatsapp/crabline.ts'
import { linkPhone } from './support/whatsapp/link-phone.ts'

const redis = hasRedis ? await startRedis() : undefined
// What is said here is long: nobody waits for a person's pace on WhatsApp.
const settings = { LOG_LEVEL: 'trace', WEB_CHAT: 'yes', KEEP_ALIVE_MS: '15000' }
const onPostgres = await createEverywhere({})
const onRedis = redis && (await createEverywhere({ REDIS_URL: redis.url }))
afterAll(async () => {
  await onPostgres.close()
  await onRedis?.close()
  await redis?.close()
})

/** A stage on which every channel is on, each with its own other end. */
async function createEverywhere(more: Record<string, string>) {
  const databaseUrl = await freshDatabase()
  const cloud = await startCloudForProgram()
  const phones = await startServer()
  const telegram = { ...(await startTelegram()), script: inHurry }
  const stage = await createStage(databaseUrl, telegram, {
    ...settings,
    ...cloud.settings,
    WHATSAPP: 'baileys,cloud',
    WHATSAPP_ACCEPT_RISK: 'yes',
    WHATSAPP_WS_URL: phones.url,
    ...more,
  })
  await linkPhone(databaseUrl, secret)
  const close = async () => {
    await stage.close()
    await cloud.close()
    await phones.close()
  }
  return { ...stage, cloud, phones, close }
}

type Everywhere = Awaited<ReturnType<typeof createEverywhere>>

/** Somebody on the channel of this harness; on WhatsApp's with the real client. */
function meet({ platform, dataDir, cloud, phones }: Everywhere, harness: Harness, number: number) {
  if (harness.name === 'whatsapp') return createSpeaker(phones, '6281500000001@s.whatsapp.net')
  const config = { DATA_DIR: dataDir, PORT: Number(cloud.settings.PORT) } as Config
  const { fake } = platform
  return harness.open({ config, fake, cloud: cloud.fake } as ContractStage, number)
}

const harnesses = await readHarnesses()

/** What was marked. Everybody registers, each on a channel of their own, while the way to Postgres is cut once. */
async function talkEverywhere(stage: Everywhere): Promise<string[]> {
  await stage.program.start()
  await isLinked(stage)
  const people = harnesses.map((harness, index) => meet(stage, harness, index + 1))
  const canaries = await Promise.all(
    people.map(async (person, index) => {
      const own = createMarked(index + 1)
      const { says, hears } = createSaying(stage.platform, index + 1, own.says)
      const isSlow = harnesses[index]?.name === 'whatsapp'
      for (const [at, words] of says.entries()) {
        person.say(words)
        // Where the bot types, consent counts only once it was read: all answers are waited for.
        const due = hears.slice(0, at + 1).flat().length
        // On a busy machine its line may still be opening, and what is said then is lost.
        const again = at === 0 ? () => person.say(words) : undefined
        if (isSlow) await heard(person, (replies) => replies.length >= due, again)
      }
      await heard(person, (replies) => replies.some(({ text }) => receipt.test(text)))
      return own.canaries
    }),
  )
  // What fails is logged too, and the log of a failure is where words slip out.
  stage.proxy.cut(1_500)
  await pause(2_500)
  // Whoever went away would leave an answer that waits for them.
  await stage.settle()
  for (const person of people) person.close()
  return canaries.flat()
}

/** Waits for the phone's line: what is said while it is being opened, this server would lose. */
async function isLinked({ cloud }: Everywhere) {
  const url = `http://127.0.0.1:${cloud.settings.PORT}/readyz`
  for (;;) {
    const states = (await (await fetch(url)).json()) as Record<string, unknown>
    if (states.whatsapp === 'connected') return
    await pause(250)
  }
}

interface Told {
  text: string
}

/** Waits until somebody has been answered like this; says it `again` while nothing comes at all. */
async function heard(
  person: { replies(): Promise<Told[]> },
  isEnough: (replies: Told[]) => boolean,
  again?: () => void,
) {
  const giveUpAt = Date.now() + 150_000
  let sayAt = Date.now() + 20_000
  for (;;) {
    const replies = await person.replies()
    if (isEnough(replies)) return
    if (again && replies.length === 0 && Date.now() > sayAt) {
      again()
      sayAt = Date.now() + 20_000
    }
    if (Date.now() > giveUpAt) throw new Error(`answered only ${replies.length} times`)
    await pause(250)
  }
}

/** Everything that the program leaves behind, by place. */
async function gather(stage: Stage): Promise<Map<string, string>> {
  return new Map([
    ['output', stage.program.output()],
    ...(await dumpTables(stage.databaseUrl)),
    ...dumpFiles(stage.dataDir),
  ])
}

describe.concurrent('marked people', { timeout: 240_000 }, () => {
  test('leave no mark with the queue in Postgres', async () => {
    const marked = await talkEverywhere(onPostgres)
    const places = await gather(onPostgres)
    expect(findCanaries(marked, places)).toEqual([])
    // They were really there, and so was the queue.
    expect(places.get('public.person')?.split('\n')).toHaveLength(harnesses.length)
    expect(places.get('bullmq.job')).toContain('sweep')
  })

  test.skipIf(!redis)('leave no mark with the queue in Redis', async () => {
    const stage = must(onRedis, 'a stage on Redis')
    const marked = await talkEverywhere(stage)
    const places = await gather(stage)
    places.set('Redis', (await redis?.dump()) ?? '')
    expect(findCanaries(marked, places)).toEqual([])
    expect(places.get('Redis')).toContain('sweep')
  })
})

test('the search finds a mark in every disguise', () => {
  const { canaries } = createMarked(1)
  const [nik = '', name = ''] = canaries
  const json = JSON.stringify({ before: 'x', nik, name })
  for (const [form, text] of Object.entries({
    plain: json,
    hex: Buffer.from(json).toString('hex'),
    URL: encodeURIComponent(json),
    form: String(new URLSearchParams({ name, nik })),
    ...Object.fromEntries(
      ['', 'a', 'ab'].map((before) => [
        `base64 after ${before.length}`,
        Buffer.from(before + json).toString('base64'),
      ]),
    ),
  })) {
    const found = findCanaries([nik, name], new Map([['here', text]]))
    expect(found.length, form).toBeGreaterThanOrEqual(2)
  }
})
