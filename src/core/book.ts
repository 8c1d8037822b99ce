// Everything the core knows, read once at start-up: flows, shared words, figures, places.
import type { AnswerKind, Reader } from './answers/reading.ts'
import type { Flow, Translated } from './flow.ts'
import type { Layout } from './members/layout.ts'
import type { MemberWords } from './members/member-words.ts'
import type { PaymentWords } from './payments/payment-words.ts'
import type { Places } from './place.ts'
import type { Rates } from './rates.ts'
import type { RosterWords } from './roster/roster-words.ts'
import type { Templates } from './template.ts'

/** A common question that may be asked in free words at any time, and its answer. */
export interface Question {
  id: string
  /** Groups of words, normalised: the question is meant when every word of one group is there. */
  words: string[][]
  text: Translated
}

/** What a branch fills in about itself in flows/branch.yaml; empty until it does. */
export interface Branch {
  /** Who runs the bot, as said in the greeting. */
  operator: string
  /** Contact lines that the branch has given, e.g. an address or a phone number. */
  contacts: string[]
  /** Time zone of the branch, e.g. `Asia/Makassar`. */
  zone: string
}

/** The whole of what flows/ says, checked. */
export interface Book {
  flows: Map<string, Flow>
  /** Shared words by id: sorry-lines, global words' answers. */
  phrases: Map<string, Translated>
  /** Global words by name (menu, bantuan …): the whole messages that mean them, normalised. */
  globals: Map<string, string>
  /** The flow that a whole message opens, by that message, normalised. */
  openings: Map<string, string>
  /** Whole messages that are a clear yes or no, normalised. */
  yes: Set<string>
  no: Set<string>
  questions: Question[]
  readers: Record<Exclude<AnswerKind, 'choice'>, Reader>
  rates: Rates
  places: Places
  branch: Branch
  /** How the columns and posts of lists of people are recognised. */
  rosters: RosterWords
  /** How the columns of payment files are recognised, and what is said of their rows. */
  payments: PaymentWords
  /** How answers about members are recognised, and what is said of their rows. */
  members: MemberWords
  /** How lists of people to be registered look outside; by kind, the oldest first. */
  layouts: Layout[]
  /** Language codes that every flow is complete in; the first is the default. */
  languages: string[]
  templates: Templates
  /** The fingerprint of everything, to see whether two processes speak the same words. */
  version: string
}
