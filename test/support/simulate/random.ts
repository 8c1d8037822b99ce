// Chance that can be repeated: the same seed gives the same villager, word for word.

/** A source of chance; every draw moves it on. */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number
  /** Whether something happens that happens with probability `share`. */
  chance(share: number): boolean
  /** One of the items; throws when there is none. */
  pick<T>(items: readonly T[]): T
  /** One of the entries, each as likely as its weight says. */
  weigh<T>(entries: readonly (readonly [weight: number, item: T])[]): T
}

/** A source of chance for one seed (mulberry32; any whole number will do). */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (items) => {
      if (items.length === 0) throw new Error('nothing to pick from')
      return items[int(0, items.length - 1)] as (typeof items)[number]
    },
    weigh: (entries) => {
      const total = entries.reduce((sum, [weight]) => sum + weight, 0)
      let left = next() * total
      for (const [weight, item] of entries) {
        left -= weight
        if (left < 0) return item
      }
      throw new Error('nothing to weigh')
    },
  }
}
