// Whether a turn costs the same with many open talks, many flows, and late in a talk.
import type { Book } from '../../src/core/book.ts'
import { readSession, writeSession } from '../../src/core/session-text.ts'
import { readBenchBook } from './bench-book.ts'
import { coreEngine, dialoguesOf, type Engine, floorEngine, race } from './contestants.ts'
import { perCpuSecond, type Row, takeRounds } from './measure.ts'

const rounds = 9

/** Rounds until the compiler has seen enough. */
const warmUps = 6
const unit = 'turns/CPU-s'

/** Each row is a ratio of two figures of our own turn. */
export async function flat(): Promise<Row[]> {
  return [...(await raceTalks()), ...(await raceFlows()), ...(await raceAnswers())]
}

/** The bare table slows down too, by the memory of the machine: that is told beside it. */
async function raceTalks(): Promise<Row[]> {
  const book = readBenchBook()
  const [engine, table] = [coreEngine(book), floorEngine(book)]
  const [few, many] = [dialoguesOf(1_000), dialoguesOf(10_000)]
  const [atFew = [], atMany = [], tableAtFew = [], tableAtMany = []] = await takeRounds(
    rounds,
    [
      () => meanOf(10, () => race(engine, few)),
      () => race(engine, many),
      () => meanOf(10, () => race(table, few)),
      () => race(table, many),
    ],
    warmUps,
  )
  return [
    { what: '1,000 open talks', unit, rounds: atFew },
    { what: '10,000 open talks', unit, rounds: atMany, floor: atFew, goal: atLeast(0.9) },
    { what: 'bare table, 10,000 against 1,000', unit, rounds: tableAtMany, floor: tableAtFew },
  ]
}

async function raceFlows(): Promise<Row[]> {
  const [one, many] = [coreEngine(readBenchBook()), coreEngine(readBenchBook(200))]
  const dialogues = dialoguesOf(3_000)
  const [withOne = [], withMany = []] = await takeRounds(
    rounds,
    [() => race(one, dialogues), () => race(many, dialogues)],
    warmUps,
  )
  return [
    { what: '1 flow loaded', unit, rounds: withOne },
    { what: '200 flows loaded', unit, rounds: withMany, floor: withOne, goal: atLeast(0.9) },
  ]
}

async function raceAnswers(): Promise<Row[]> {
  const engine = coreEngine(readLongBook())
  const [early, late] = [sessionAfter(engine, 2), sessionAfter(engine, 29)]
  const turns = 30_000
  const answer = (session: string, number: number) =>
    perCpuSecond(turns, async () => {
      for (let done = 0; done < turns; done++) {
        const [, replies] = engine(session, sayOf(number), 1, number)
        if (!replies.at(-1)?.text.startsWith(`Ini pertanyaan ${nameOf(number + 1)}.`))
          throw new Error('wrong')
      }
    })
  const bare = (session: string) =>
    perCpuSecond(turns, async () => {
      for (let done = 0; done < turns; done++) writeSession(readSession(session))
    })
  const [third = [], thirtieth = [], bareThird = [], bareThirtieth = []] = await takeRounds(
    rounds,
    [() => answer(early, 3), () => answer(late, 30), () => bare(early), () => bare(late)],
    warmUps,
  )
  return [
    { what: 'at the 3rd answer', unit, rounds: third },
    { what: 'at the 30th answer', unit, rounds: thirtieth, floor: third, goal: atLeast(0.6) },
    {
      what: 'the session read and written alone, 30th to 3rd',
      unit,
      rounds: bareThirtieth,
      floor: bareThird,
    },
  ]
}

function atLeast(ratio: number): Row['goal'] {
  return { of: 'ratio', atLeast: ratio }
}

async function meanOf(times: number, take: () => Promise<number>): Promise<number> {
  let sum = 0
  for (let done = 0; done < times; done++) sum += await take()
  return sum / times
}

/** The talk after so many answers. */
export function sessionAfter(engine: Engine, answers: number): string {
  let [session] = engine('', 'panjang', 1, 0)
  for (let number = 1; number <= answers; number++) {
    ;[session] = engine(session, sayOf(number), 1, number)
  }
  return session
}

/** Every third question has choices, the others take words: as in the real flows. */
export function sayOf(number: number): string {
  return number % 3 === 0 ? 'Dua' : `jawaban ${number}`
}

/** A letter (Greek has enough of them) for each number: digits are refused in words. */
function nameOf(number: number): string {
  return String.fromCodePoint(0x3b0 + number)
}

/** A flow of thirty-one questions. */
export function readLongBook(): Book {
  const numbers = Array.from({ length: 31 }, (_, index) => index + 1)
  const step = (number: number) => `  - ask: step-${number}
    text: |
      Ini pertanyaan ${nameOf(number)}.
${number % 3 === 0 ? '    choices:\n      one: Satu\n      two: Dua\n' : '    answer: text\n'}`
  const head = 'title: Panjang\nfor: villager\nopens-on:\n  - panjang\nsteps:\n'
  const end = '  - end: done\n    text: |\n      Selesai.\n'
  const english = numbers.map((number) => {
    if (number % 3 !== 0) return `step-${number}: Question ${nameOf(number)}.\n`
    return `step-${number}:\n  text: Question ${nameOf(number)}.\n  choices:\n    one: One\n    two: Two\n`
  })
  return readBenchBook(1, {
    'villager/long.yaml': head + numbers.map(step).join('') + end,
    'languages/en/villager/long.yaml': `title: Long\n${english.join('')}done: Done.\n`,
  })
}
