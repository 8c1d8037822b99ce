// Keeps one number inside the platform's limits: messages a second, and messages to one person.
import { SendError } from '../channel.ts'

/** "One message every 6 seconds to one user"; a burst is lent and paid back by waiting. */
const pairRefillMs = 6_000
/** The platform lends 45 at once; five are our caution. */
const pairBurst = 40
/** The longest that a message waits in here, in ms; for longer it goes back to the outbox. */
const longestWaitMs = 1_000
/** A pause that is asked for again and again doubles up to this, in ms. */
const longestPauseMs = 5 * 60_000
/** People remembered before the calm ones are forgotten. */
const maxPairs = 10_000

/** The time and a timer, so that tests need not wait. */
export interface Clock {
  /** Milliseconds; only differences matter. */
  now(): number
  /** Calls `done` after so many milliseconds. */
  after(delayMs: number, done: () => void): void
}

/** One pace belongs to one number. */
export interface Pace {
  /**
   * Resolves when a message may go to this address, with what to call once it was answered. Throws
   * SendError `slow-down` while the channel is paused or this person had too much for now.
   */
  enter(address: string): Promise<() => void>
  /** Nobody gets in for so long; longer when it is asked for again before anything went well. */
  pause(delayMs: number): void
  /** This person had too much: how long they are left alone, in ms, longer from time to time. */
  pausePair(address: string): number
  /** A message went well: pauses begin anew, for all and for this person. */
  wentWell(address: string): void
  isPaused(): boolean
}

/** Makes a pace of so many messages in any second. */
export function createPace(clock: Clock, perSecond: number): Pace {
  const pairs = createPairs(clock)
  const slots = createSlots(perSecond)
  const pauses = createPauses(clock)
  const refuseWhilePaused = () => {
    const retryMs = pauses.leftMs('')
    if (retryMs > 0) throw new SendError('slow-down', { retryMs, wholeChannel: true })
  }
  return {
    isPaused: () => pauses.leftMs('') > 0,
    pause: (delayMs) => void pauses.begin('', delayMs),
    pausePair: (address) => pauses.begin(address, pairRefillMs),
    wentWell: (address) => {
      pauses.forget('')
      pauses.forget(address)
    },
    enter: async (address) => {
      refuseWhilePaused()
      const retryMs = Math.max(pauses.leftMs(address), pairs.waitMs(address))
      if (retryMs > longestWaitMs) throw new SendError('slow-down', { retryMs })
      pairs.fill(address)
      if (retryMs > 0) await new Promise<void>((resolve) => clock.after(retryMs, resolve))
      await slots.take()
      try {
        refuseWhilePaused()
      } catch (error) {
        slots.give()
        throw error
      }
      // A slot comes back a second after its answer: however long either was on its way, message
      // i then reaches the platform at least a second after message i−n did.
      return () => clock.after(1_000, slots.give)
    },
  }
}

function createSlots(perSecond: number) {
  const waiting: (() => void)[] = []
  let free = perSecond
  return {
    take: async (): Promise<void> => {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
    },
    give: (): void => {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    },
  }
}

/** Each message fills a person's bucket by one; it runs out by one in six seconds. */
function createPairs(clock: Clock) {
  const emptyAt = new Map<string, number>()
  return {
    waitMs: (address: string): number => {
      const filled = (emptyAt.get(address) ?? 0) - clock.now()
      return Math.max(0, filled - (pairBurst - 1) * pairRefillMs)
    },
    fill: (address: string): void => {
      if (emptyAt.size >= maxPairs) {
        for (const [one, moment] of emptyAt) if (moment <= clock.now()) emptyAt.delete(one)
      }
      emptyAt.set(address, Math.max(emptyAt.get(address) ?? 0, clock.now()) + pairRefillMs)
    },
  }
}

/** Pauses by whom they are for; each that begins before anything went well is twice as long. */
function createPauses(clock: Clock) {
  const paused = new Map<string, { until: number; times: number }>()
  return {
    leftMs: (whom: string): number =>
      Math.max(0, (paused.get(whom)?.until ?? Number.NEGATIVE_INFINITY) - clock.now()),
    begin: (whom: string, delayMs: number): number => {
      const { until = 0, times = 0 } = paused.get(whom) ?? {}
      // Several messages under way meet the same trouble: that is one pause.
      if (until > clock.now()) return until - clock.now()
      const pauseMs = Math.min(longestPauseMs, delayMs * 2 ** times)
      paused.set(whom, { until: clock.now() + pauseMs, times: Math.min(times + 1, 10) })
      return pauseMs
    },
    forget: (whom: string): void => {
      if ((paused.get(whom)?.until ?? 0) <= clock.now()) paused.delete(whom)
    },
  }
}
