// Wages that change, on real rows: later months follow, earlier ones stay, officers see the rest.
import { expect, test } from 'vitest'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { listMembersToCheck } from '../../src/registry/members-to-check.ts'
import { closeWageDifferences, setWage } from '../../src/registry/wages.ts'
import { openReminderStage, pontianak } from '../jobs/reminder-stage.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { makeMember } from './members.ts'

const { messagesTo, pay, programAt, remind, stage } = await openReminderStage()
const { db, seal, book } = stage
const head = await makeOfficial(db, 'village-head', homes.own)
const drawUp = (on: string) => drawUpContributions.run(programAt(`${on}T00:20:00+08:00`), {})

/** The village sets up its group on a day. */
async function setUp(rupiah: number, on: string, village: string = homes.own) {
  await db.pool.query(
    `INSERT INTO village_cohort (village_code, cohort, posts, segment, base, base_rupiah, programmes,
                                 fund, set_by, set_at)
     SELECT $1, 'bpd', 5, 'PU', 'fixed', $2, 'basic', 'add', min(id), $3 FROM post`,
    [village, rupiah, `${on}T03:00:00Z`],
  )
}

/** A wage earner since November on a wage of a million. */
async function makeEarner(village: string = homes.own) {
  const member = { village, payer: 'village', segment: 'PU', startsOn: '2026-11-01' } as const
  const made = await makeMember(db, { ...member, addressId: head })
  await db.pool.query(
    `INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on, set_by)
     SELECT $1, 'bpd', 'Anggota', $2, decode(md5(random()::text), 'hex'), '2026-11-01', min(id)
       FROM post`,
    [village, made.id],
  )
  return made
}

async function ledgerOf(id: number) {
  const { rows } = await db.pool.query<{ told: string }>(
    `SELECT concat_ws(' ', to_char(month, 'YYYY-MM'), base_rupiah, total_rupiah) AS told
       FROM contribution WHERE submission_id = $1 ORDER BY month`,
    [id],
  )
  return rows.map(({ told }) => told)
}

async function changesOf(id: number) {
  const { rows } = await db.pool.query(
    `SELECT to_char(from_month, 'YYYY-MM') AS from, base_rupiah AS base, actor FROM wage_change
      WHERE submission_id = $1 ORDER BY id`,
    [id],
  )
  return rows
}

const differences = async () =>
  (await listMembersToCheck(db.pool, seal, { area: '63', on: '2026-12-15', rates: book.rates }))
    .filter(({ why }) => why === 'wage')
    .map(({ receipt, months, sinceOn, differenceRupiah: rupiah }) => {
      return { receipt, months, sinceOn, rupiah }
    })

await setUp(1_000_000, '2026-10-15')

test('a wage that the village changes holds from the first month that is not drawn up', async () => {
  const [one, ahead] = [await makeEarner(), await makeEarner()]
  await drawUp('2026-12-05')
  await pay(ahead.id, 4, '2026-12-06')
  await setUp(2_000_000, '2026-12-10')
  await drawUp('2026-12-10')
  await drawUp('2026-12-11')
  const before = ['2026-11 1000000 5400', '2026-12 1000000 5400']
  expect(await ledgerOf(one.id)).toEqual(before)
  expect(await changesOf(one.id)).toEqual([{ from: '2027-01', base: 2_000_000, actor: 'program' }])
  expect(await changesOf(ahead.id)).toEqual([
    { from: '2027-03', base: 2_000_000, actor: 'program' },
  ])
  await drawUp('2027-03-01')
  const later = ['2027-01', '2027-02', '2027-03'].map((month) => `${month} 2000000 10800`)
  expect(await ledgerOf(one.id)).toEqual([...before, ...later])
  expect((await ledgerOf(ahead.id)).slice(-2)).toEqual([
    ...['2027-02 1000000 5400', '2027-03 2000000 10800'],
  ])
  // What was paid ahead was paid on the old wage.
  expect(await differences()).toEqual([
    { receipt: ahead.receipt, months: 2, sinceOn: '2027-01-01', rupiah: 10_800 },
  ])
  await pay(one.id, 3, '2027-03-02')
  expect(await ledgerOf(one.id)).toEqual([...before, ...later])
})

test('the village is asked for the new amount', async () => {
  await db.pool.query(
    `UPDATE contribution SET paid_on = '2027-03-02' WHERE paid_on IS NULL AND month < '2027-03-01'`,
  )
  await remind('2027-04-08T09:00:00+08:00')
  const [message] = await messagesTo(head)
  expect(message?.text).toContain('Rp10.800 (Maret 2027)')
})

test('a wage that was wrong all along: the months stay, an officer sees what they lack', async () => {
  await setUp(1_000_000, '2026-10-15', pontianak)
  const { id, receipt } = await makeEarner(pontianak)
  await drawUp('2026-12-12')
  const given = { rates: book.rates, zone: book.branch.zone, actor: 'officer:budi' }
  const set = (baseRupiah: number, meantFrom: string) =>
    db.transaction((tx) => setWage(tx, given, { submissionId: id, baseRupiah, meantFrom }))
  expect(await set(1_500_000, '2026-11')).toMatchObject({ fromMonth: '2027-01' })
  const open = { receipt, months: 2, sinceOn: '2026-11-01', rupiah: 5_400 }
  expect(await differences()).toContainEqual(open)
  // What an officer has said holds until the village sets up the group once more.
  await drawUp('2027-01-02')
  expect(await ledgerOf(id)).toEqual([
    ...['2026-11 1000000 5400', '2026-12 1000000 5400', '2027-01 1500000 8100'],
  ])
  const close = () => db.transaction((tx) => closeWageDifferences(tx, id, 'officer:budi'))
  expect([await close(), await close()]).toEqual([true, false])
  expect(await differences()).not.toContainEqual(open)
  await setUp(1_200_000, '2099-01-01', pontianak)
  await drawUp('2027-02-01')
  expect((await ledgerOf(id)).at(-1)).toBe('2027-02 1200000 6480')
})

test('who earns no wage has none that could be set', async () => {
  const { id } = await makeMember(db)
  const given = { rates: book.rates, zone: book.branch.zone, actor: 'officer:budi' }
  const seen = { submissionId: id, baseRupiah: 2_000_000, meantFrom: '2026-11' }
  expect(await db.transaction((tx) => setWage(tx, given, seen))).toBeUndefined()
})
