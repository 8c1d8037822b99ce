// One conversation with the real core turn: the session is written and read again between turns.
import { isDeepStrictEqual } from 'node:util'
import type { Book } from '../../../src/core/book.ts'
import type { Choice, Inbound, InboundKind, Outbound } from '../../../src/core/message.ts'
import type { Session } from '../../../src/core/session.ts'
import { readSession, writeSession } from '../../../src/core/session-text.ts'
import type { Now, TurnResult } from '../../../src/core/turn/state.ts'
import { turn } from '../../../src/core/turn.ts'
import { createLittleRegistry, type LittleRegistry } from './little-registry.ts'
import type { Random } from './random.ts'
import { createRecogniser, type Recognise } from './recognise.ts'

/** A book with its recogniser; made once for each book. */
export interface Read {
  name: string
  book: Book
  recognise: Recognise
}

/** A book ready to be talked with. */
export function readable(name: string, book: Book): Read {
  return { name, book, recognise: createRecogniser(book) }
}

/** What one person sends at once. */
export interface Sent {
  kind: InboundKind
  words: string
}

/** What a person sees in front of them after a turn. */
export interface Sight {
  /** The question that was asked last and still waits, by flow and step id. */
  asked?: { flow: string; id: string }
  /** The page on which that question is answered. */
  page?: string
  /** The buttons under the last message. */
  choices: Choice[]
}

/** One turn as it went. */
export interface Turned {
  sent: Sent
  before: Session
  /** The question that the person had in front of them. */
  asked: Sight['asked']
  result: TurnResult
  /** The session after it, as it is written. */
  written: string
  /** The facts that the turn asked for. */
  facts: Record<string, unknown>
  read: Read
  now: Now
}

/** A person and the bot. */
export interface Conversation {
  read: Read
  session: Session
  /** The session as it was written. */
  written: string
  sight: Sight
  /** Sensitive questions are answered on pages, as on WhatsApp. */
  pages: boolean
  registry: LittleRegistry
  /** Seconds since 1970. */
  second: number
  turned: Turned[]
}

const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
const zoneSeconds = 8 * 60 * 60
const mostRounds = 8

/** A conversation in which nothing was said yet. */
export function beginConversation(read: Read, second: number, pages = false): Conversation {
  const session = { language: 'id' }
  return {
    read,
    session,
    written: writeSession(session),
    sight: { choices: [] },
    pages,
    registry: createLittleRegistry(),
    second,
    turned: [],
  }
}

/** The day of a second in the branch's zone, `YYYY-MM-DD`. */
export function dayOf(second: number): string {
  return new Date((second + zoneSeconds) * 1000).toISOString().slice(0, 10)
}

/**
 * The person sends something; the answer becomes part of the conversation. What is `unseen` was sent
 * before the bot's last words could be read.
 */
export function send(talk: Conversation, sent: Sent, random: Random, unseen = false): Turned {
  const { read, registry, second } = talk
  const now = nowOf(talk, random, unseen)
  const before = talk.session
  const inbound = inboundOf(sent, talk)
  let facts: Record<string, unknown> = {}
  let result = turn(read.book, before, inbound, now)
  for (let round = 0; result.needs.length > 0; round++) {
    if (round > mostRounds) throw new Error('the turn never has facts enough')
    const asked = { book: read.book, second, answers: result.needingAnswers }
    facts = { ...facts, ...registry.lookUp(result.needs, asked) }
    result = turn(read.book, before, inbound, now, facts)
  }
  if (writeSession(before) !== talk.written)
    throw new Error('the turn changed the session it was given')
  if (!isJson(result)) throw new Error('a turn is not the same after JSON')
  const written = writeSession(result.session)
  const kept = readSession(written)
  if (!isDeepStrictEqual(kept, result.session))
    throw new Error('a session is not as it was written')
  for (const command of result.commands) registry.carryOut(command, second)
  const { asked } = talk.sight
  talk.session = kept
  talk.written = written
  talk.sight = see(read, talk.sight, before, result)
  const turned = { sent, before, asked, result, written, facts, read, now }
  talk.turned.push(turned)
  return turned
}

function nowOf({ second, pages }: Conversation, random: Random, unseen: boolean): Now {
  const id = Array.from({ length: 10 }, () => random.pick(alphabet)).join('')
  return { on: dayOf(second), second, id, pages, ...(unseen && { unseen }) }
}

/** Whether it is the same after it was written as JSON and read again. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.every(isJson)
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
}

function inboundOf(sent: Sent, talk: Conversation): Inbound {
  return {
    channel: 'simulated',
    address: 'one',
    externalId: String(talk.turned.length),
    at: new Date(talk.second * 1000).toISOString(),
    ...sent,
  }
}

function see(read: Read, sight: Sight, before: Session, { session, replies }: TurnResult): Sight {
  if (replies.length === 0) return sight
  const choices = replies.at(-1)?.choices ?? []
  const flow = session.talk?.flow
  if (flow === undefined) return { choices }
  const asked = replies.flatMap((reply) => findAsked(read, session, flow, reply)).at(-1)
  const page = replies.findLast((reply) => reply.page)?.page
  if (asked) return { asked, choices, ...(page && { page }) }
  const isSame = session.talk?.id === before.talk?.id
  if (isSame && choices.length === 0) return sight
  return { ...(isSame && { asked: sight.asked, page: sight.page }), choices } as Sight
}

function findAsked(read: Read, session: Session, flow: string, reply: Outbound) {
  const asked = session.talk?.asked
  if (reply.page && asked) return [{ flow, id: asked }]
  const spoken = read.recognise(reply.text, session.language)
  const found = spoken.find((one) => one.does === 'ask' && one.flow === flow)
  return found ? [{ flow, id: found.id }] : []
}

/** The talk as it can be read, one line for each message; all people in it are invented. */
export function tell(talk: Conversation): string {
  return talk.turned
    .map(({ sent, result, now, read }) => {
      const words = sent.words.length > 80 ? `${sent.words.slice(0, 80)}…` : sent.words
      const replies = result.replies.map((reply) => {
        const labels = reply.choices?.map((choice) => ` [${choice.label}]`).join('') ?? ''
        return `< ${reply.text.split('\n').join(' / ')}${labels}`
      })
      return [`${now.on} ${read.name} > ${sent.kind}: ${words}`, ...replies].join('\n')
    })
    .join('\n')
}
