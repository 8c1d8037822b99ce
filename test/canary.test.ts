// Marked people talk on every channel; their marks stand nowhere in the clear.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import type { Config } from '../src/config.ts'
import { must } from '../src/core/must.ts'
import { type ContractStage, readHarnesses } from './support/contract.ts'
import { createMarked, dumpFiles, dumpTables, findCanaries } from './support/faults/canaries.ts'
import { hasRedis, startRedis } from './support/faults/redis.ts'
import { createTelegramStage, type Stage } from './support/faults/stage.ts'
import type { TelegramPlatform } from './support/faults/telegram.ts'
import { receipt } from './support/faults/villager.ts'
import { freshDatabase } from './support/postgres.ts'

const redis = hasRedis ? await startRedis() : undefined
const settings = { LOG_LEVEL: 'trace', WEB_CHAT: 'yes' }
const onPostgres = await createTelegramStage(await freshDatabase(), settings)
const onRedis =
  redis && (await createTelegramStage(await freshDatabase(), { ...settings, REDIS_URL: redis.url }))
afterAll(async () => {
  await onPostgres.close()
  await onRedis?.close()
  await redis?.close()
})

const harnesses = await readHarnesses()

/** What was marked. Everybody registers, each on a channel of their own, while the way to Postgres is cut once. */
async function talkEverywhere(stage: Stage<TelegramPlatform>): Promise<string[]> {
  await stage.program.start()
  const port = Number(/localhost:(\d+)/.exec(stage.program.output())?.[1])
  const config = { DATA_DIR: stage.dataDir, PORT: port } as Config
  const canaries = await Promise.all(
    harnesses.map(async (harness, index) => {
      const own = createMarked(index + 1)
      const person = harness.open({ config, fake: stage.platform.fake } as ContractStage, index + 1)
      for (const words of own.says) person.say(words)
      const giveUpAt = Date.now() + 120_000
      while (!(await person.replies()).some(({ text }) => receipt.test(text))) {
        if (Date.now() > giveUpAt) throw new Error(`no receipt on ${harness.name}`)
        await pause(200)
      }
      person.close()
      return own.canaries
    }),
  )
  // What fails is logged too, and the log of a failure is where words slip out.
  stage.proxy.cut(1_500)
  await pause(2_500)
  await stage.settle()
  return canaries.flat()
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
