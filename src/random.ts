// Random bytes, drawn many at a time: one by one they cost as much as what they are used for.
import { randomFillSync } from 'node:crypto'

/** Gives `size` random bytes at each call, good until a thousand calls later. */
export function createRandom(size: number): () => Buffer {
  const pool = Buffer.alloc(size * 1024)
  let next = pool.length
  return () => {
    if (next === pool.length) {
      randomFillSync(pool)
      next = 0
    }
    next += size
    return pool.subarray(next - size, next)
  }
}
