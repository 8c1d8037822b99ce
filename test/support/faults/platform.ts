// Where villagers talk in fault tests: what they say reaches the program, what they are told is kept.
import type { Outbound } from '../../../src/core/message.ts'

/** A message that reached a person. */
export interface Told {
  text: string
  /** Milliseconds of Date.now(). */
  at: number
}

/** One platform with any number of villagers on it, who are numbered. */
export interface Platform {
  /** What the program is started with to find it. */
  settings: Record<string, string>
  /** Another way to start it than `npm start`. */
  script?: string
  /** A phone shows what comes again once: not even a crash excuses that somebody reads it twice. */
  showsOnce?: boolean
  /** A villager's address, as the program is told it. */
  address(number: number): string
  /** A villager says this; gives a function that delivers the same so many times more. */
  say(number: number, words: string): (times: number) => void
  /** What reached a villager, in order, repeats and all. */
  told(number: number): Told[]
  /** Moments at which something reached anybody, in order. */
  toldAt(): number[]
  /** The words of a message as this platform shows them. */
  show(message: Outbound): string
  /** External ids of what the program has confirmed to the platform. */
  acked(): string[]
  /** The external id of a row as `acked` writes it. */
  idOf(externalId: string): string
  /**
   * A platform that brings each thing once: whatever was with a program that was killed, and is not
   * among the external ids that are kept, is said again by whoever hears no answer. Called when the
   * next program runs, which was born at that moment of Date.now().
   */
  sayAgainWhatIsLost?(kept: Set<string>, bornAt: number): Promise<void>
  /** What waits for delivery comes in another order. */
  reorder(chance: () => number): void
  close(): Promise<void>
}
