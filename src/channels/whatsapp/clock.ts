// Time and chance of the channel, so that tests need not wait and know what comes.
import { setTimeout as delay } from 'node:timers/promises'

/** The time that only goes forward, waiting in it, and chance. */
export interface Clock {
  /** Milliseconds; only differences matter. Goes on while the process is frozen. */
  now(): number
  /** Resolves after so many milliseconds, or at the signal; never rejects. */
  wait(delayMs: number, signal?: AbortSignal): Promise<void>
  /** A number from 0 to 1. */
  random(): number
}

/** The real clock. */
export const realClock: Clock = {
  now: () => performance.now(),
  wait: async (delayMs, signal) => {
    await delay(delayMs, undefined, { ...(signal && { signal }) }).catch(() => undefined)
  },
  random: () => Math.random(),
}
