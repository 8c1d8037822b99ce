// What waits for somebody with a post at the branch, as the own chat and the page tell it.
import type { Book } from '../core/book.ts'
import type { BranchWaiting } from '../core/branch-waiting.ts'
import { dayStartMs } from '../core/reminders/local-time.ts'
import type { Role } from '../core/roles.ts'
import type { Tx } from './database.ts'
import { countExportsToApprove } from './exports.ts'
import { countMembersToCheck } from './members-to-check.ts'
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

/** The fact `branch-waiting`: how much waits for a post, and for how long, as seen on a day. */
export async function readBranchWaiting(
  tx: Tx,
  { rates, branch }: Book,
  post: WaitedFor,
  on: string,
): Promise<BranchWaiting> {
  const all = await countAll(tx, post)
  const members = await countMembersToCheck(tx, post.area, on, rates)
  const tell = ({ count, since }: Waiting) => {
    const minutes = since ? Math.floor((Date.now() - since.getTime()) / 60_000) : 0
    return { count, minutes: Math.max(0, minutes) }
  }
  return {
    submissions: tell(all.submissions),
    tickets: tell(all.tickets),
    alarms: tell(all.alarms),
    members: tell({ count: members.count, since: beginOf(branch.zone, members.sinceOn) }),
    exports: tell(all.exports),
  }
}

/**
 * Whether something has waited for a post since before this moment, in ms. Memberships to look at
 * are told along: they wait for months, and nobody is called every morning for them.
 */
export async function hasWaitedSince(tx: Tx, post: WaitedFor, beforeMs: number): Promise<boolean> {
  const all = await countAll(tx, post)
  return Object.values(all).some(({ since }) => since !== null && since.getTime() < beforeMs)
}

function beginOf(zone: string, on: string | null): Date | null {
  return on === null ? null : new Date(dayStartMs(zone, Date.parse(on)))
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
