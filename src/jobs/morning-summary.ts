// Tells each post at the branch in the morning what waits for it, where something does.
import { resumeTalks } from '../converse/answer.ts'
import { isWorkingDay } from '../core/due-day.ts'
import { dayStartMs } from '../core/reminders/local-time.ts'
import { hasWaitedSince, listBranchPosts } from '../registry/branch-waiting.ts'
import { queueOpening } from '../registry/openings.ts'
import type { Runtime } from '../runtime.ts'
import { defineJob } from './job.ts'

/** Minutes of the branch's day at which its morning begins: 07:30. */
const morningMinute = 7 * 60 + 30

/** The flow that tells it. */
const todayFlow = 'branch/today'

/**
 * Looks at half past each working hour: who was to be told in the morning stands in the rows, so a
 * morning without the program is made up for, and nobody is told twice a day. What has come since
 * the morning is told the next.
 */
export const morningSummary = defineJob({
  name: 'morning-summary',
  concurrency: 1,
  role: 'work',
  every: { pattern: '30 7-16 * * 1-5' },
  run: async (runtime) => {
    const { book, clock, db, seal } = runtime
    const { on, second } = clock.now()
    const atMs = second * 1000
    const beginsMs = dayStartMs(book.branch.zone, atMs) + morningMinute * 60_000
    if (atMs < beginsMs || !isWorkingDay(on, book.rates)) return
    const told: number[] = []
    await db.transaction(async (tx) => {
      for (const { id, area, addressId } of await listBranchPosts(tx)) {
        if (!(await hasWaitedSince(tx, { id, area }, beginsMs))) continue
        const purpose = `today:${on}:${id}`
        await queueOpening(tx, seal, { addressId, purpose, flow: todayFlow })
        told.push(addressId)
      }
    })
    await tell(runtime, told)
  },
})

/** Has what is in line answered; whatever was answered before stays as it is. */
async function tell(runtime: Runtime, addressIds: number[]) {
  if (addressIds.length === 0) return
  await resumeTalks(runtime, addressIds)
  for (const channel of runtime.channels.keys()) runtime.ring('send-messages', { channel })
}
