// Where talks stand, counted at most every few minutes: it reads every session that is kept.
import type { Database } from '../../registry/database.ts'
import type { Seal } from '../../registry/seal.ts'
import { countStanding, type StandingNow } from '../../registry/standing.ts'

/** Sessions that are looked at: some seconds of work at most. */
const mostSessions = 50_000
const keptMs = 5 * 60_000

interface Counted {
  at: Date
  now: Promise<StandingNow>
}

const counted = new WeakMap<Database, Counted>()

/** What was counted last and when; counted anew where that is too long ago. */
export async function readStanding(db: Database, seal: Seal) {
  const before = counted.get(db)
  if (before && Date.now() - before.at.getTime() < keptMs) {
    return { at: before.at, ...(await before.now) }
  }
  const one = { at: new Date(), now: countStanding(db.pool, seal, mostSessions) }
  counted.set(db, one)
  one.now.catch(() => counted.delete(db))
  return { at: one.at, ...(await one.now) }
}
