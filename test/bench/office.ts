// The workplace over a hundred thousand enrolments: the first byte of each page, beside its floor.
import { createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import pg from 'pg'
import { Registry } from 'prom-client'
import { createMachine } from '../../src/machine.ts'
import { listVersion, readVillages } from '../../src/place-list.ts'
import { readBook } from '../../src/program.ts'
import { findAddresses } from '../../src/registry/addresses.ts'
import { keepCampaignCounts } from '../../src/registry/campaign-list.ts'
import type { Database } from '../../src/registry/database.ts'
import { makeInvite, redeemInvite } from '../../src/registry/invites.ts'
import type { Seal } from '../../src/registry/seal.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { officeApp } from '../../src/web/office/index.ts'
import { createServer } from '../../src/web/server.ts'
import { openGround } from './ground.ts'
import { mustEqual, percentile, type Row } from './measure.ts'
import { addCampaigns, fillBranch, nikOf, receiptOf } from './office-crowd.ts'

const enrolments = Number(process.env.BENCH_OFFICE ?? 100_000)
const looks = 20
const area = '63.02 63.03'

/** Pages by what they are called; those with words are forms that are sent. */
const pages: { what: string; path: string; words?: Record<string, string> }[] = [
  { what: 'Hari ini', path: '' },
  { what: 'Periksa', path: '/periksa' },
  { what: 'Periksa, one', path: `/periksa/${receiptOf(499)}` },
  { what: 'Percakapan', path: '/percakapan' },
  { what: 'Orang, the form', path: '/orang' },
  { what: 'Orang, a rare name', path: '/orang', words: { kata: 'Zubaidah' } },
  { what: 'Orang, a common name', path: '/orang', words: { kata: 'Siti Hidayati' } },
  { what: 'Orang, nobody', path: '/orang', words: { kata: 'Wigunawati' } },
  { what: 'Orang, a NIK', path: '/orang', words: { kata: nikOf(77) } },
  { what: 'Orang, one', path: `/orang/${receiptOf(4321)}` },
  { what: 'Desa', path: '/desa' },
  { what: 'Desa, regency', path: '/desa/63.03' },
  { what: 'Desa, district', path: '/desa/63.03.05' },
  { what: 'Desa, one', path: '/desa/63.03.05.2056' },
  { what: 'Kampanye, 200 of 50,000', path: '/kampanye' },
  { what: 'Masuk-keluar', path: '/masuk-keluar' },
  { what: 'Alur', path: '/alur' },
  { what: 'Alur, one', path: '/alur/villager-enrol' },
  { what: 'Mesin', path: '/mesin' },
  { what: 'Jejak', path: '/mesin/jejak' },
  { what: 'Perangkat', path: '/perangkat' },
]

/** The middle and the slowest of many looks at each page, one after the other. */
export async function office(): Promise<Row[]> {
  const ground = await openGround()
  const ending = new AbortController()
  const all = readVillages()
  const book = readBook({ OPERATOR: 'Cabang' }, all)
  const runtime = ground.runtimeOf(book, () => undefined)
  const { db, seal } = runtime
  const floor = new Hono().get('/', async (c) => {
    await db.pool.query('SELECT 1')
    return c.html('<!doctype html><title>1</title>')
  })
  const queues = { states: async () => [], retry: async () => 0 }
  const machine = createMachine(book, {}, queues, ending.signal)
  const server = createServer({
    ...{ port: 0, host: '127.0.0.1', metrics: new Registry(), title: 'Sapa Desa' },
    apps: [
      { path: '/kantor', app: officeApp({ ...runtime, machine }) },
      { path: '/floor', app: floor },
    ],
    ready: async () => ({ isReady: true, states: {} }),
    words: (id) => id,
    onError: (error) => console.error(error),
  })
  try {
    const villages = all.filter(({ code }) => /^63\.0[23]\./.test(code))
    await loadVillages(db, listVersion, villages)
    const codes = villages.map(({ code }) => code)
    await makeHead(db, seal)
    await fillBranch(db, seal, enrolments, codes)
    await tidyUp(ground.url)
    await keepCampaignCounts(db, 1_000)
    const url = `http://127.0.0.1:${await server.listen()}`
    return await measureAll(db, url)
  } finally {
    ending.abort()
    await server.close()
    await ground.close()
  }
}

async function measureAll(db: Database, url: string): Promise<Row[]> {
  const floor = await look(looks * 5, () => fetch(`${url}/floor`))
  const unit = 'ms'
  const rows: Row[] = [
    { what: 'a page of SELECT 1, middle (floor)', unit, rounds: [percentile(floor, 0.5)] },
    { what: 'a page of SELECT 1, 99 of 100 (floor)', unit, rounds: [percentile(floor, 0.99)] },
  ]
  for (const { what, path, words } of pages) {
    const open = await makeBrowsers(db, url)
    const times = await look(looks, () => open(path, words))
    const of = (share: number) => ({
      ...{ unit, rounds: [percentile(times, share)], floor: [percentile(floor, share)] },
      goal: { of: 'figure', atMost: 100 } as const,
    })
    rows.push({ what: `${what}, middle`, ...of(0.5) }, { what: `${what}, 99 of 100`, ...of(0.99) })
  }
  return rows
}

/** Milliseconds until the first byte of each look; the answer is read to its end before the next. */
async function look(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const times: number[] = []
  for (let n = -5; n < count; n++) {
    const startedAt = performance.now()
    const answer = await ask()
    if (n >= 0) times.push(performance.now() - startedAt)
    mustEqual(answer.status, 200, answer.url)
    await answer.text()
  }
  return times
}

/** What the database does by itself after a while; only the owner of the tables may. */
async function tidyUp(url: string) {
  const owner = new pg.Client(url)
  await owner.connect()
  await addCampaigns(owner, enrolments / 2)
  await owner.query('VACUUM (ANALYZE)')
  await owner.end()
}

async function makeHead(db: Database, seal: Seal) {
  const code = 'BENCHHEAD0'
  const given = { code, role: 'branch-head', area, name: 'Vina Contoh', madeBy: 'bench' } as const
  await db.transaction(async (tx) => {
    const chats = [{ channel: 'console', address: 'bench' }]
    const [addressId = 0] = await findAddresses(tx, seal, chats)
    await makeInvite(tx, seal, given)
    await redeemInvite(tx, seal, addressId, { code, pin: '270945' })
  })
}

/** Somebody who is signed in, with the key of the forms. */
async function makeBrowsers(db: Database, url: string) {
  const token = randomBytes(32).toString('base64url')
  await db.pool.query(
    `INSERT INTO office_session (post_id, token_hash, device, expires_at)
     SELECT min(id), $1, 'Bench', now() + interval '1 hour' FROM post`,
    [createHash('sha256').update(token).digest()],
  )
  const headers = { cookie: `kantor=${token}`, 'sec-fetch-site': 'same-origin' }
  const page = await (await fetch(`${url}/kantor/perangkat`, { headers })).text()
  const kunci = /name="kunci" value="([^"]+)"/.exec(page)?.[1] ?? ''
  return (path: string, words?: Record<string, string>) => {
    const body = words && new URLSearchParams({ kunci, desa: '', ...words })
    return fetch(`${url}/kantor${path}`, { headers, ...(body && { method: 'POST', body }) })
  }
}
