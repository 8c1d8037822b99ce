// How long the bot waits before it asks Telegram again, and the word for what is missing.
import { setTimeout as delay } from 'node:timers/promises'
import { GrammyError } from 'grammy'
import { retryAfterMs } from './errors.ts'

/** What the channel says of itself: `ready`, or what is missing. */
export type State =
  | 'starting'
  | 'ready'
  /** Another process of this program listens; this one goes on when that one ends. */
  | 'standby'
  /** Telegram does not answer. */
  | 'unreachable'
  /** Telegram refuses the token. */
  | 'unauthorised'
  /** Another process listens with the same token. */
  | 'taken'
  /** Telegram asked for a pause. */
  | 'paused'
  /** Messages arrive but cannot be kept. */
  | 'not-kept'
  | 'stopped'

/** Marks a failure of our own side: Telegram answered, but the messages could not be kept. */
export class NotKept extends Error {
  constructor() {
    super('messages could not be kept')
  }
}

/** Shortest and longest wait between two tries. */
export interface BackOffSettings {
  firstMs: number
  mostMs: number
}

/** The word for a failed try to listen. */
export function stateAfter(error: unknown): State {
  if (error instanceof NotKept) return 'not-kept'
  if (!(error instanceof GrammyError)) return 'unreachable'
  switch (error.error_code) {
    case 401:
    case 404:
      return 'unauthorised'
    case 409:
      return 'taken'
    case 429:
      return 'paused'
    default:
      return 'unreachable'
  }
}

/**
 * Makes a row of waits that doubles from try to try. A calm `mostMs` without failures starts it
 * again, so that two pollers who throw each other out do not do so every few seconds forever.
 */
export function createBackOff({ firstMs, mostMs }: BackOffSettings) {
  let failures = 0
  let failedAt = 0
  return {
    /** Milliseconds to wait after this failure. */
    delayMs(error: unknown, nowMs: number): number {
      if (nowMs - failedAt > 2 * mostMs) failures = 0
      failedAt = nowMs
      const doubledMs = Math.min(mostMs, firstMs * 2 ** failures)
      failures = Math.min(failures + 1, 20)
      if (stateAfter(error) === 'unauthorised') return mostMs
      // Our own database is back sooner than a platform, and people are waiting for it.
      if (error instanceof NotKept) return Math.min(doubledMs, firstMs)
      return retryAfterMs(error) ?? doubledMs
    },
  }
}

/** Waits, but no longer than until the signal; never rejects. */
export async function rest(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => undefined)
}
