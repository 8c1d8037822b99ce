// Faults planted on purpose: each must be seen by the judge, or the other tests here prove nothing.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import {
  createRegistering,
  createSaying,
  createTelegramStage,
  type Stage,
} from '../support/faults/stage.ts'
import type { TelegramPlatform } from '../support/faults/telegram.ts'
import { receipt, talk, type Villager } from '../support/faults/villager.ts'
import { freshDatabase } from '../support/postgres.ts'

/** Replaces each of these with as many spaces: a statement keeps its length on its way. */
function leaveOut(...parts: string[]) {
  return (sql: string) =>
    parts.reduce((text, part) => text.replaceAll(part, ' '.repeat(part.length)), sql)
}

const stages = await Promise.all(
  [1, 2, 3].map(async () => createTelegramStage(await freshDatabase())),
)
type Stages = [Stage<TelegramPlatform>, Stage<TelegramPlatform>, Stage<TelegramPlatform>]
const [twice, racing, blind] = stages as Stages
afterAll(() => Promise.all(stages.map((stage) => stage.close())))

async function spoil(stage: Stage, sql: string) {
  const client = new pg.Client(stage.databaseUrl)
  await client.connect()
  await client.query(sql)
  await client.end()
}

test.concurrent('an update that is answered twice', { timeout: 180_000 }, async () => {
  await spoil(twice, 'DROP INDEX inbound_address_id_external_id_key')
  twice.proxy.rewrite(leaveOut('ON CONFLICT (address_id, external_id) DO NOTHING'))
  await twice.program.start()
  const villager = createSaying(twice.platform, 1, ['halo', 'daftar'])
  await talk(twice.platform, villager)
  for (const again of villager.again) again(1)
  await twice.platform.fake.waitUntil(
    () => twice.platform.fake.updates.pending() === 0,
    'all taken',
  )
  await pause(2_000)
  await twice.settle()
  const violations = await twice.judge([villager])
  expect(violations).toContainEqual(expect.stringMatching(/^u[\d.]+ is kept twice$/))
  expect(violations).toContainEqual(expect.stringMatching(/is not the one that belongs there$/))
})

test.concurrent('a submission that two workers take', { timeout: 180_000 }, async () => {
  await spoil(racing, 'DROP INDEX person_nik_index_key, enrolment_nik_index_programme_key')
  racing.proxy.rewrite(
    leaveOut(
      'FOR NO KEY UPDATE OF s SKIP LOCKED',
      'ON CONFLICT (nik_index) DO NOTHING',
      'ON CONFLICT (nik_index, programme) DO NOTHING',
    ),
  )
  // Long enough for the sweep to think it forgotten and to ring for another worker.
  racing.proxy.hold('insert-persons', 12_000)
  await racing.program.start()
  const villagers = createRegistering(racing.platform, [1])
  for (const { number, says } of villagers)
    for (const words of says) racing.platform.say(number, words)
  const hears = ({ number }: Villager) => racing.platform.told(number).at(-1)?.text ?? ''
  const haveReceipts = () => villagers.every((one) => receipt.test(hears(one)))
  await racing.platform.fake.waitUntil(haveReceipts, 'a receipt')
  await racing.settle()
  // The second worker is still on its way when the first has closed the submission.
  await pause(13_000)
  const violations = await racing.judge(villagers)
  expect(violations).toContainEqual(expect.stringMatching(/^a NIK is [2-9] persons$/))
  expect(violations).toContainEqual(expect.stringMatching(/^a NIK has [2-9] enrolments in JKK$/))
})

test.concurrent('a message that nobody rings for again', { timeout: 180_000 }, async () => {
  // A sweep that sees nothing, whatever there is to see.
  blind.proxy.rewrite((sql) => sql.replace('o.created_at) < now()', 'o.created_at) = now()'))
  await blind.program.start()
  const villager = createSaying(blind.platform, 1, ['halo'])
  let isOver = false
  const talking = talk(blind.platform, villager, () => isOver)
  await blind.killAt({ when: 'after', of: 'commit of keep-whole-turn' })
  // The sweep's two periods, and more.
  await blind.settle(15_000)
  const violations = await blind.judge([villager])
  isOver = true
  await talking
  expect(violations).toContainEqual(expect.stringMatching(/^reply:\S+:0 is waiting$/))
  expect(violations).toContainEqual(expect.stringMatching(/waits for an answer$/))
})
