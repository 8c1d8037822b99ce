// Submissions to enrolments, from the bell to the last row, on both queues.

import { openQueues } from '../../src/jobs/job.ts'
import { submitEnrolment } from '../../src/jobs/submit-enrolment.ts'
import { listVersion, readVillages } from '../../src/place-list.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { answersPlace } from '../../src/registry/answers-place.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import type { Runtime } from '../../src/runtime.ts'
import { goodAnswers } from '../support/talk.ts'
import { readRealBook } from './bench-book.ts'
import { inboundOf } from './contestants.ts'
import { talkIdOf } from './dialogue.ts'
import { type Ground, openGround, openInsertFloor } from './ground.ts'
import { mustEqual, perSecond, type Row, takeRounds } from './measure.ts'
import { openPlainPath } from './plain-path.ts'
import { startRedis } from './redis.ts'

const rounds = 5
const count = 6_000
const plainCount = 3_000
/** Every twentieth is somebody whose NIK was there before: 5 %. */
const duplicateEvery = 20
const floorInserts = 10_000

/** A submission is registered when it is closed and its enrolments are there, exactly once. */
export async function submissions(): Promise<Row[]> {
  const ground = await openGround()
  const floor = await openInsertFloor(ground.url)
  const plain = await openPlainPath(ground.url)
  const redis = await startRedis()
  try {
    const onPostgres = await openRegistering(ground, undefined)
    const onRedis = redis && (await openRegistering(ground, redis.url))
    const [inserts = [], plainly = [], postgres = [], redisFigures = []] = await takeRounds(
      rounds,
      [
        () => perSecond(floorInserts, () => floor.insert(floorInserts)),
        () => perSecond(plainCount, () => plain.register(plainCount, duplicateEvery)),
        onPostgres.race,
        ...(onRedis ? [onRedis.race] : []),
      ],
    )
    await onPostgres.close()
    await onRedis?.close()
    return toRows(inserts, plainly, postgres, redisFigures)
  } finally {
    await plain.close()
    await floor.close()
    await redis?.stop()
    await ground.close()
  }
}

function toRows(inserts: number[], plainly: number[], postgres: number[], redis: number[]): Row[] {
  const unit = 'per s'
  const onRedis: Row = {
    what: 'submissions registered, bells on Redis',
    unit,
    rounds: redis,
    floor: inserts,
    goal: { of: 'ratio', atLeast: 0.5, reach: 1 },
  }
  if (redis.length === 0) console.warn('redis-server is not installed: not measured on Redis')
  return [
    { what: 'one insert per transaction, 32 connections (floor)', unit, rounds: inserts },
    { what: 'one job, one insert, on Postgres (plain)', unit, rounds: plainly },
    ...(redis.length > 0 ? [onRedis] : []),
    {
      what: 'submissions registered, bells on Postgres, against plain',
      unit,
      rounds: postgres,
      floor: plainly,
      goal: { of: 'ratio', atLeast: 3 },
    },
  ]
}

interface Registering {
  /** Registers `count` submissions; how many per second, every bell answered. */
  race(): Promise<number>
  close(): Promise<void>
}

let crowds = 0

export async function openRegistering(
  ground: Ground,
  redisUrl: string | undefined,
): Promise<Registering> {
  const villages = readVillages()
  const config = { ...ground.config, REDIS_URL: redisUrl }
  const bare = ground.runtimeOf(readRealBook(villages), () => undefined)
  await loadVillages(bare.db, listVersion, villages)
  const queues = await openQueues(config, ground.url, bare.log, ['submit-enrolment'])
  const runtime = { ...bare, config, ring: queues.ring }
  await queues.work(runtime, [submitEnrolment])
  return {
    race: async () => {
      const first = 1 + count * crowds++
      await insertSubmissions(runtime, first)
      const figure = await perSecond(count, async () => {
        for (let rung = 0; rung < count; rung++) {
          runtime.ring('submit-enrolment', {})
          // Each in a tick of its own, as they come from turns.
          await new Promise(setImmediate)
        }
        await untilDone(runtime)
        await untilQuiet(queues)
      })
      await checkEnrolments(runtime, first)
      return figure
    },
    close: () => queues.close(),
  }
}

async function untilDone({ db }: Runtime) {
  for (;;) {
    const { rows } = await db.pool.query(`SELECT FROM submission WHERE state = 'waiting' LIMIT 1`)
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function untilQuiet(queues: { count(): Promise<Record<string, number>> }) {
  while ((await queues.count())['submit-enrolment']) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Rows that wait, each from an address of its own, as the turns leave them. */
async function insertSubmissions(runtime: Runtime, first: number) {
  const { db, seal } = runtime
  await db.transaction(async (tx) => {
    const numbers = Array.from({ length: count }, (_, index) => first + index)
    const addressIds = await findAddresses(
      tx,
      seal,
      numbers.map((number) => inboundOf('', number, 0)),
    )
    await tx.query(
      `INSERT INTO submission
         (receipt, address_id, command, flow, flow_version, language, started_on, answers)
       SELECT receipt, address_id, 'submit-enrolment', 'villager/enrol', 'v', 'id', '2026-11-21',
              answers
         FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS s (receipt, address_id, answers)
 `,
      [
        numbers.map(talkIdOf),
        addressIds,
        numbers.map((number) => seal.sealWords(answersOf(number), answersPlace(talkIdOf(number)))),
      ],
    )
  })
}

function answersOf(number: number): string {
  const of = number % duplicateEvery === 0 ? number - 1 : number
  return JSON.stringify({ ...goodAnswers, nik: `6303${String(of).padStart(12, '0')}` })
}

/** One enrolment for each programme of each person, one line of history each; the rest parked. */
async function checkEnrolments({ db }: Runtime, first: number) {
  const { rows } = await db.pool.query(
    `WITH s AS (SELECT * FROM submission WHERE receipt >= $1 AND receipt < $2),
          e AS (SELECT e.id FROM enrolment e JOIN s ON s.id = e.submission_id)
     SELECT (SELECT count(*) FROM s WHERE state = 'recorded') AS recorded,
            (SELECT count(*) FROM s WHERE reason = 'nik-known') AS known,
            (SELECT count(DISTINCT person_id) FROM s) AS persons,
            (SELECT count(*) FROM e) AS enrolments,
            (SELECT count(*) FROM e JOIN enrolment_event v ON v.enrolment_id = e.id) AS events`,
    [talkIdOf(first), talkIdOf(first + count)],
  )
  const duplicates = count / duplicateEvery
  const found = rows[0]
  mustEqual(Number(found.known), duplicates, 'submissions of somebody known')
  mustEqual(Number(found.recorded), count - duplicates, 'submissions recorded')
  mustEqual(Number(found.persons), count - duplicates, 'persons')
  mustEqual(Number(found.enrolments), 2 * (count - duplicates), 'enrolments')
  mustEqual(Number(found.events), 2 * (count - duplicates), 'lines of history')
}
