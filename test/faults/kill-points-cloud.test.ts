// The Cloud API: the program is killed at named moments, and what it missed is brought again.
import { expect, onTestFinished, test } from 'vitest'
import { startCloud } from '../support/faults/cloud.ts'
import { allMoments } from '../support/faults/moments.ts'
import { rounds, seed, tourMs } from '../support/faults/rounds.ts'
import { createRegistering, createStage } from '../support/faults/stage.ts'
import { tour } from '../support/faults/tour.ts'
import type { Villager } from '../support/faults/villager.ts'
import { freshDatabase } from '../support/postgres.ts'

const databaseUrl = await freshDatabase()

/** One of each kind: kept and not acknowledged, sent and not noted, submitted and not closed. */
const taste: typeof allMoments = {
  talking: [
    { when: 'after', of: 'commit of save-talks' },
    { when: 'before', of: 'note-sent' },
  ],
  submitting: [{ when: 'before', of: 'commit of close-submissions' }],
}

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
      moments: rounds > 0 ? allMoments : taste,
      randomKills: rounds > 0 ? 5 : 0,
      seed: seed + round,
    })
    console.info(`from kill to the next answer: ${gapsMs.join(', ')} ms`)
    expect(await stage.judge(everybody), `seed ${seed + round}`).toEqual([])
  }
})
