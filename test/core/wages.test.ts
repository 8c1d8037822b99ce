// Which months a wage earner is charged on another wage, and which stay as they were drawn up.
import { expect, test } from 'vitest'
import { baseOf, type Membership, priceOf } from '../../src/core/ledger/membership.ts'
import type { Rates } from '../../src/core/rates.ts'
import { findWageChanges, toWageChange, type WageEarner } from '../../src/core/wages.ts'
import { readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')

/** The rates with a minimum wage of Kab. Banjar for 2027. */
const withUmk: Rates = {
  ...rates,
  figures: {
    ...rates.figures,
    'umk-rupiah': {
      ...rates.figures['umk-rupiah'],
      rows: rates.figures['umk-rupiah'].rows.map((row) =>
        row.from === '2027-01-01' ? { ...row, value: { '63.03': 4_000_000 } } : row,
      ),
    },
  },
}

const membership: Membership = {
  ...{ segment: 'pu', sector: 'other', payer: 'village', baseRupiah: 3_725_000 },
  ...{ programmes: ['jkk', 'jkm'], firstMonth: '2026-10' },
}
const earner: WageEarner = {
  ...{ membership, villageCode: '63.03.05.2056', position: 'Ketua RT', plannedOn: '2026-09-20' },
  plan: {
    ...{ cohort: 'rt-rw', posts: 9, fund: 'add' },
    own: { segment: 'PU', base: 'umk', programmes: 'basic' },
  },
  nextMonth: '2027-01',
}
const fixed = (rupiah: number): WageEarner['plan'] => ({
  ...earner.plan,
  own: { segment: 'PU', base: 'fixed', programmes: 'basic', rupiah },
})

test('a new minimum wage of the regency holds from its own month on', () => {
  expect(findWageChanges(earner, '2027-01-01', rates)).toEqual([])
  const [change, ...more] = findWageChanges(earner, '2027-01-01', withUmk)
  expect(more).toEqual([])
  const due = { fromMonth: '2027-01', baseRupiah: 4_000_000, meantFrom: '2027-01' }
  expect(change).toEqual({ ...due, differenceRupiah: 0 })
})

test('one that is loaded late leaves what was drawn up, and says what that lacks', () => {
  const late = { ...earner, nextMonth: '2027-03' }
  expect(findWageChanges(late, '2027-03-01', withUmk)).toEqual([
    // 0,54 percent of 275.000 more, for January and February.
    { fromMonth: '2027-03', baseRupiah: 4_000_000, meantFrom: '2027-01', differenceRupiah: 2_970 },
  ])
})

test('months of a downtime are each charged on their own wage', () => {
  const asleep = { ...earner, nextMonth: '2026-11', plan: earner.plan }
  const low = { ...asleep, membership: { ...membership, baseRupiah: 3_000_000 } }
  const changes = findWageChanges(low, '2027-02-05', withUmk)
  expect(changes.map(({ fromMonth, baseRupiah }) => [fromMonth, baseRupiah])).toEqual([
    ['2026-11', 3_725_000],
    ['2027-01', 4_000_000],
  ])
})

test('a wage that a village sets today says nothing of the months before today', () => {
  const raised = { ...earner, plan: fixed(4_200_000), plannedOn: '2026-12-10' }
  expect(findWageChanges(raised, '2026-12-10', rates)).toEqual([
    { fromMonth: '2027-01', baseRupiah: 4_200_000, meantFrom: '2027-01', differenceRupiah: 0 },
  ])
})

test('what is no wage any more, or is not known, changes nothing', () => {
  const own = { segment: 'BPU', base: 'fixed', programmes: 'basic', rupiah: 1_000_000 } as const
  const bpu = { ...earner, plan: { ...earner.plan, own } }
  expect(findWageChanges(bpu, '2027-01-01', rates)).toEqual([])
  const elsewhere = { ...earner, villageCode: '81.01.01.2001' }
  expect(findWageChanges(elsewhere, '2027-01-01', withUmk)).toEqual([])
})

test('the base that was said last holds, whatever month it begins in', () => {
  const bases = [
    { fromMonth: '2027-04', baseRupiah: 5_000_000 },
    { fromMonth: '2027-02', baseRupiah: 4_000_000 },
  ]
  const base = (month: string) => baseOf({ ...membership, bases }, month)
  expect(['2027-01', '2027-02', '2027-03', '2027-04', '2027-05'].map(base)).toEqual([
    ...[3_725_000, 4_000_000, 4_000_000, 4_000_000, 4_000_000],
  ])
  const price = (month: string) => priceOf({ ...membership, bases }, month, rates).totalRupiah
  expect([price('2027-01'), price('2027-02')]).toEqual([20_115, 21_600])
})

test('a difference that rests on a figure nobody knows is not guessed', () => {
  const pension: Membership = { ...membership, programmes: ['jkk', 'jkm', 'jht', 'jp'] }
  const seen = { baseRupiah: 4_000_000, meantFrom: '2027-02' }
  expect(toWageChange(pension, seen, '2027-04', rates)).toEqual({ ...seen, fromMonth: '2027-04' })
  const known = toWageChange(pension, seen, '2027-03', rates)
  // 9,24 percent of 275.000 more: 0,54 and 5,7 and 3.
  expect(known.differenceRupiah).toBe(25_410)
})
