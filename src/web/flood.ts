// A limit on how often somebody may do something, kept in memory.

/** How much is allowed at once, and how quickly it comes back. */
export interface FloodLimit {
  burst: number
  perSecond: number
}

/** Says how many milliseconds this key must wait; 0 means go ahead, and is counted. */
export type Flood = (key: string) => number

/** Keys remembered at once; beyond it the longest silent are forgotten, to their advantage. */
const maxKeys = 50_000

/** A token bucket per key. `now` gives milliseconds. */
export function createFlood({ burst, perSecond }: FloodLimit, now = Date.now): Flood {
  const buckets = new Map<string, { left: number; at: number }>()
  return (key) => {
    const at = now()
    const old = buckets.get(key)
    const refilled = old ? old.left + ((at - old.at) / 1000) * perSecond : burst
    const left = Math.min(burst, refilled)
    // Taken out and put in again, so that the map stays ordered by last use.
    buckets.delete(key)
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at })
    if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value ?? key)
    return left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * 1000)
  }
}
