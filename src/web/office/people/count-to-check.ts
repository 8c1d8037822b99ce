// How many memberships wait to be looked at, counted at most every minute: it reads every month.
import type { Database } from '../../../registry/database.ts'
import { countMembersToCheck } from '../../../registry/members-to-check.ts'
import type { Visit } from '../visit.ts'

const keptMs = 60_000

type Count = ReturnType<typeof countMembersToCheck>

interface Counted {
  atMs: number
  count: Count
}

const counted = new WeakMap<Database, Map<string, Counted>>()

/** The count of the visitor's area as it was within the last minute; anew once one was decided. */
export function countToCheck({ ground, officer: { area } }: Visit): Count {
  const { db, book, clock } = ground
  const areas = counted.get(db) ?? new Map<string, Counted>()
  counted.set(db, areas)
  const before = areas.get(area)
  if (before && Date.now() - before.atMs < keptMs) return before.count
  const count = countMembersToCheck(db.pool, area, clock.today(), book.rates)
  areas.set(area, { atMs: Date.now(), count })
  count.catch(() => areas.delete(area))
  return count
}

/** Has the next look count anew: something was decided here. */
export function forgetToCheck({ ground: { db } }: Visit) {
  counted.delete(db)
}
