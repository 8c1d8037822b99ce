// What is remembered of a conversation between two turns: short, JSON, answers by step id.
import type { Value } from './answers/reading.ts'
import type { KeptAnswers } from './kept-answers.ts'

/** A question about what was just heard; the person picks one of the options or says it anew. */
export interface Pending {
  /** `doubt`: which value was meant; `change`: which answer to change; `cancel`: really stop. */
  about: 'doubt' | 'change' | 'cancel'
  options: Value[]
  /** What the reader wants back with the next words. */
  keep?: string
}

/** One talk: a flow, and the answers given so far. The position is found by replay. */
export interface Talk {
  /** Ten characters, random; shown to the person as the receipt. */
  id: string
  flow: string
  /** Fingerprint of the flow that the answers were last checked against. */
  version: string
  /** The day it began, `YYYY-MM-DD`. */
  on: string
  /** By step id; `kept-answers.ts` reads and changes them. */
  answers: KeptAnswers
  facts?: Record<string, unknown>
  pending?: Pending
  /** The answer that is being changed, as it was: KEMBALI puts it back. */
  was?: { step: string; value: Value }
  /** The question that was put last, by step id: words are an answer to no other. */
  asked?: string
  /** The one-time page on which the present question may be answered. */
  page?: string
  /** What was answered before it could be read: a step, or what is pending. It is said once. */
  unseen?: string
  /** How often the present question was not understood, 0 when missing. */
  tries?: number
  /** The help of this step was read out already; the next BANTUAN brings a person. */
  helped?: string
}

/** A talk that waits while another goes on. */
export interface Paused {
  talk: Talk
  /** Go on with it by itself when the other ends, rather than only say how. */
  resumes: boolean
}

/** Everything remembered of one conversation. */
export interface Session {
  language: string
  talk?: Talk
  /** Talks put aside, the latest last; one for each flow at most. */
  paused?: Paused[]
  /** The flow that MENU opens for whoever has a post: a hint, the post itself is asked anew. */
  menu?: string
  /** The button that ended the last talk: pressed twice by a quick thumb, it is heard once. */
  ended?: string
  /** Minute (since 1970) and number of messages in it: the brake on floods. */
  pace?: [minute: number, count: number]
  /** Second (since 1970) of the last hint about a photo, voice note or the like. */
  hintedAt?: number
  /** The same of a call. */
  calledAt?: number
  /** Second of an officer's last words, while an officer talks instead of the bot. */
  officerAt?: number
}
