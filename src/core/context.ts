// What rules and blanks may look at, and the shape of both.

import type { Value } from './answers/reading.ts'
import type { Option } from './answers/understand.ts'
import type { Book } from './book.ts'

/** One talk as rules and blanks see it: frozen, no clock, no network. */
export interface TalkContext {
  book: Book
  /** Answers on the road taken, by step id. */
  answers: Readonly<Record<string, Value>>
  /** The day the talk began in the branch's zone, `YYYY-MM-DD`; rates hold for this day. */
  on: string
  /** Language of the words, e.g. `id`. */
  language: string
  /** What the registry was asked for this talk, by fact name. */
  facts: Readonly<Record<string, unknown>>
  /** The talk's id: ten characters, shown as the receipt. */
  talkId: string
}

/** A statement about the talk, named so that it reads after "if". */
export interface Rule {
  /** Step ids of the asks whose answers it rests on. */
  uses: string[]
  /** Those it looks at besides, where the road has passed them. */
  mayUse?: string[]
  /** Names of the facts that it needs from the registry. */
  needs?: string[]
  holds(talk: TalkContext): boolean
}

/** Something that fills a {blank} in words. */
export interface Blank {
  uses: string[]
  mayUse?: string[]
  needs?: string[]
  show(talk: TalkContext): string
}

/** Choices that no flow can write down because they change, such as the languages there are. */
export interface List {
  needs?: string[]
  options(talk: TalkContext): Option[]
}
