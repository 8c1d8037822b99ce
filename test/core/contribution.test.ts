// Prices of people who work for themselves: brackets, discount months, prices told ahead.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, monthsBetween } from '../../src/core/calendar.ts'
import type { BpuProgramme } from '../../src/core/contribution.ts'
import { bpuContribution, bracketFor, prepaid, priceSchedule } from '../../src/core/contribution.ts'
import type { Payer } from '../../src/core/rates.ts'
import { RatesError } from '../../src/core/rates.ts'
import { puContribution } from '../../src/core/wage-contribution.ts'
import { readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')
const ON = '2026-11-21'

const terms = (changes: { payer?: Payer; sector?: 'transport' | 'other'; jht?: boolean } = {}) => ({
  incomeRupiah: 1_000_000,
  programmes: (changes.jht ? ['jkk', 'jkm', 'jht'] : ['jkk', 'jkm']) as BpuProgramme[],
  sector: changes.sector ?? 'other',
  payer: changes.payer ?? 'self',
})

const priceIn = (month: string, changes: Parameters<typeof terms>[0] = {}) =>
  bpuContribution({ ...terms(changes), month }, rates)

const anyMonth = fc.integer({ min: 0, max: 80 }).map((count) => addMonths('2021-02', count))

describe('brackets', () => {
  const anyIncome = fc.integer({ min: 0, max: 40_000_000 })

  it('never charge a larger income less', () => {
    fc.assert(
      fc.property(anyIncome, anyIncome, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(bracketFor(less, '2026-11', rates).baseRupiah).toBeLessThanOrEqual(
          bracketFor(more, '2026-11', rates).baseRupiah,
        )
      }),
    )
  })

  it.each([
    [0, 1_000_000],
    [1_099_001, 1_000_000],
    [1_099_999, 1_000_000],
    [1_100_000, 1_200_000],
    [1_299_999, 1_200_000],
    [2_699_999, 2_600_000],
    [2_700_000, 2_950_000],
    [8_199_999, 7_950_000],
    [8_200_000, 8_700_000],
    [18_200_000, 18_700_000],
    [19_199_999, 18_700_000],
    [20_199_999, 19_700_000],
    [20_200_000, 20_700_000],
    [1_000_000_000, 20_700_000],
  ])('an income of %d is charged on %d', (income, base) => {
    expect(bracketFor(income, '2026-11', rates).baseRupiah).toBe(base)
  })

  it('change exactly at each row, never one rupiah before', () => {
    const rows = rates.figures['bpu-brackets'].rows[0]?.value ?? []
    expect(rows).toHaveLength(33)
    for (const [i, row] of rows.slice(1).entries()) {
      expect(bracketFor(row.fromRupiah, '2026-11', rates)).toEqual(row)
      expect(bracketFor(row.fromRupiah - 1, '2026-11', rates)).toEqual(rows[i])
    }
  })

  it('refuse an income below nothing', () => {
    expect(() => bracketFor(-1, '2026-11', rates)).toThrow(RangeError)
  })
})

describe('the discount', () => {
  it.each([
    ['2025-12', 16_800, 16_800],
    ['2026-01', 16_800, 8_400],
    ['2026-03', 16_800, 8_400],
    ['2026-04', 8_400, 8_400],
    ['2026-12', 8_400, 8_400],
    ['2027-01', 16_800, 8_400],
    ['2027-03', 16_800, 8_400],
    ['2027-04', 16_800, 16_800],
  ])('in %s the price is %d, for drivers %d', (month, other, transport) => {
    expect(priceIn(month).total).toBe(other)
    expect(priceIn(month, { sector: 'transport' }).total).toBe(transport)
  })

  it.each<[Payer, number, boolean, 'sure' | 'officer', [number, number] | undefined]>([
    ['self', 8_400, true, 'sure', undefined],
    ['relative', 8_400, true, 'officer', undefined],
    ['csr', 8_400, true, 'officer', undefined],
    ['agent', 8_400, true, 'officer', undefined],
    ['village', 16_800, false, 'officer', [8_400, 16_800]],
    ['apbn', 16_800, false, 'sure', undefined],
    ['apbd', 16_800, false, 'sure', undefined],
  ])('paid by %s', (payer, total, discounted, certainty, alternatives) => {
    const price = priceIn('2026-11', { payer })
    expect(price).toMatchObject({ total, discounted, certainty, fullTotal: 16_800 })
    expect(price.alternatives).toEqual(alternatives)
  })

  it('leaves no doubt about who pays once it is over', () => {
    expect(priceIn('2027-05', { payer: 'village' })).toMatchObject({ certainty: 'sure' })
    expect(priceIn('2027-05', { payer: 'village' }).alternatives).toBeUndefined()
  })

  it('never touches JHT', () => {
    expect(priceIn('2026-11', { jht: true })).toMatchObject({ jht: 20_000, total: 28_400 })
    const jhtAlone = { ...terms({ payer: 'village' }), programmes: ['jht' as const] }
    expect(bpuContribution({ ...jhtAlone, month: '2026-11' }, rates)).toMatchObject({
      ...{ total: 20_000, discounted: false, certainty: 'sure' },
    })
  })
})

describe('every contribution month from 2019 to 2027', () => {
  const covid = ['2020-08', '2020-09', '2020-10', '2020-11', '2020-12', '2021-01']
  it.each(['transport', 'other'] as const)('has a price, except in the Covid cut: %s', (sector) => {
    const unknown: string[] = []
    for (let month = '2019-01'; month <= '2027-12'; month = addMonths(month, 1)) {
      try {
        expect(priceIn(month, { sector }).fullTotal).toBe(16_800)
      } catch (error) {
        if (!(error instanceof RatesError)) throw error
        unknown.push(month)
      }
    }
    expect(unknown).toEqual(covid)
  })
})

describe('the price told ahead', () => {
  it('names both prices and where one ends', () => {
    const periods = priceSchedule({ ...terms(), fromMonth: '2026-11' }, rates)
    expect(
      periods.map(({ fromMonth, untilMonth, price }) => [fromMonth, untilMonth, price.total]),
    ).toEqual([
      ['2026-11', '2026-12', 8_400],
      ['2027-01', undefined, 16_800],
    ])
  })

  it('joins months of one price, without a gap, each at its own month', () => {
    const anySector = fc.constantFrom('transport' as const, 'other' as const)
    fc.assert(
      fc.property(anyMonth, anySector, fc.boolean(), (fromMonth, sector, jht) => {
        const all = { ...terms({ sector, jht }), fromMonth }
        const periods = priceSchedule(all, rates)
        expect(periods[0].fromMonth).toBe(fromMonth)
        expect(periods.at(-1)?.untilMonth).toBeUndefined()
        for (const [i, period] of periods.slice(1).entries()) {
          expect(period.fromMonth).toBe(addMonths(periods[i]?.untilMonth ?? '', 1))
          expect(period.price.total).not.toBe(periods[i]?.price.total)
          expect(period.price.total).toBe(priceIn(period.fromMonth, { sector, jht }).total)
        }
      }),
    )
  })

  it('sees the end of the drivers’ window from its first month on', () => {
    const periods = priceSchedule(
      { ...terms({ sector: 'transport' }), fromMonth: '2026-01' },
      rates,
    )
    expect(periods.map((period) => period.fromMonth)).toEqual(['2026-01', '2027-04'])
  })
})

describe('several months at once', () => {
  it.each([
    ['2026-11', 1, 8_400, '2026-11'],
    ['2026-11', 3, 33_600, '2027-01'],
    ['2026-11', 6, 84_000, '2027-04'],
    ['2026-11', 12, 184_800, '2027-10'],
    ['2026-12', 3, 42_000, '2027-02'],
  ])('from %s for %d months: %d, until %s', (fromMonth, months, total, untilMonth) => {
    const sum = prepaid({ ...terms(), fromMonth, months, on: ON }, rates)
    expect(sum).toMatchObject({ total, untilMonth, fullTotal: 16_800 * months, certainty: 'sure' })
    expect(sum.alternatives).toBeUndefined()
  })

  it('shows both sums where village money pays, each month by its own rule', () => {
    const village = { ...terms({ payer: 'village' }), fromMonth: '2026-12', months: 3, on: ON }
    expect(prepaid(village, rates)).toMatchObject({
      ...{ total: 50_400, certainty: 'officer', alternatives: [42_000, 50_400] },
    })
  })

  it('is not offered for two months, nor on a day whose offers are not known', () => {
    const two = { ...terms(), fromMonth: '2026-11', months: 2, on: ON }
    expect(() => prepaid(two, rates)).toThrow(/does not offer 2 months/)
    expect(() => prepaid({ ...two, months: 1, on: '2023-01-01' }, rates)).toThrow(RatesError)
  })

  it('is the sum of the months one by one', () => {
    const anyMonths = fc.constantFrom(1, 3, 6, 12)
    fc.assert(
      fc.property(anyMonth, anyMonths, fc.boolean(), (fromMonth, months, jht) => {
        const sum = prepaid({ ...terms({ jht }), fromMonth, months, on: ON }, rates)
        let total = 0
        for (let month = fromMonth; month <= sum.untilMonth; month = addMonths(month, 1)) {
          total += priceIn(month, { jht }).total
        }
        expect(sum.total).toBe(total)
        expect(monthsBetween(fromMonth, sum.untilMonth)).toBe(months - 1)
      }),
    )
  })
})

describe('wage earners', () => {
  it.each([
    // Klaten 2022 (base = UMK, billed 11.623) and the three siltap floors at 0,54 percent.
    [2_152_322.94, 11_623],
    [2_426_640, 13_104],
    [2_224_420, 12_012],
    [2_022_200, 10_920],
  ])('a wage of %d is billed %d', (wageRupiah, total) => {
    const village = { wageRupiah, jkkClass: '1' as const, month: '2022-06' }
    expect(puContribution({ ...village, programmes: ['jkk', 'jkm'] }, rates).total).toBe(total)
  })

  it.each([
    ['1', 24_000],
    ['2', 54_000],
    ['3', 89_000],
    ['4', 127_000],
    ['5', 174_000],
  ] as const)('risk class %s costs %d on ten million', (jkkClass, jkk) => {
    const terms = { wageRupiah: 10_000_000, jkkClass, month: '2026-11' }
    const { employerTotal, workerTotal } = puContribution({ ...terms, programmes: ['jkk'] }, rates)
    expect([employerTotal, workerTotal]).toEqual([jkk, 0])
  })

  it('pay JP no further than a ceiling that is known', () => {
    const wage = { wageRupiah: 12_000_000, jkkClass: '1' as const, programmes: ['jp' as const] }
    expect(puContribution({ ...wage, month: '2026-02' }, rates).jpBase).toBe(10_547_400)
    expect(puContribution({ ...wage, wageRupiah: 9e6, month: '2026-02' }, rates).jpBase).toBe(9e6)
    expect(() => puContribution({ ...wage, month: '2027-03' }, rates)).toThrow(/jp-ceiling-rupiah/)
  })

  it('cost the employer and the worker exactly the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000_000 }), (wageRupiah) => {
        const all = ['jkk', 'jkm', 'jht', 'jp'] as const
        const wage = { wageRupiah, jkkClass: '3' as const, programmes: all, month: '2026-11' }
        const pu = puContribution(wage, rates)
        expect(pu.employerTotal + pu.workerTotal).toBe(pu.total)
        expect(Number.isInteger(pu.total)).toBe(true)
      }),
    )
  })
})
