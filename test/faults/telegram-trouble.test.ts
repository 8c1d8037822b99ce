// Telegram answers badly or not at all: the order stays, and one person's trouble is theirs alone.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSaying, createTelegramStage } from '../support/faults/stage.ts'
import { chatOf } from '../support/faults/telegram.ts'
import { talk, withoutRepeats } from '../support/faults/villager.ts'
import { freshDatabase } from '../support/postgres.ts'

const stage = await createTelegramStage(await freshDatabase())

const { platform } = stage
const { fake } = platform

beforeAll(() => stage.program.start())
afterAll(() => stage.close())

test('what has to wait is not overtaken by what comes after it', async () => {
  const villager = createSaying(platform, 1, ['halo', 'daftar'])
  const isTheirs = (params: Record<string, unknown>) =>
    Number(params.chat_id) === chatOf(villager.number)
  fake.failNext('sendMessage', { status: 502, body: '<html>Bad Gateway</html>', when: isTheirs })
  for (const words of villager.says) villager.again.push(platform.say(1, words))
  const count = villager.hears.flat().length
  const isTold = () => withoutRepeats(platform.told(1)).length >= count
  await fake.waitUntil(isTold, 'every answer')
  await stage.settle()
  expect(await stage.judge([villager])).toEqual([])
})

test('a send that hangs holds up nobody else, and nobody takes it over meanwhile', async () => {
  const [stuck, other] = [
    createSaying(platform, 2, ['halo']),
    createSaying(platform, 3, ['halo', 'daftar']),
  ]
  const isStuck = (params: Record<string, unknown>) =>
    Number(params.chat_id) === chatOf(stuck.number)
  fake.failNext('sendMessage', { hangs: true, when: isStuck })
  platform.say(2, 'halo')
  await fake.waitUntil(() => fake.calls.some(({ params }) => isStuck(params)), 'the call')
  const startedAt = Date.now()
  await talk(platform, other)
  expect(Date.now() - startedAt).toBeLessThan(10_000)
  // Longer than a lease lasts, shorter than the send may take.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  const tries = fake.calls.filter(
    ({ method, params }) => method === 'sendMessage' && isStuck(params),
  )
  expect(tries).toHaveLength(1)
})
