// Counts where talks have stopped, by question and day, before the talks themselves are forgotten.
import { readStops, replaceStops } from '../registry/flow-days.ts'
import { defineJob } from './job.ts'

/** Fewer days than a talk is kept that nobody goes on with. */
const countedDays = 28

/**
 * Counts the talks of the last weeks that stand where they were left; run every night. Who has gone
 * on since is no longer counted; once a talk is forgotten its count stays.
 */
export const countStops = defineJob({
  name: 'count-stops',
  concurrency: 1,
  role: 'work',
  every: { pattern: '20 2 * * *' },
  run: async ({ db, seal, clock, book }) => {
    const window = { before: clock.today(), days: countedDays, zone: book.branch.zone }
    const stops = await readStops(db.pool, seal, window)
    await db.transaction((tx) => replaceStops(tx, window, stops))
  },
})
