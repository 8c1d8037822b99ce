// The queue in Redis: the program is killed at named moments, Redis is emptied, killed, started again.
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { allMoments, everyThird } from '../support/faults/moments.ts'
import { hasRedis, startRedis } from '../support/faults/redis.ts'
import { rounds, seed, tourMs } from '../support/faults/rounds.ts'
import { createRegistering, createTelegramStage } from '../support/faults/stage.ts'
import { tour } from '../support/faults/tour.ts'
import type { Villager } from '../support/faults/villager.ts'
import { freshDatabase } from '../support/postgres.ts'

const databaseUrl = await freshDatabase()
const redis = hasRedis ? await startRedis() : undefined
afterAll(() => redis?.close())

test.skipIf(!redis)(
  'nothing is lost or done twice',
  { timeout: tourMs * Math.max(1, rounds) },
  async () => {
    console.info(`seed ${seed}`)
    const stage = await createTelegramStage(databaseUrl, { REDIS_URL: redis?.url ?? '' })
    onTestFinished(() => stage.close())
    const everybody: Villager[] = []
    for (let round = 0; round < Math.max(1, rounds); round++) {
      const first = 10 * round
      const villagers = createRegistering(stage.platform, [
        first,
        [first + 1, first],
        first + 2,
        first + 3,
      ])
      everybody.push(...villagers)
      const gapsMs = await tour(stage, {
        villagers,
        moments: rounds > 0 ? allMoments : everyThird(1),
        randomKills: rounds > 0 ? 5 : 1,
        seed: seed + round,
        others: new Map([
          [2, async () => redis?.flush()],
          [4, async () => redis?.restart(2_000)],
          [6, async () => redis?.flush()],
        ]),
      })
      console.info(`from kill to the next answer: ${gapsMs.join(', ')} ms`)
      expect(await stage.judge(everybody), `seed ${seed + round}`).toEqual([])
    }
  },
)
