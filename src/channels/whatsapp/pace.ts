// The pace of a person: one chat at a time, typing before each message, a breath after it.
import type { Clock } from './clock.ts'

/** Takes turns; answers go before what the bot says first. */
export interface Pace {
  /** Does the work when it is its turn; the next turn begins a breath after it ended. */
  turn<T>(isReply: boolean, work: () => Promise<T>): Promise<T>
  /** Milliseconds of typing for so many characters. */
  typingMs(length: number): number
}

const msPerCharacter = 12
const leastTypingMs = 500
const mostTypingMs = 2_500
const leastBreathMs = 250
const mostBreathMs = 1_200

/** Makes the pace of one number. */
export function createPace(clock: Clock): Pace {
  const replies: (() => void)[] = []
  const others: (() => void)[] = []
  let isTaken = false

  async function take(isReply: boolean): Promise<void> {
    if (isTaken) {
      await new Promise<void>((resolve) => (isReply ? replies : others).push(resolve))
    }
    isTaken = true
  }
  async function pass(): Promise<void> {
    await clock.wait(leastBreathMs + clock.random() * (mostBreathMs - leastBreathMs))
    const next = replies.shift() ?? others.shift()
    if (next) next()
    else isTaken = false
  }
  return {
    turn: async (isReply, work) => {
      await take(isReply)
      try {
        return await work()
      } finally {
        void pass()
      }
    },
    typingMs: (length) => {
      const plainMs = Math.min(mostTypingMs, Math.max(leastTypingMs, length * msPerCharacter))
      return plainMs * (0.7 + 0.6 * clock.random())
    },
  }
}
