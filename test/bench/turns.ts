// Turns of the core per CPU-second against a bare table of nodes that holds the same dialogue.
import { readBenchBook } from './bench-book.ts'
import {
  bareFloorEngine,
  coreEngine,
  dialoguesOf,
  type Engine,
  floorEngine,
  race,
} from './contestants.ts'
import { badNikAt, dialogueOf } from './dialogue.ts'
import { mustEqual, type Row, takeRounds } from './measure.ts'

const openTalks = 3_000
const rounds = 9

/** Rounds until the compiler has seen enough. */
const warmUps = 6

/** 3,000 interleaved talks of twelve turns; the session goes through JSON at every turn. */
export async function turns(): Promise<Row[]> {
  const book = readBenchBook()
  const [core, floor, bare] = [coreEngine(book), floorEngine(book), bareFloorEngine(book)]
  mustAgree(core, floor)
  const dialogues = dialoguesOf(openTalks)
  const [ours = [], same = [], least = []] = await takeRounds(
    rounds,
    [core, floor, bare].map((engine) => () => race(engine, dialogues)),
    warmUps,
  )
  const unit = 'turns/CPU-s'
  const goal = { of: 'ratio', atLeast: 0.6, reach: 0.8 } as const
  return [
    { what: 'table of nodes, patterns for checks', unit, rounds: least },
    { what: 'table of nodes, the same readers for checks (floor)', unit, rounds: same },
    { what: 'core turn against that floor', unit, rounds: ours, floor: same, goal },
    { what: 'core turn against patterns', unit, rounds: ours, floor: least },
  ]
}

/** Both say the same to one person, choices and all, but for what is wrong with the bad NIK. */
function mustAgree(one: Engine, other: Engine) {
  let [left, right] = ['', '']
  for (const [at, { words }] of dialogueOf(1).entries()) {
    const [ours, floors] = [one(left, words, 1, at), other(right, words, 1, at)]
    left = ours[0]
    right = floors[0]
    if (at === badNikAt) continue
    mustEqual(JSON.stringify(ours[1]), JSON.stringify(floors[1]), `replies at ${at}`)
  }
}
