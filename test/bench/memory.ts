// What one open talk takes in the store: rows and indexes in Postgres, and the session's JSON.
import pg from 'pg'
import { createConverse } from '../../src/converse.ts'
import { readAnswers } from '../../src/core/kept-answers.ts'
import type { Inbound } from '../../src/core/message.ts'
import { readSession } from '../../src/core/session-text.ts'
import { readVillages } from '../../src/place-list.ts'
import { keepWordings } from '../../src/registry/wordings.ts'
import { readRealBook } from './bench-book.ts'
import { inboundOf } from './contestants.ts'
import { type Ground, openGround } from './ground.ts'
import { median, mustEqual, type Row } from './measure.ts'

const talks = 10_000

/** Nine answers of villager/enrol: the ninth is the place of birth, sex is asked next. */
const sayings = (person: number) => [
  'daftar',
  'Ya, saya setuju',
  'Ya',
  '1',
  'Belum pernah',
  '12 Maret 1985',
  `630305520385${String(1 + (person % 9_998)).padStart(4, '0')}`,
  'Siti Contoh Aminah',
  'Martapura',
]

/** 10,000 talks at their ninth turn, after VACUUM. */
export async function memory(): Promise<Row[]> {
  const ground = await openGround()
  try {
    const runtime = ground.runtimeOf(readRealBook(readVillages()), () => undefined)
    await keepWordings(runtime.db.pool, runtime.book)
    const { receive } = createConverse(runtime)
    for (let at = 0; at < 9; at++) await receive(messagesAt(at))
    return await weigh(ground)
  } finally {
    await ground.close()
  }
}

/** Everybody's message of one turn, in an order of its own: people do not speak in rows. */
function messagesAt(at: number): Inbound[] {
  const stride = 6_007 + 10 * at
  return Array.from({ length: talks }, (_, index) => {
    const person = (index * stride) % talks
    return inboundOf(sayings(person)[at] ?? '', person, at)
  })
}

async function weigh(ground: Ground): Promise<Row[]> {
  const client = new pg.Client(ground.url)
  await client.connect()
  const ask = async (sql: string) => Number((await client.query(sql)).rows[0]?.size)
  try {
    const jsons = await readSessions(ground, client)
    await client.query('CREATE TABLE bench_floor (id bigint PRIMARY KEY, body text NOT NULL)')
    await client.query('INSERT INTO bench_floor SELECT * FROM unnest($1::bigint[], $2::text[])', [
      jsons.map((_, id) => id),
      jsons,
    ])
    await client.query('VACUUM session, address, bench_floor')
    const sizeOf = (table: string) =>
      ask(`SELECT pg_total_relation_size('${table}') AS size`).then((size) => size / talks)
    const [session, address, floor] = [
      await sizeOf('session'),
      await sizeOf('address'),
      await sizeOf('bench_floor'),
    ]
    const all = session + address
    const unit = 'B/talk'
    const length = median(jsons.map((json) => Buffer.byteLength(json)))
    return [
      { what: 'bare table: id and JSON (floor)', unit, rounds: [floor] },
      { what: 'session rows and indexes', unit, rounds: [session], floor: [floor] },
      { what: 'address rows and indexes', unit, rounds: [address] },
      { what: 'both', unit, rounds: [all], goal: { of: 'figure', atMost: 1_000, reach: 512 } },
      { what: 'session JSON', unit, rounds: [length], goal: { of: 'figure', atMost: 512 } },
    ]
  } finally {
    await client.end()
  }
}

/** Every session opened, each at the question about the sex. */
async function readSessions(ground: Ground, client: pg.Client): Promise<string[]> {
  const { seal } = ground
  const { rows } = await client.query<{ id: string; body: Buffer }>(
    'SELECT address_id AS id, body FROM session',
  )
  mustEqual(rows.length, talks, 'open talks')
  return rows.map(({ id, body }) => {
    const json = seal.open(body, `session.body:${id}`)
    const { talk } = readSession(json)
    const answers = talk ? readAnswers(talk.answers) : {}
    mustEqual(answers['birth-place'], 'Martapura', 'the ninth answer')
    mustEqual(Object.keys(answers).length, 8, 'answers')
    return json
  })
}
