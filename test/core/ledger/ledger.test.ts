// The ledger against worked examples, and against a second one that lives through every day.
import { describe, expect, it, test } from 'vitest'
import { type Membership, priceOf } from '../../../src/core/ledger/membership.ts'
import { drawUpMonths, type PaidMonths } from '../../../src/core/ledger/months.ts'
import { monthsPaidBy, oldestUnpaid, withPaid } from '../../../src/core/ledger/pay.ts'
import { standingOn } from '../../../src/core/ledger/standing.ts'
import { readRates } from '../../../src/rates-file.ts'
import oracles from '../oracles.json' with { type: 'json' }
import { lifeOf } from './lives.ts'
import { liveThrough, type SlowLife } from './slow-ledger.ts'

const rates = readRates('flows/rates')

const vegetableSeller: Membership = {
  ...{ segment: 'bpu', sector: 'other', payer: 'self', baseRupiah: 1_000_000 },
  ...{ programmes: ['jkk', 'jkm'], firstMonth: '2026-07' },
}
const official: Membership = {
  ...{ segment: 'pu', sector: 'other', payer: 'village', baseRupiah: 2_000_000 },
  ...{ programmes: ['jkk', 'jkm'], firstMonth: '2026-07' },
}
const none: PaidMonths = new Map()

function paidUntil(membership: Membership, count: number, on: string): PaidMonths {
  return withPaid(none, oldestUnpaid(membership, none, count), on)
}

function standing(membership: Membership, paid: PaidMonths, on: string) {
  return standingOn(membership, drawUpMonths(membership, paid, on, rates), on, rates)
}

describe('the price of a month', () => {
  const totals = (membership: Membership, months: string[]) =>
    months.map((month) => priceOf(membership, month, rates).totalRupiah)

  it('is that of the contribution month, whenever it is paid', () => {
    expect(totals(vegetableSeller, ['2026-03', '2026-04', '2026-12', '2027-01'])).toEqual([
      16_800, 8_400, 8_400, 16_800,
    ])
    const driver: Membership = { ...vegetableSeller, sector: 'transport' }
    expect(totals(driver, ['2025-12', '2026-01', '2027-03', '2027-04'])).toEqual([
      16_800, 8_400, 8_400, 16_800,
    ])
  })

  it('is full where the regency pays, and open where the village does', () => {
    expect(priceOf({ ...vegetableSeller, payer: 'apbd' }, '2026-11', rates)).toMatchObject({
      totalRupiah: 16_800,
      certainty: 'sure',
    })
    expect(priceOf({ ...vegetableSeller, payer: 'village' }, '2026-11', rates)).toMatchObject({
      totalRupiah: 16_800,
      certainty: 'officer',
      alternatives: [8_400, 16_800],
    })
  })

  it('of the brackets is that of each base itself', () => {
    for (const { base } of oracles.bpu_table) {
      const price = priceOf({ ...vegetableSeller, baseRupiah: base }, '2027-06', rates)
      expect([base, price.jkk]).toEqual([base, base / 100])
    }
  })

  it('of village staff is what villages were billed', () => {
    expect(priceOf(official, '2026-07', rates)).toMatchObject({ jkk: 4_800, totalRupiah: 10_800 })
    const head: Membership = {
      ...official,
      ...{ baseRupiah: 3_400_000, programmes: ['jkk', 'jkm', 'jht'] },
    }
    expect(priceOf(head, '2025-09', rates)).toMatchObject({ jht: 193_800, totalRupiah: 212_160 })
  })
})

describe('where a membership stands', () => {
  it('is due from the first of its month, and late only after the moved due day', () => {
    const paid = paidUntil(vegetableSeller, 1, '2026-07-10')
    expect(standing(vegetableSeller, paid, '2026-07-31').state).toBe('paid-up')
    expect(standing(vegetableSeller, paid, '2026-08-01').state).toBe('due')
    // 15 August 2026 was a Saturday, the 17th a holiday.
    expect(standing(vegetableSeller, paid, '2026-08-18').state).toBe('due')
    expect(standing(vegetableSeller, paid, '2026-08-19').state).toBe('late')
  })

  it('of wage earners is due a month later', () => {
    expect(standing(official, none, '2026-07-31')).toMatchObject({ state: 'paid-up', unpaid: [] })
    expect(standing(official, none, '2026-08-01').state).toBe('due')
    expect(standing(official, none, '2026-12-01')).toMatchObject({ state: 'late', lateMonths: 4 })
  })

  it('is perhaps no longer active from the third late month, and then no more is drawn up', () => {
    // The published case: paid until July, looked at on 21 November.
    const paid = paidUntil(vegetableSeller, 1, '2026-07-10')
    expect(standing(vegetableSeller, paid, '2026-09-16')).toMatchObject({
      state: 'late',
      lateMonths: 2,
    })
    expect(standing(vegetableSeller, paid, '2026-10-16')).toMatchObject({
      state: 'maybe-ended',
      lateMonths: 3,
    })
    const later = standing(vegetableSeller, paid, '2027-05-01')
    expect(later.unpaid.map(({ month }) => month)).toEqual([
      ...['2026-08', '2026-09', '2026-10', '2026-11'],
    ])
    expect(later).toMatchObject({ state: 'maybe-ended', totalRupiah: 4 * 8_400 })
  })

  it('goes on after the arrears are paid, each at its own price', () => {
    const paid = paidUntil(vegetableSeller, 5, '2027-01-20')
    const back = standing(vegetableSeller, paid, '2027-01-20')
    expect(back.unpaid.map(({ month, totalRupiah }) => [month, totalRupiah])).toEqual([
      ['2026-12', 8_400],
      ['2027-01', 16_800],
    ])
  })

  it('ends with the last month', () => {
    const leaver = { ...vegetableSeller, lastMonth: '2026-09' }
    expect(drawUpMonths(leaver, none, '2026-12-01', rates)).toHaveLength(3)
    expect(oldestUnpaid(leaver, none, 12)).toHaveLength(3)
  })
})

describe('a late fine', () => {
  const employer: Membership = { ...official, payer: 'csr', baseRupiah: 1_851_851_852 }

  it('is two percent of what was due for each month begun', () => {
    // The published case: of 10 million, 200 thousand.
    expect(standing(employer, none, '2026-09-15')).toMatchObject({
      totalRupiah: 20_000_000,
      fine: { rupiah: 200_000, certainty: 'sure' },
    })
    expect(standing(employer, none, '2026-09-19').fine.rupiah).toBe(600_000)
  })

  it('is nobody’s who works for themselves, not the state’s, and open for villages', () => {
    expect(standing(vegetableSeller, none, '2026-11-21').fine).toEqual(free)
    expect(standing({ ...official, payer: 'apbd' }, none, '2026-11-21').fine).toEqual(free)
    expect(standing(official, none, '2026-11-21').fine).toEqual({ rupiah: 0, certainty: 'officer' })
  })
  const free = { rupiah: 0, certainty: 'sure' }
})

describe('an amount', () => {
  it('pays the oldest months whose prices it is exactly', () => {
    const paid = paidUntil(vegetableSeller, 5, '2026-11-10')
    expect(monthsPaidBy(vegetableSeller, paid, 8_400 + 2 * 16_800, rates)).toEqual([
      ...['2026-12', '2027-01', '2027-02'],
    ])
    expect(monthsPaidBy(vegetableSeller, paid, 16_800, rates)).toBeUndefined()
    expect(monthsPaidBy(vegetableSeller, paid, 0, rates)).toBeUndefined()
  })

  it('that would fit two readings is for an officer', () => {
    const byVillage: Membership = { ...vegetableSeller, payer: 'village' }
    expect(monthsPaidBy(byVillage, none, 8_400, rates)).toEqual(['2026-07'])
    expect(monthsPaidBy(byVillage, none, 16_800, rates)).toBeUndefined()
    expect(monthsPaidBy(byVillage, none, 3 * 8_400, rates)).toEqual([
      ...['2026-07', '2026-08', '2026-09'],
    ])
  })
})

/** Until then a life is lived; longer lives: LIVES=2000. */
const until = '2028-03-31'
const lives = Number(process.env.LIVES ?? 12)

test('agrees with the second ledger on every day of every life', () => {
  const seen = new Set<string>()
  for (let seed = 1; seed <= lives; seed++) {
    const { life } = lifeOf(seed, until)
    let paid: PaidMonths = none
    const membership = membershipOf(life)
    for (const { on, state, unpaid, late, total } of liveThrough(life, until)) {
      const count = life.payments.get(on) ?? 0
      if (count > 0) paid = withPaid(paid, oldestUnpaid(membership, paid, count), on)
      const quick = standing(membership, paid, on)
      const found = {
        state: quick.state,
        unpaid: quick.unpaid.map(({ month }) => month),
        late: quick.lateMonths,
        total: quick.totalRupiah,
      }
      seen.add(state)
      if (JSON.stringify(found) !== JSON.stringify({ state, unpaid, late, total })) {
        expect({ seed, on, ...found }).toEqual({ seed, on, state, unpaid, late, total })
      }
    }
  }
  expect([...seen].sort()).toEqual(['due', 'late', 'maybe-ended', 'paid-up'])
})

function membershipOf({ segment, sector, payer, base, jht, firstMonth }: SlowLife): Membership {
  const programmes = jht ? (['jkk', 'jkm', 'jht'] as const) : (['jkk', 'jkm'] as const)
  return { segment, sector, payer, baseRupiah: base, programmes, firstMonth }
}
