// Holds back what the bot says first: few a day, far apart, and none while WhatsApp forbids it.
import { SendError } from '../channel.ts'
import type { Clock } from './clock.ts'

/** What the breaker asks of the registry. */
export interface BreakerStore {
  /** How many messages the bot began since then. */
  countInitiated(since: Date): Promise<number>
  raiseAlarm(kind: string, detail?: string): Promise<void>
  closeAlarm(kind: string): Promise<void>
  /** What an open alarm of that kind says; undefined when none is open. */
  readAlarm(kind: string): Promise<string | undefined>
}

/** Stands before every message that is no answer. */
export interface Breaker {
  /** Throws SendError `slow-down` unless the bot may begin a chat now. */
  enter(): Promise<void>
  /** A message was begun. */
  began(): void
  /** WhatsApp forbids beginning until then; for a day when it does not say until when. */
  lock(until: Date | undefined): Promise<void>
  unlock(): Promise<void>
}

const alarm = 'time-locked'
const dayMs = 24 * 60 * 60_000
const leastGapMs = 30_000
const mostGapMs = 90_000
/** Over the cap: looked at again so late. */
const cappedMs = 30 * 60_000

function later(retryMs: number): SendError {
  return new SendError('slow-down', { retryMs, wholeChannel: true, initiatedOnly: true })
}

/** Makes the breaker of one number, for so many begun messages in any 24 hours. */
export function createBreaker(store: BreakerStore, clock: Clock, dailyCap: number): Breaker {
  let nextAt = Number.NEGATIVE_INFINITY
  /** Read from the alarm at first: a restart must not try WhatsApp's patience. */
  let lockedUntil: number | undefined

  async function readLock(): Promise<number> {
    const detail = await store.readAlarm(alarm)
    const until = detail === undefined ? 0 : Date.parse(detail)
    return Number.isNaN(until) ? 0 : until
  }
  return {
    enter: async () => {
      lockedUntil ??= await readLock()
      const lockedMs = lockedUntil - Date.now()
      if (lockedMs > 0) throw later(lockedMs)
      if (lockedUntil > 0) await store.closeAlarm(alarm)
      lockedUntil = 0
      const gapMs = nextAt - clock.now()
      if (gapMs > 0) throw later(gapMs)
      const begun = await store.countInitiated(new Date(Date.now() - dayMs))
      if (begun >= dailyCap) throw later(cappedMs)
    },
    began: () => {
      nextAt = clock.now() + leastGapMs + clock.random() * (mostGapMs - leastGapMs)
    },
    lock: async (until) => {
      const given = until?.getTime() ?? 0
      lockedUntil = Math.max(lockedUntil ?? 0, given > 0 ? given : Date.now() + dayMs)
      await store.raiseAlarm(alarm, new Date(lockedUntil).toISOString())
    },
    unlock: async () => {
      lockedUntil = 0
      await store.closeAlarm(alarm)
    },
  }
}
