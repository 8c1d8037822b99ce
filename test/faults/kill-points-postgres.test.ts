// The queue in Postgres: the program is killed at named moments, and Postgres itself is restarted.
import { chmodSync, rmSync } from 'node:fs'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startEmbedded } from '../../src/embedded/index.ts'
import { allMoments, everyThird } from '../support/faults/moments.ts'
import { rounds, seed, tourMs } from '../support/faults/rounds.ts'
import { createRegistering, createTelegramStage } from '../support/faults/stage.ts'
import { tour } from '../support/faults/tour.ts'
import type { Villager } from '../support/faults/villager.ts'
import { makeScratch } from '../support/scratch.ts'

// A server of its own: the others must not lose theirs.
const serverDir = makeScratch('sapa-faults-postgres-')
chmodSync(serverDir, 0o755)
const server = await startEmbedded({ dataDir: serverDir, tell: () => undefined })
afterAll(async () => {
  await server.stop()
  rmSync(serverDir, { recursive: true })
})

test('nothing is lost or done twice', { timeout: tourMs * Math.max(1, rounds) }, async () => {
  console.info(`seed ${seed}`)
  const stage = await createTelegramStage(server.url)
  onTestFinished(() => stage.close())
  /** What an operator does with `pg_ctl -m immediate`, or the machine when memory runs out. */
  const restartPostgres = async () => {
    stage.cuts.push(Date.now())
    process.kill(server.pid, 'SIGQUIT')
  }
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
      moments: rounds > 0 ? allMoments : everyThird(0),
      randomKills: rounds > 0 ? 5 : 1,
      seed: seed + round,
      others: new Map([[3, restartPostgres]]),
    })
    console.info(`from kill to the next answer: ${gapsMs.join(', ')} ms`)
    expect(await stage.judge(everybody), `seed ${seed + round}`).toEqual([])
  }
})
