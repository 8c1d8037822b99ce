// Judges the villages of which something has changed: who becomes Desa Sadar, who no longer is one.
import { judgeAgain, listVillagesToJudge, markAllVillages } from '../registry/sadar.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Villages of one run: the sweep rings again for the rest. */
const villagesPerRun = 2_000

/** Judges every village that is marked; each in a transaction of its own. */
export const judgeVillages = defineJob({
  name: 'judge-villages',
  concurrency: 1,
  role: 'work',
  run: async (runtime) => {
    for (const code of await listVillagesToJudge(runtime.db.pool, villagesPerRun)) {
      await judgeOne(runtime, code).catch((error) => {
        const name = error instanceof Error ? error.name : 'unknown'
        runtime.log.error({ village: code, error: name }, 'a village could not be judged')
      })
    }
  },
})

async function judgeOne({ db, seal, book, clock, ring }: Runtime, villageCode: string) {
  const on = clock.today()
  const channels = await db.transaction((tx) => judgeAgain({ tx, seal, book, on }, villageCode))
  for (const channel of channels) ring('send-messages', { channel })
}

/** Has every village judged once a day, soon after midnight: criteria change with the day. */
export const recheckVillages = defineJob({
  name: 'recheck-villages',
  concurrency: 1,
  role: 'work',
  every: { pattern: '10 0 * * *' },
  run: async ({ db, ring }) => {
    await markAllVillages(db.pool)
    ring('judge-villages', {})
  },
})
