// A clock that goes on only when a test says so.
import type { Clock } from '../../../src/channels/whatsapp/clock.ts'

/** The clock, and how it is moved. */
export interface VirtualClock extends Clock {
  /** Moves on, doing what falls due in between, in order. */
  pass(ms: number): Promise<void>
  /** Moves on while nothing that falls due is done, as when a process is frozen. */
  freeze(ms: number): void
}

interface Waiting {
  at: number
  resolve(): void
}

/** Makes a clock at zero; `random` gives the middle unless told otherwise. */
export function createVirtualClock(random: () => number = () => 0.5): VirtualClock {
  let time = 0
  const waiting = new Set<Waiting>()
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  return {
    now: () => time,
    random,
    wait: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const done = () => {
          waiting.delete(one)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const one = { at: time + delayMs, resolve: done }
        waiting.add(one)
        signal?.addEventListener('abort', done)
      }),
    pass: async (ms) => {
      const until = time + ms
      await settle()
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (!next) break
        waiting.delete(next)
        time = Math.max(time, next.at)
        next.resolve()
        await settle()
      }
      time = until
      await settle()
    },
    freeze: (ms) => {
      time += ms
    },
  }
}
