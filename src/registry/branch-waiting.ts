// What waits for somebody with a post at the branch, as the own chat and the page tell it.
import { type BranchWaiting, waitingKinds } from '../core/branch-waiting.ts'
import type { Role } from '../core/roles.ts'
import type { Tx } from './database.ts'
import { countExportsToApprove } from './exports.ts'
import {
  countOpenAlarms,
  countUndecided,
  countWaitingTickets,
  type Waiting,
} from './office-waiting.ts'

/** A post, as far as it says what waits for it. */
export interface WaitedFor {
  id: number
  area: string
}

async function countAll(tx: Tx, { id, area }: WaitedFor) {
  return {
    submissions: await countUndecided(tx, area),
    tickets: await countWaitingTickets(tx, area),
    alarms: await countOpenAlarms(tx),
    exports: await countExportsToApprove(tx, area, `post:${id}`),
  }
}

/** The fact `branch-waiting`: how much waits for a post, and for how long. */
export async function readBranchWaiting(tx: Tx, post: WaitedFor): Promise<BranchWaiting> {
  const all = await countAll(tx, post)
  const tell = ({ count, since }: Waiting) => {
    const minutes = since ? Math.floor((Date.now() - since.getTime()) / 60_000) : 0
    return { count, minutes: Math.max(0, minutes) }
  }
  return {
    submissions: tell(all.submissions),
    tickets: tell(all.tickets),
    alarms: tell(all.alarms),
    exports: tell(all.exports),
  }
}

/** Whether something has waited for a post since before this moment, in ms. */
export async function hasWaitedSince(tx: Tx, post: WaitedFor, beforeMs: number): Promise<boolean> {
  const all = await countAll(tx, post)
  return waitingKinds.some((kind) => {
    const { since } = all[kind]
    return since !== null && since.getTime() < beforeMs
  })
}

const branchRoles: Role[] = ['branch-officer', 'branch-head']

/** Every post at the branch that may be told something, with its address. */
export async function listBranchPosts(tx: Tx): Promise<(WaitedFor & { addressId: number })[]> {
  const { rows } = await tx.query<WaitedFor & { addressId: number }>(
    `SELECT p.id, p.area, p.address_id AS "addressId"
       FROM post p JOIN address a ON a.id = p.address_id
      WHERE p.revoked_at IS NULL AND p.role = ANY ($1::text[])
        AND a.stopped_at IS NULL AND a.blocked_at IS NULL ORDER BY p.id`,
    [branchRoles],
  )
  return rows
}
