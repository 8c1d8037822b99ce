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

interface Bucket {
  tokens: number
  since: number
}

/** Makes a limiter: 30 messages in any second, and five at once then one a second for each chat. */
export function createLimiter(clock: Clock): Limiter {
  const chats = createChatBuckets(clock)
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
      return () => {
        chats.answered(address)
        // A slot comes back a second after its answer: message i then reaches Telegram at least
        // a second after message i−30 did, however long either was on its way.
        clock.after(1_000, giveSlot)
      }
    },
  }
}

function createChatBuckets(clock: Clock) {
  const buckets = new Map<string, Bucket>()

  function refilled(bucket: Bucket): Bucket {
    const earned = Math.max(0, clock.now() - bucket.since) / chatRefillMs
    const since = Math.max(bucket.since, clock.now())
    return { tokens: Math.min(chatBurst, bucket.tokens + earned), since }
  }
  function forgetIdle(): void {
    for (const [address, bucket] of buckets) {
      if (refilled(bucket).tokens >= chatBurst) buckets.delete(address)
    }
  }
  return {
    take: async (address: string): Promise<void> => {
      if (buckets.size >= maxChats) forgetIdle()
      const bucket = refilled(buckets.get(address) ?? { tokens: chatBurst, since: clock.now() })
      bucket.tokens -= 1
      buckets.set(address, bucket)
      // Going below zero is the queue: each further one waits a refill longer.
      const waitMs = Math.ceil(Math.max(0, -bucket.tokens) * chatRefillMs)
      if (waitMs > 0) await new Promise<void>((resolve) => clock.after(waitMs, resolve))
    },
    /** Time on the way does not refill: Telegram may have counted the message only now. */
    answered: (address: string): void => {
      const bucket = buckets.get(address)
      if (bucket) bucket.since = Math.max(bucket.since, clock.now())
    },
  }
}
