// Each figure of the workplace is a count of rows, and only of rows in the officer's own area.
import { beforeAll, expect, test } from 'vitest'
import { sumProgress } from '../../src/core/area-progress.ts'
import {
  countRegistered,
  countRegisteredByWeek,
  readAreaProgress,
} from '../../src/registry/office-figures.ts'
import {
  countOpenAlarms,
  countUndecided,
  countWaitingTickets,
} from '../../src/registry/office-waiting.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { realVillages } from '../support/real-book.ts'
import { makeMember } from './members.ts'
import { makeAddress, openStage } from './stage.ts'

const { db } = await openStage()
const { pool } = db
const here = '63.03'
const there = '63.02'

beforeAll(async () => {
  const known = realVillages().filter(({ code }) => /^63\.0[23]\.0[45]/.test(code))
  await loadVillages(db, 'two districts', known)
})

async function setUp(village: string, cohort: string, posts: number) {
  await pool.query(
    `INSERT INTO village_cohort (village_code, cohort, posts, fund, set_by)
     SELECT $1, $2, $3, 'add', max(id) FROM post`,
    [village, cohort, posts],
  )
}

async function holds(village: string, cohort: string, state: string) {
  const { id } = await makeMember(db, { village, payer: 'village', state })
  await pool.query(
    `INSERT INTO staff (village_code, cohort, position, submission_id, from_on, set_by)
     SELECT $1, $2, 'Anggota', $3, '2026-11-01', max(id) FROM post`,
    [village, cohort, id],
  )
}

test('villages and groups by regency, district and village', async () => {
  await makeOfficial(db, 'village-head', homes.own)
  const { rows } = await pool.query<{ code: string }>(
    `SELECT code FROM village WHERE code LIKE '63.03.05.%' AND kind = 'desa' ORDER BY code LIMIT 3`,
  )
  const [aware = '', started = ''] = rows.map(({ code }) => code)
  await setUp(aware, 'bpd', 9)
  await setUp(aware, 'bpd', 3)
  await setUp(started, 'kader', 4)
  await setUp(homes.elsewhere, 'bpd', 5)
  for (const state of ['registered', 'registered', 'submitted']) await holds(aware, 'bpd', state)
  await holds(started, 'kader', 'submitted')
  await holds(homes.elsewhere, 'bpd', 'registered')
  await pool.query(
    `INSERT INTO village_status (village_code, ordinal, is_sadar, since_on, reason, people)
     VALUES ($1, 1, false, '2026-10-01', 'lost', 1), ($1, 2, true, '2026-11-01', 'given', 2),
            ($2, 1, true, '2026-10-01', 'given', 2), ($2, 2, false, '2026-11-01', 'lost', 2)`,
    [aware, started],
  )
  const { villages, cohorts } = await readAreaProgress(pool, here)
  const [regency] = sumProgress(villages, 2)
  const { rows: counted } = await pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM village WHERE kind = 'desa' AND code LIKE '63.03.%'`,
  )
  const all = counted[0]?.count ?? 0
  expect(all).toBeGreaterThan(20)
  expect(regency).toEqual({
    ...{ code: here, villages: all, aware: 1, underWay: 1, idle: all - 2 },
    ...{ posts: 7, registered: 2, waiting: 2 },
  })
  expect(cohorts).toEqual([
    { cohort: 'bpd', posts: 3, registered: 2, waiting: 1 },
    { cohort: 'kader', posts: 4, registered: 0, waiting: 1 },
  ])
  for (const parts of [2, 3, 4] as const) {
    const sums = sumProgress(villages, parts)
    const total = (key: 'villages' | 'registered' | 'posts') =>
      sums.reduce((sum, one) => sum + one[key], 0)
    expect([total('villages'), total('registered'), total('posts')]).toEqual([all, 2, 7])
    expect(sums.every(({ code }) => code.split('.').length === parts)).toBe(true)
  }
  const both = await readAreaProgress(pool, `${there} ${here}`)
  expect(sumProgress(both.villages, 2).map(({ code, posts }) => [code, posts])).toEqual([
    [there, 5],
    [here, 7],
  ])
})

test('weeks begin on Monday in the zone of the branch, and people are counted, not programmes', async () => {
  const zone = 'Asia/Makassar'
  await pool.query('UPDATE enrolment SET registered_at = NULL')
  const at = (registeredAt: string, village: string = homes.own) =>
    makeMember(db, { village, registeredAt })
  // Sunday 29 November 2026, 23.30 and half an hour past midnight in Makassar.
  await at('2026-11-29T15:30:00Z')
  await at('2026-11-29T16:30:00Z')
  await at('2026-12-09T04:00:00Z')
  await at('2026-12-09T04:00:00Z', homes.elsewhere)
  await at('2026-09-01T04:00:00Z')
  const weeks = await countRegisteredByWeek(pool, here, '2026-12-10', zone, 4)
  expect(weeks).toEqual([
    { fromOn: '2026-11-16', count: 0 },
    { fromOn: '2026-11-23', count: 1 },
    { fromOn: '2026-11-30', count: 1 },
    { fromOn: '2026-12-07', count: 1 },
  ])
})

test('growth in a year: people registered now, and those who were so a year ago', async () => {
  const { now, yearAgo } = await countRegistered(pool, here)
  await makeMember(db, { registeredAt: '2024-05-01T04:00:00Z' })
  await makeMember(db, { registeredAt: '2024-05-01T04:00:00Z', state: 'ended' })
  await makeMember(db, { registeredAt: '2024-05-01T04:00:00Z', village: homes.elsewhere })
  expect(await countRegistered(pool, here)).toEqual({ now: now + 1, yearAgo: yearAgo + 1 })
})

test('what waits: of the own area and of nobody’s, with the oldest moment', async () => {
  await pool.query(`UPDATE enrolment SET state = 'registered' WHERE state = 'submitted'`)
  expect(await countUndecided(pool, here)).toEqual({ count: 0, since: null })
  const park = async (village: string | null, createdAt: string) => {
    const { id } = await makeMember(db, { village: homes.own, state: 'refused' })
    await pool.query(
      `UPDATE submission SET state = 'parked', village_code = $2, created_at = $3 WHERE id = $1`,
      [id, village, createdAt],
    )
  }
  await park(homes.own, '2026-11-02T01:00:00Z')
  await park(null, '2026-11-03T01:00:00Z')
  await park(homes.elsewhere, '2026-11-01T01:00:00Z')
  const { id } = await makeMember(db, { state: 'submitted' })
  await pool.query(`UPDATE submission SET village_code = $2 WHERE id = $1`, [id, homes.own])
  expect(await countUndecided(pool, here)).toEqual({
    ...{ count: 3, since: new Date('2026-11-02T01:00:00Z') },
  })
  expect((await countUndecided(pool, there)).count).toBe(2)
})

test('tickets belong where the post or the newest submission of their address is', async () => {
  const open = async (addressId: number) => {
    await pool.query(`INSERT INTO ticket (address_id, reason) VALUES ($1, 'question')`, [addressId])
  }
  await open(await makeAddress(db, 'from nowhere'))
  await open(await makeOfficial(db, 'village-operator', homes.elsewhere))
  await open(await makeOfficial(db, 'branch-officer', `${here} 63.10`))
  const { id, addressId } = await makeMember(db)
  await pool.query(`UPDATE submission SET village_code = $2 WHERE id = $1`, [id, homes.own])
  await open(addressId)
  const counts = await Promise.all([here, there].map((area) => countWaitingTickets(pool, area)))
  expect(counts.map(({ count }) => count)).toEqual([3, 2])
  expect(await countOpenAlarms(pool)).toEqual({ count: 0, since: null })
})
