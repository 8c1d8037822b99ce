// The engines that are compared: each takes all persons through the dialogue, interleaved.
import { findOption } from '../../src/core/answers/understand.ts'
import type { Book } from '../../src/core/book.ts'
import type { Inbound, Outbound } from '../../src/core/message.ts'
import type { Session } from '../../src/core/session.ts'
import { readSession, writeSession } from '../../src/core/session-text.ts'
import { turn } from '../../src/core/turn.ts'
import { dialogueOf, type Exchange, talkIdOf, today } from './dialogue.ts'
import { bareChecks, type Check, type Checks, createFloor, type Floor } from './floor-dialogue.ts'
import { perCpuSecond } from './measure.ts'

/** Takes one turn: session as JSON text (empty at first) and words in, both out. */
export type Engine = (
  json: string,
  words: string,
  person: number,
  at: number,
) => [string, Outbound[]]

/** Seconds between two messages of one person: nobody is braked. */
const paceSeconds = 10

/** Our own turn, the session through its text each time. */
export function coreEngine(book: Book): Engine {
  return (json, words, person, at) => {
    const session: Session = json === '' ? { language: 'id' } : readSession(json)
    const now = { on: today, second: 1_795_000_000 + at * paceSeconds, id: talkIdOf(person) }
    const result = turn(book, session, inboundOf(words, person, at), now)
    return [writeSession(result.session), result.replies]
  }
}

/** One message as a channel would hand it over. */
export function inboundOf(words: string, person: number, at: number): Inbound {
  return {
    channel: 'bench',
    address: String(person),
    externalId: String(at),
    kind: 'text',
    words,
    at: '2026-11-21T03:00:00.000Z',
  }
}

/** The floor with the readers that our own turn uses: the same checks. */
export function floorEngine(book: Book): Engine {
  return engineOf(
    createFloor(readerChecks(book), (income) => book.readers.money.show(income, 'id')),
  )
}

/** The floor with nothing but patterns for checks. */
export function bareFloorEngine(book: Book): Engine {
  return engineOf(createFloor(bareChecks, (income) => book.readers.money.show(income, 'id')))
}

function engineOf(floor: Floor): Engine {
  return (json, words, person) => floor(json, words, talkIdOf(person))
}

function readerChecks(book: Book): Checks {
  const { readers } = book
  const check = (kind: keyof typeof readers): Check => {
    return (words) => {
      const reading = readers[kind].read(words, { on: today })
      return reading.kind === 'value' ? reading.value : undefined
    }
  }
  return {
    age: check('number'),
    occupation: check('text'),
    income: check('money'),
    nik: check('nik'),
    name: check('name'),
    village: check('text'),
    choice: (words, choices) => findOption(words, choices, book, false),
  }
}

/** The dialogues of so many persons, made before the clock starts. */
export function dialoguesOf(persons: number): Exchange[][] {
  return Array.from({ length: persons }, (_, person) => dialogueOf(person))
}

/** Turns under way at once: each waits its turn as in a program, where messages come in. */
const inFlight = 64

/**
 * Turns per CPU-second: everybody says their first message, then everybody their second, … The
 * session is kept as text in a store; every answer is checked.
 */
export async function race(engine: Engine, dialogues: Exchange[][]): Promise<number> {
  const length = dialogues[0]?.length ?? 0
  const store = new Map<number, string>()
  async function answer(person: number, at: number, { words, answer }: Exchange) {
    const [session, replies] = engine(store.get(person) ?? '', words, person, at)
    store.set(person, session)
    if (!replies.at(-1)?.text.startsWith(answer)) throw new Error(`wrong answer at ${at}`)
  }
  async function talkSome(lane: number, at: number) {
    for (let person = lane; person < dialogues.length; person += inFlight) {
      await answer(person, at, dialogues[person]?.[at] as Exchange)
    }
  }
  return perCpuSecond(dialogues.length * length, async () => {
    for (let at = 0; at < length; at++) {
      await Promise.all(Array.from({ length: inFlight }, (_, lane) => talkSome(lane, at)))
    }
  })
}
