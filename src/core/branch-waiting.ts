// What waits at a branch, in counts and since when: nobody's name and nobody's number.
import * as z from 'zod'

/** How much of one kind waits, and for how many minutes the oldest does. */
const waiting = z.object({ count: z.number(), minutes: z.number() })

const branchWaiting = z.object({
  submissions: waiting,
  tickets: waiting,
  alarms: waiting,
  /** Memberships that may not be what the rows say. */
  members: waiting,
  /** Lists that wait for a second person's approval. */
  exports: waiting,
})
/** What waits for whoever has a post at the branch. */
export type BranchWaiting = z.output<typeof branchWaiting>

/** The kinds in the order in which they are told. */
export const waitingKinds = ['submissions', 'tickets', 'alarms', 'members', 'exports'] as const

/** The fact `branch-waiting`. */
export function readBranchWaiting(fact: unknown): BranchWaiting {
  return branchWaiting.parse(fact)
}
