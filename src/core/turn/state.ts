// What a turn works on and what it hands back.
import type { Value } from '../answers/reading.ts'
import type { Book } from '../book.ts'
import { isFresh } from '../facts.ts'
import type { KeptAnswers } from '../kept-answers.ts'
import type { Inbound, Outbound } from '../message.ts'
import type { Post } from '../posts.ts'
import type { Session } from '../session.ts'
import type { Position } from './walk.ts'

/** Clock and chance of one turn, frozen by whoever calls it. */
export interface Now {
  /** Today in the branch's zone, `YYYY-MM-DD`; `RATES_ON` when that is set. */
  on: string
  /** Seconds since 1970. */
  second: number
  /** Ten random characters of Crockford's base 32, used when a talk begins. */
  id: string
  /** Sensitive questions are answered on a one-time page, not in this chat. */
  pages?: boolean
  /** The bot's last words were still on their way when this was written: nobody had read them. */
  unseen?: true
}

/** Something for the registry to do, with the answers on the road taken. JSON. */
export interface Command {
  do: string
  flow: string
  version: string
  talkId: string
  startedOn: string
  language: string
  answers: Record<string, Value>
  /** Fingerprints of the wordings that were answered, by step id. */
  wordings: Record<string, string>
  /** Under which post it is done; missing where no post is needed. */
  post?: Pick<Post, 'id' | 'role' | 'area'>
}

/** A talk that reached one of its ends, to be counted. */
export interface Outcome {
  flow: string
  outcome: string
}

/** A question from which somebody went back to the one before, to be counted. */
export interface WentBack {
  flow: string
  step: string
}

/**
 * What a turn gives back. When `needs` is not empty,
 * look those facts up and take the turn again.
 */
export interface TurnResult {
  session: Session
  replies: Outbound[]
  /** Which of the replies ended a talk, if any: what its commands give goes with that one. */
  endedAt: number | null
  commands: Command[]
  outcomes: Outcome[]
  backs: WentBack[]
  needs: string[]
  /** The answers of the talk that needs them. */
  needingAnswers: Record<string, Value>
  /** What was typed does not belong in this chat and is not to be kept. */
  hushed: boolean
  /** What was sent is for the officer who has the talk: the bot did not answer it. */
  forOfficer: boolean
}

/** The working copy inside one turn. */
export interface Turning {
  book: Book
  inbound: Inbound
  /** The whole message made comparable, once somebody has asked for it. */
  said: string | undefined
  now: Now
  session: Session
  /** Where the talk stood when the message was heard, once that is known. */
  stood: Position | undefined
  /** The answers that were read whole last. */
  seen: { kept: KeptAnswers; answers: Record<string, Value> } | undefined
  /** Facts looked up for this turn, kept with the talk once it uses them. */
  facts: Record<string, unknown>
  /** Those among them that are looked up in every turn and kept with no talk, if any. */
  fresh: Record<string, unknown> | undefined
  replies: Outbound[]
  endedAt: number | null
  commands: Command[]
  outcomes: Outcome[]
  backs: WentBack[]
  hushed: boolean
  forOfficer: boolean
}

/** What a turn begins with. */
export type Given = Pick<Turning, 'book' | 'session' | 'inbound' | 'now' | 'facts'>

/** A turn in which nothing has happened yet, on a copy of the session. */
export function beginTurn({ book, session, inbound, now, facts }: Given): Turning {
  // Written out, here and below: spread together, it was a fifth of a turn.
  return {
    book,
    inbound,
    said: undefined,
    now,
    facts,
    fresh: findFresh(facts),
    session: copySession(session),
    stood: undefined,
    seen: undefined,
    replies: [],
    endedAt: null,
    commands: [],
    outcomes: [],
    backs: [],
    hushed: false,
    forOfficer: false,
  }
}

/** What has come of a turn. */
export function giveBack(turning: Turning): TurnResult {
  const { session, replies, endedAt, commands, outcomes, backs, hushed, forOfficer } = turning
  return {
    session,
    replies,
    endedAt,
    commands,
    outcomes,
    backs,
    needs: [],
    needingAnswers: {},
    hushed,
    forOfficer,
  }
}

function findFresh(facts: Turning['facts']): Turning['fresh'] {
  let fresh: Turning['fresh']
  for (const name in facts) {
    if (isFresh(name)) fresh = { ...fresh, [name]: facts[name] }
  }
  return fresh
}

function copySession(session: Session): Session {
  const copy = copyOf(session)
  if (session.talk) copy.talk = copyOf(session.talk)
  if (session.paused) {
    copy.paused = session.paused.map((one) => ({ ...one, talk: copyOf(one.talk) }))
  }
  return copy
}

/** Taken apart: to add to what was made with a spread takes as long as to read a whole session. */
function copyOf<T extends object>(one: T): T {
  const { ...copy } = one
  return copy
}
