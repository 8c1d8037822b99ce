// Keeps one token inside Telegram's limits, counted from the answers, not from our own requests.
import { SendError } from '../channel.ts'

/** "Not more than 30 messages per second or so" (Telegram's bot FAQ, broadcasting). */
const perSecond = 30
/** One chat takes one message a second and short bursts (the same FAQ); five is our caution. */
const chatBurst = 5
const chatRefillMs = 1_000
/** Chats remembered before the idle ones are forgotten. */
const maxChats = 1_000

/** The time and a timer, so that tests need not wait. */
export interface Clock {
  /** Milliseconds; only differences matter. */
  now(): number
  /** Calls `done` after so many milliseconds. */
  after(delayMs: number, done: () => void): void
}

/** One limiter belongs to one token. */
export interface Limiter {
  /**
   * Resolves when a message may go to this address, with what to call once it was answered, well or
   * badly. Throws SendError `slow-down` while the whole channel is paused: nobody waits in here.
   */
  enter(address: string): Promise<() => void>
  /** Lets nobody in for so many milliseconds. */
  pause(delayMs: number): void
  isPaused(): boolean
}

/** Makes a limiter: 30 messages in any second, and five at once then one a second for each chat. */
export function createLimiter(clock: Clock): Limiter {
  const chats = createChatBuckets(clock)
  const trips = createRoundTrips()
  const waiting: (() => void)[] = []
  let free = perSecond
  let pausedUntil = 0

  function refuseWhilePaused(): void {
    const retryMs = pausedUntil - clock.now()
    if (retryMs > 0) throw new SendError('slow-down', { retryMs, wholeChannel: true })
  }
  function giveSlot(): void {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }
  async function takeSlot(): Promise<void> {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  return {
    isPaused: () => pausedUntil > clock.now(),
    pause: (delayMs) => {
      trips.forget()
      pausedUntil = Math.max(pausedUntil, clock.now() + delayMs)
    },
    enter: async (address) => {
      refuseWhilePaused()
      await chats.take(address)
      await takeSlot()
      try {
        refuseWhilePaused()
      } catch (error) {
        giveSlot()
        throw error
      }
      const leftAt = clock.now()
      return () => {
        chats.answered(address)
        // A slot comes back a second after its answer, less most of what every message takes there
        // and back: message i then reaches Telegram at least a second after message i−30 did.
        clock.after(1_000 - trips.surelyMs(), giveSlot)
        trips.note(clock.now() - leftAt)
      }
    },
  }
}

/** Of so many round trips the shortest counts; with fewer none does. */
const tripsKept = 100
/** So much of it: none of those may have been the shortest on both of its ways. */
const sureShare = 0.75

/** The round trips of the last messages. Who was told to slow down begins to count anew. */
function createRoundTrips() {
  let last: number[] = []
  return {
    note: (ms: number): void => {
      last.push(ms)
      if (last.length > tripsKept) last.shift()
    },
    surelyMs: (): number => (last.length < tripsKept ? 0 : sureShare * Math.min(...last)),
    forget: (): void => {
      last = []
    },
  }
}

/** Each message fills a chat's bucket by one; it runs out by one a second and holds five. */
function createChatBuckets(clock: Clock) {
  const emptyAt = new Map<string, number>()

  function fill(address: string): number {
    const filledAt = Math.max(emptyAt.get(address) ?? 0, clock.now()) + chatRefillMs
    emptyAt.set(address, filledAt)
    return filledAt
  }
  function forgetEmpty(): void {
    for (const [address, moment] of emptyAt) {
      if (moment <= clock.now()) emptyAt.delete(address)
    }
  }
  return {
    take: async (address: string): Promise<void> => {
      if (emptyAt.size >= maxChats) forgetEmpty()
      const waitMs = fill(address) - chatBurst * chatRefillMs - clock.now()
      if (waitMs > 0) await new Promise<void>((resolve) => clock.after(waitMs, resolve))
    },
    /** Telegram may have counted the message only now: its second runs from here. */
    answered: (address: string): void => {
      const atLeast = clock.now() + chatRefillMs
      emptyAt.set(address, Math.max(emptyAt.get(address) ?? 0, atLeast))
    },
  }
}
