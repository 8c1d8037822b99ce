// The Kotabaru drive, short: a few villages on the real program, killed once, over both queues.
import { afterAll, expect, test } from 'vitest'
import { hasRedis, startRedis } from '../support/faults/redis.ts'
import { freshDatabase } from '../support/postgres.ts'
import { driveKotabaru } from './kotabaru.ts'
import { createStage } from './stage.ts'

/** One line for each village; with this seed one of them leaves its mistakes as they are. */
const villages = 5
const seed = 63
const forOneDrive = { timeout: 180_000 }

async function drive(settings: Record<string, string> = {}) {
  const stage = await createStage(await freshDatabase(), settings)
  afterAll(() => stage.close())
  const figures = { villages, seed, kills: 1, isQuick: true }
  return driveKotabaru({ ...stage, ...figures, tell: () => undefined })
}

function expectAllThere(figures: Awaited<ReturnType<typeof drive>>) {
  const { wrong, rowsIn, accepted, waiting, rejected, officials, registered } = figures
  expect(wrong).toEqual([])
  expect(accepted + waiting + rejected).toBe(rowsIn)
  expect(officials).toBeGreaterThan(villages * 8 - 1)
  expect(figures.certificates).toBe(figures.aware)
  // Some of the first lists are never put right.
  expect(registered).toBeGreaterThan(officials * 0.8)
}

test.concurrent('every row of every village is accounted for', forOneDrive, async () => {
  expectAllThere(await drive())
})

test.skipIf(!hasRedis).concurrent('the same over Redis', forOneDrive, async () => {
  const redis = await startRedis()
  afterAll(() => redis.close())
  expectAllThere(await drive({ REDIS_URL: redis.url }))
})
