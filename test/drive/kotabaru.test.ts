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

const databases = [await freshDatabase(), await freshDatabase()] as const
const redis = hasRedis ? await startRedis() : undefined
afterAll(() => redis?.close())

/** Runs the drive and leaves no program behind. */
async function drive(databaseUrl: string, settings: Record<string, string> = {}) {
  const stage = await createStage(databaseUrl, settings)
  try {
    const given = { villages, seed, kills: 1, isQuick: true }
    return await driveKotabaru({ ...stage, ...given, tell: () => undefined })
  } finally {
    await stage.close()
  }
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
  expectAllThere(await drive(databases[0]))
})

test.skipIf(!redis).concurrent('the same over Redis', forOneDrive, async () => {
  expectAllThere(await drive(databases[1], { REDIS_URL: redis?.url ?? '' }))
})
