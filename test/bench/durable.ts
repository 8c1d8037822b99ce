// Durable turns through the real receive() against one INSERT per transaction on 32 connections.
import pg from 'pg'
import type { Receive } from '../../src/channels/channel.ts'
import { createConverse } from '../../src/converse.ts'
import type { Seal } from '../../src/registry/seal.ts'
import type { Runtime } from '../../src/runtime.ts'
import { readBenchBook } from './bench-book.ts'
import { inboundOf } from './contestants.ts'
import { dialogueOf, type Exchange } from './dialogue.ts'
import { type Ground, type InsertFloor, openGround, openInsertFloor } from './ground.ts'
import { mustEqual, percentile, perSecond, type Row, takeRounds } from './measure.ts'

const rounds = 5
const persons = 1_536
const turns = persons * 12
/** The greeting is two messages, every other turn is answered with one. */
const repliesPerPerson = 13
const floorInserts = 10_000
const aloneTurns = 600

/** Nothing is lost and nothing doubled, which is asked of the tables after every round. */
export async function durable(): Promise<Row[]> {
  const ground = await openGround()
  const floor = await openInsertFloor(ground.url)
  try {
    const runtime = ground.runtimeOf(readBenchBook(), () => undefined)
    const sealing = contestantOf(runtime)
    const open = contestantOf({ ...runtime, seal: openSeal(ground.seal) })
    const crowds = await raceCrowds(ground, floor, sealing, open)
    return [...crowds, ...(await raceAlone(floor, sealing.receive))]
  } finally {
    await floor.close()
    await ground.close()
  }
}

/** Who takes the turns, and what opens the rows that come of them. */
interface Contestant {
  receive: Receive
  seal: Seal
}

function contestantOf(runtime: Runtime): Contestant {
  return { receive: createConverse(runtime).receive, seal: runtime.seal }
}

/** Seals nothing: what is left is what the seals cost. */
function openSeal(seal: Seal): Seal {
  return {
    ...seal,
    seal: (plain) => Buffer.from(plain),
    sealWords: (plain) => Buffer.from(plain),
    open: (sealed) => Buffer.from(sealed).toString(),
  }
}

async function raceCrowds(
  ground: Ground,
  floor: InsertFloor,
  sealing: Contestant,
  open: Contestant,
): Promise<Row[]> {
  let crowd = 0
  const talk = async ({ receive, seal }: Contestant, inFlight: number) => {
    const first = persons * crowd++
    const dialogues = Array.from({ length: persons }, (_, index) => dialogueOf(first + index))
    const figure = await perSecond(turns, () => talkAll(receive, dialogues, first, inFlight))
    await receive([inboundOf('1', first, 1), inboundOf('1', first, 1)])
    await checkRows(ground, first, seal)
    return figure
  }
  const [inserts = [], at32 = [], at256 = [], open32 = [], open256 = []] = await takeRounds(
    rounds,
    [
      () => perSecond(floorInserts, () => floor.insert(floorInserts)),
      () => talk(sealing, 32),
      () => talk(sealing, 256),
      () => talk(open, 32),
      () => talk(open, 256),
    ],
  )
  const unit = 'per s'
  return [
    { what: 'one insert per transaction, 32 connections (floor)', unit, rounds: inserts },
    {
      what: 'durable turns, 32 in flight',
      unit,
      rounds: at32,
      floor: inserts,
      goal: { of: 'ratio', atLeast: 0.75 },
    },
    {
      what: 'durable turns, 256 in flight',
      unit,
      rounds: at256,
      floor: inserts,
      goal: { of: 'ratio', atLeast: 1.5, reach: 2 },
    },
    { what: 'the same with nothing sealed, 32', unit, rounds: open32, floor: inserts },
    { what: 'the same with nothing sealed, 256', unit, rounds: open256, floor: inserts },
  ]
}

/** Everybody's dialogue, so many messages at once; everybody's first before anybody's second. */
async function talkAll(receive: Receive, dialogues: Exchange[][], first: number, inFlight: number) {
  const talkSome = async (lane: number) => {
    for (let at = 0; at < 12; at++) {
      for (let index = lane; index < persons; index += inFlight) {
        const words = dialogues[index]?.[at]?.words ?? ''
        await receive([inboundOf(words, first + index, at)])
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, lane) => talkSome(lane)))
}

/** Every message kept once and done; every answer there once, in order, and right. */
async function checkRows(ground: Ground, first: number, seal: Seal) {
  const client = new pg.Client(ground.url)
  await client.connect()
  try {
    const inbound = await client.query(
      `SELECT count(*)::int AS all, (count(*) FILTER (WHERE state = 'done'))::int AS done
         FROM inbound WHERE address_id > (SELECT max(id) - $1 FROM address)`,
      [persons],
    )
    mustEqual(inbound.rows[0].all, turns, 'messages kept')
    mustEqual(inbound.rows[0].done, turns, 'messages done')
    const { rows } = await client.query<{ address_id: string; purpose: string; body: Buffer }>(
      `SELECT address_id, purpose, body FROM outbound
        WHERE address_id > (SELECT max(id) - $1 FROM address) ORDER BY address_id, id`,
      [persons],
    )
    mustEqual(rows.length, persons * repliesPerPerson, 'replies')
    const texts = rows.map(({ purpose, body }) => {
      return String(JSON.parse(seal.open(body, `outbound.body:${purpose}`)).text)
    })
    checkReplies(texts, first)
  } finally {
    await client.end()
  }
}

/** Each person's replies, right and in order: the question before the last names the person. */
function checkReplies(texts: string[], first: number) {
  const wanted = new Map(
    Array.from({ length: persons }, (_, index) => {
      const answers = dialogueOf(first + index).map(({ answer }) => answer)
      return [`${answers.at(-2)} benar?`, ['Halo, ini layanan', ...answers]]
    }),
  )
  for (let at = 0; at < texts.length; at += repliesPerPerson) {
    const told = texts.slice(at, at + repliesPerPerson)
    const key = told.at(-2) ?? ''
    const answers = wanted.get(key) ?? []
    const isRight = told.every((text, index) => text.startsWith(answers[index] ?? '\n'))
    mustEqual(isRight, true, `replies from ${at} on`)
    wanted.delete(key)
  }
  mustEqual(wanted.size, 0, 'persons without their replies')
}

async function raceAlone(floor: InsertFloor, receive: Receive): Promise<Row[]> {
  const figures: Record<string, number[]> = { commit50: [], commit99: [], turn50: [], turn99: [] }
  for (let round = -1; round < rounds; round++) {
    const commits: number[] = []
    const answered: number[] = []
    for (let turn = 0; turn < aloneTurns; turn++) {
      commits.push(await floor.insertAlone())
      answered.push(await answerAlone(receive, round, turn))
    }
    if (round < 0) continue
    figures.commit50?.push(percentile(commits, 0.5))
    figures.commit99?.push(percentile(commits, 0.99))
    figures.turn50?.push(percentile(answered, 0.5))
    figures.turn99?.push(percentile(answered, 0.99))
  }
  const { commit50 = [], commit99 = [], turn50 = [], turn99 = [] } = figures
  const goal = { of: 'ratio', atMost: 3 } as const
  return [
    { what: 'one commit alone, median (floor)', unit: 'ms', rounds: commit50 },
    { what: 'one commit alone, p99 (floor)', unit: 'ms', rounds: commit99 },
    { what: 'a turn alone, median', unit: 'ms', rounds: turn50, floor: commit50 },
    { what: 'a turn alone, p99 against p99', unit: 'ms', rounds: turn99, floor: commit99, goal },
    { what: 'a turn alone, p99 against median', unit: 'ms', rounds: turn99, floor: commit50 },
  ]
}

async function answerAlone(receive: Receive, round: number, turn: number): Promise<number> {
  const person = 10_000_000 + round * aloneTurns + Math.floor(turn / 12)
  const words = dialogueOf(person)[turn % 12]?.words ?? ''
  const startedAt = performance.now()
  await receive([inboundOf(words, person, turn % 12)])
  return performance.now() - startedAt
}
