// The engines that are compared: each takes all persons through the dialogue, interleaved.
import type { Book } from '../../src/core/book.ts'
import type { Inbound, Outbound } from '../../src/core/message.ts'
import type { Session } from '../../src/core/session.ts'
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

/** Our own turn, the session through JSON each time. */
export function coreEngine(book: Book): Engine {
  return (json, words, person, at) => {
    const session: Session = json === '' ? { language: 'id' } : JSON.parse(json)
    const now = { on: today, second: 1_795_000_000 + at * paceSeconds, id: talkIdOf(person) }
    const result = turn(book, session, inboundOf(words, person, at), now)
    return [JSON.stringify(result.session), result.replies]
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

function readerChecks({ readers }: Book): Checks {
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
  }
}

/** The dialogues of so many persons, made before the clock starts. */
export function dialoguesOf(persons: number): Exchange[][] {
  return Array.from({ length: persons }, (_, person) => dialogueOf(person))
}

/** Turns per CPU-second: everybody says their first message, then everybody their second, … */
export function race(engine: Engine, dialogues: Exchange[][]): number {
  const length = dialogues[0]?.length ?? 0
  const sessions = dialogues.map(() => '')
  return perCpuSecond(dialogues.length * length, () => {
    for (let at = 0; at < length; at++) {
      for (const [person, dialogue] of dialogues.entries()) {
        const { words, answer } = dialogue[at] as Exchange
        const [session, replies] = engine(sessions[person] as string, words, person, at)
        sessions[person] = session
        if (!replies.at(-1)?.text.startsWith(answer)) throw new Error(`wrong answer at ${at}`)
      }
    }
  })
}
