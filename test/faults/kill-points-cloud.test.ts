// The Cloud API: the program is killed at named moments, and what it missed is brought again.
import { expect, onTestFinished, test } from 'vitest'
import { startCloud } from '../support/faults/cloud.ts'
import { allMoments, everyThird } from '../support/faults/moments.ts'
import { rounds, seed, tourMs } from '../support/faults/rounds.ts'
import { createRegistering, createStage } from '../support/faults/stage.ts'
import { tour } from '../support/faults/tour.ts'
import type { Villager } from '../support/faults/villager.ts'
import { freshDatabase } from '../support/postgres.ts'

const databaseUrl = await freshDatabase()

test('nothing is lost or done twice', { timeout: tourMs * Math.max(1, rounds) }, async () => {
  console.info(`seed ${seed}`)
  const stage = await createStage(databaseUrl, await startCloud())
  onTestFinished(() => stage.close())
  const everybody: Villager[] = []
  for (let round = 0; round < Math.max(1, rounds); round++) {
    const first = 10 * round
    const villagers = createRegistering(stage.platform, [first, [first + 1, first], first + 2])
    everybody.push(...villagers)
    const gapsMs = await tour(stage, {
      villagers,
      moments: rounds > 0 ? allMoments : everyThird(2),
      randomKills: rounds > 0 ? 5 : 0,
      seed: seed + round,
    })
    console.info(`from kill to the next answer: ${gapsMs.join(', ')} ms`)
    expect(await stage.judge(everybody), `seed ${seed + round}`).toEqual([])
  }
})
