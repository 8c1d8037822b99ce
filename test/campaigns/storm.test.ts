// A campaign to a few hundred on the fake Telegram: refused, paused, people leaving while it runs.
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createConverse } from '../../src/converse.ts'
import { sendCampaign } from '../../src/jobs/send-campaign.ts'
import { sendMessages } from '../../src/jobs/send-messages.ts'
import { pause, resume } from '../../src/registry/campaigns.ts'
import type { Runtime } from '../../src/runtime.ts'
import { createStage } from '../support/telegram-stage.ts'
import { openCampaignStage } from './stage.ts'

const { compose, counts, db, handIn, makeChats, programAt, state } = await openCampaignStage()
const telegram = await createStage()
afterAll(() => telegram.close())

const people = 240
/** Ten times as quick as Telegram allows; the fake allows as much. */
const hurry = 10
const quick = {
  now: () => performance.now() * hurry,
  after: (delayMs: number, done: () => void) => void setTimeout(done, delayMs / hurry),
}

test('every one has their end, nobody twice and nobody after the farewell', {
  timeout: 30_000,
}, async () => {
  const { fake } = telegram
  const meter = fake.limit({ perSecond: 30 * hurry, chatRefillMs: 1_000 / hurry })
  const chats = Array.from({ length: people }, (_, i) => 720_000_000 + i)
  const persons = chats.map((chat) => fake.chat(chat))
  persons[5]?.block()
  const channel = telegram.telegram({ clock: quick })
  const ring = ((name: string) => {
    if (name === 'send-messages') void sendMessages.run(runtime, { channel: 'telegram' })
  }) as Runtime['ring']
  const runtime: Runtime = { ...programAt(undefined, [channel]), ring }
  await channel.start(createConverse(runtime).receive)

  const id = await compose(await makeChats(chats.map(String)))
  await handIn(id)
  const sums: number[] = []
  const look = async () => {
    const found = await counts(id)
    sums.push(Object.values(found).reduce((sum, count) => sum + count, 0))
    return people - (found.chosen ?? 0) - (found.queued ?? 0)
  }
  const untilEnded = async (count: number) => {
    while ((await look()) < count) {
      await sendCampaign.run(runtime, {})
      await sendMessages.run(runtime, { channel: 'telegram' }).catch(() => undefined)
      await wait(20)
    }
  }
  await db.pool.query(`UPDATE campaign SET canary_size = 0 WHERE id = $1`, [id])
  await untilEnded(40)
  for (const index of [1, 50, 90, 140, 200, 230]) persons[index]?.say('BERHENTI')
  fake.failNext('sendMessage', { status: 429, parameters: { retry_after: 1 }, times: 2 })
  await untilEnded(120)
  await db.transaction((tx) => pause(tx, id, 'officer:vina'))
  await wait(60)
  const before = await look()
  await wait(200)
  expect((await look()) - before).toBe(0)
  await db.transaction((tx) => resume(tx, id, 'officer:vina'))
  await untilEnded(people)
  await sendCampaign.run(runtime, {})
  await wait(100)

  expect(new Set(sums)).toEqual(new Set([people]))
  expect(await state(id)).toBe('done')
  const { sent = 0, ...others } = await counts(id)
  expect(others).toMatchObject({ 'failed:blocked': 1 })
  const told = persons.map((person) => person.replies().map(({ text }) => text.slice(0, 4)))
  const times = told.map((texts) => texts.filter((text) => text === 'Halo').length)
  expect([Math.max(...times), times.filter((count) => count === 1).length]).toEqual([1, sent])
  const late = told.filter(
    (texts) => texts.indexOf('Baik') >= 0 && texts.indexOf('Baik') < texts.lastIndexOf('Halo'),
  )
  expect(late).toEqual([])
  expect([meter.refusals, meter.earlyReturns]).toEqual([0, 0])
})
