// The ledger's rows: months come by themselves, follow the rates until they are paid, then stay.
import { expect, test } from 'vitest'
import { oldestUnpaid } from '../../src/core/ledger/pay.ts'
import { must } from '../../src/core/must.ts'
import { drawUpContributions } from '../../src/jobs/draw-up-contributions.ts'
import { createLog } from '../../src/log.ts'
import { listAlarms } from '../../src/registry/alarms.ts'
import { claimPaid } from '../../src/registry/claims.ts'
import { findMembership, recordPayments } from '../../src/registry/contributions.ts'
import type { Runtime } from '../../src/runtime.ts'
import { makeMember } from './members.ts'
import { openStage } from './stage.ts'

const { db, book, seal } = await openStage()
const zone = 'Asia/Makassar'

function drawUp(on: string, changed: Partial<Runtime> = {}) {
  const clock = { today: () => on }
  const log = createLog('silent')
  const runtime = { db, book, seal, log, clock, ring: () => undefined, ...changed }
  return drawUpContributions.run(runtime as unknown as Runtime, {})
}

async function monthsOf(id: number) {
  const { rows } = await db.pool.query<{ month: string; total: number; paid_on: string | null }>(
    `SELECT to_char(month, 'YYYY-MM') AS month, total_rupiah AS total, paid_on FROM contribution
      WHERE submission_id = $1 ORDER BY month`,
    [id],
  )
  return rows.map((row) => [row.month, row.total, row.paid_on])
}

async function pay(id: number, count: number, paidOn: string) {
  const kept = must(await findMembership(db.pool, zone, id), 'the member')
  const months = oldestUnpaid(kept.membership, kept.paid, count)
  await db.transaction((tx) => recordPayments(tx, [{ kept, months, paidOn }], book.rates))
}

test('months come as they begin, each once, however often and by how many they are drawn up', async () => {
  const { id } = await makeMember(db)
  await Promise.all([drawUp('2026-11-30'), drawUp('2026-11-30')])
  expect(await monthsOf(id)).toEqual([['2026-11', 8_400, null]])
  await drawUp('2027-01-01')
  await drawUp('2026-12-31')
  expect(await monthsOf(id)).toEqual([
    ['2026-11', 8_400, null],
    ['2026-12', 8_400, null],
    ['2027-01', 16_800, null],
  ])
})

test('the first month is the wished one, or that in which the number was issued here', async () => {
  // 31 December, 17:00 in London, is New Year in Martapura.
  const late = await makeMember(db, { registeredAt: '2026-12-31T17:00:00Z' })
  const early = await makeMember(db, { registeredAt: '2026-12-31T15:59:00Z' })
  const waiting = await makeMember(db, { state: 'submitted' })
  await drawUp('2027-01-10')
  expect((await monthsOf(late.id)).map(([month]) => month)).toEqual(['2027-01'])
  expect((await monthsOf(early.id)).map(([month]) => month)).toEqual(['2026-12', '2027-01'])
  expect(await monthsOf(waiting.id)).toEqual([])
})

test('the oldest months are paid first, also ahead, and stay as they were paid', async () => {
  const { id } = await makeMember(db)
  await drawUp('2026-12-05')
  await pay(id, 3, '2026-12-06')
  await drawUp('2027-01-05')
  expect(await monthsOf(id)).toEqual([
    ['2026-11', 8_400, '2026-12-06'],
    ['2026-12', 8_400, '2026-12-06'],
    ['2027-01', 16_800, '2026-12-06'],
  ])
  const change = `UPDATE contribution SET total_rupiah = 1, jkk = 1, jkm = 0
                   WHERE submission_id = $1`
  await expect(db.pool.query(change, [id])).rejects.toThrow('never changed')
  await expect(db.pool.query('DELETE FROM contribution')).rejects.toThrow('never changed')
})

test('an unpaid month follows the rates, a paid one does not', async () => {
  const [open, paid] = [await makeMember(db), await makeMember(db)]
  await drawUp('2026-11-05')
  await pay(paid.id, 1, '2026-11-06')
  const figure = structuredClone(book.rates.figures['bpu-jkm-rupiah'])
  must(figure.rows[0], 'a row').value = 7_000
  const figures = { ...book.rates.figures, 'bpu-jkm-rupiah': figure }
  const dearer = { ...book, rates: { ...book.rates, figures } }
  await drawUp('2026-11-07', { book: dearer })
  expect(await monthsOf(open.id)).toEqual([['2026-11', 8_500, null]])
  expect(await monthsOf(paid.id)).toEqual([['2026-11', 8_400, '2026-11-06']])
})

test('one membership whose figures are not known holds up no other', async () => {
  const unknown = await makeMember(db, { startsOn: '2020-09-01' })
  const known = await makeMember(db)
  await drawUp('2026-11-05')
  expect(await monthsOf(unknown.id)).toEqual([])
  expect(await monthsOf(known.id)).toHaveLength(1)
})

test('a month that rests on a figure nobody knows is not drawn up, an officer is told', async () => {
  const programmes = ['JKK', 'JKM', 'JHT', 'JP']
  const wage = { segment: 'PU', payer: 'village', base: 2_000_000 } as const
  const { id } = await makeMember(db, { ...wage, programmes, startsOn: '2027-01-01' })
  const told = async () =>
    (await listAlarms(db.pool)).filter(({ kind }) => kind === 'price-unknown')
  const before = (await told())[0]?.detail ?? '0'
  await drawUp('2027-02-10')
  expect((await told())[0]?.detail ?? '0').toBe(before)
  await drawUp('2027-04-10')
  // 9,24 percent of two million: the ceiling of JP is known until February.
  expect(await monthsOf(id)).toEqual([
    ['2027-01', 184_800, null],
    ['2027-02', 184_800, null],
  ])
  expect(Number((await told())[0]?.detail)).toBe(Number(before) + 1)
  const figure = structuredClone(book.rates.figures['jp-ceiling-rupiah'])
  must(figure.rows.at(-1), 'a row').value = 11_500_000
  const figures = { ...book.rates.figures, 'jp-ceiling-rupiah': figure }
  await drawUp('2027-04-11', { book: { ...book, rates: { ...book.rates, figures } } })
  expect((await monthsOf(id)).map(([month]) => month)).toEqual([
    ...['2027-01', '2027-02', '2027-03', '2027-04'],
  ])
  expect((await told())[0]?.detail ?? '0').toBe(before)
})

test('SUDAH BAYAR is one claim until all that it says is paid', async () => {
  const { id, addressId } = await makeMember(db)
  await drawUp('2026-12-05')
  const claims = async () => {
    const { rows } = await db.pool.query(
      `SELECT to_char(until_month, 'YYYY-MM') AS until, state FROM payment_claim
        WHERE submission_id = $1`,
      [id],
    )
    return rows
  }
  await db.transaction((tx) => claimPaid(tx, addressId))
  await db.transaction((tx) => claimPaid(tx, addressId))
  expect(await claims()).toEqual([{ until: '2026-12', state: 'open' }])
  await pay(id, 1, '2026-12-06')
  expect(await claims()).toEqual([{ until: '2026-12', state: 'open' }])
  await pay(id, 1, '2026-12-07')
  expect(await claims()).toEqual([{ until: '2026-12', state: 'confirmed' }])
})
