// What is paid after an accident, a death, a dismissal; and where only an officer may say.
import { describe, expect, it } from 'vitest'
import { jkkDeath, jkkSickPay, jkpBenefit } from '../../src/core/benefit.ts'
import type { Death } from '../../src/core/early-death.ts'
import { jkmDeath } from '../../src/core/early-death.ts'
import { scholarshipMax } from '../../src/core/scholarship.ts'
import { readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')
const ON = '2026-11-21'

describe('JKM in the first months', () => {
  const member: Death = {
    ...{ segment: 'bpu', registeredOn: '2026-05-10', diedOn: '2026-05-10', paidMonths: 4 },
    ...{ active: true, atWork: false, rejoined: false, children: [] },
  }
  const early = { kind: 'early', total: 10_000_000 }
  const whole = { kind: 'full', total: 42_000_000 }
  const officer = (reason: string) => ({ kind: 'officer', reason })

  it.each<[string, Partial<Death>, object]>([
    ['on the first day', {}, early],
    ['on the last sure day of the small sum', { diedOn: '2026-07-31', paidMonths: 3 }, early],
    ['on the first day of doubt', { diedOn: '2026-08-01' }, officer('edge')],
    ['three months to the day', { diedOn: '2026-08-10' }, officer('edge')],
    ['three months and a day', { diedOn: '2026-08-11' }, whole],
    [
      'three months and a day, three paid',
      { diedOn: '2026-08-11', paidMonths: 3 },
      officer('edge'),
    ],
    ['with four paid ahead at once', { diedOn: '2026-06-01', paidMonths: 12 }, early],
    ['across a year', { registeredOn: '2025-11-30', diedOn: '2026-01-31' }, early],
    [
      'at the end of a short month',
      { registeredOn: '2025-11-30', diedOn: '2026-02-28' },
      officer('edge'),
    ],
    ['after a short month', { registeredOn: '2025-11-30', diedOn: '2026-03-01' }, whole],
    [
      'registered on the 31st',
      { registeredOn: '2026-01-31', diedOn: '2026-04-30' },
      officer('edge'),
    ],
    ['years later', { diedOn: '2029-01-01', paidMonths: 30 }, whole],
    ['at work', { diedOn: '2026-09-01', atWork: true }, officer('at-work')],
    ['at work in the first months', { atWork: true }, officer('at-work')],
    ['while months were owed', { diedOn: '2026-09-01', active: false }, officer('late')],
    ['after coming back', { diedOn: '2026-09-01', rejoined: true }, officer('rejoined')],
    ['before registering', { diedOn: '2026-05-09' }, officer('dates')],
    ['before the rule', { registeredOn: '2024-01-01', diedOn: '2025-02-23' }, officer('old')],
    ['on the first day of the rule', { registeredOn: '2024-01-01', diedOn: '2025-02-24' }, whole],
    ['a wage earner in the first months', { segment: 'pu' }, officer('wage-earner')],
    ['a wage earner later', { segment: 'pu', diedOn: '2026-09-01' }, whole],
  ])('%s', (_, changes, expected) => {
    expect(jkmDeath({ ...member, ...changes }, rates)).toMatchObject(expected)
  })

  it.each([
    [35, 0],
    [36, 87_000_000],
  ])('%d months paid give a scholarship of %d', (paidMonths, scholarship) => {
    const event = { ...member, registeredOn: '2023-01-01', diedOn: ON, paidMonths }
    const jkm = jkmDeath({ ...event, children: [{ age: 3 }] }, rates)
    expect(jkm).toMatchObject({ kind: 'full', scholarshipMax: scholarship, total: 42_000_000 })
  })
})

describe('the scholarship', () => {
  it.each([
    ['not yet at school', { age: 0 }, 87_000_000],
    ['first year of primary school', { age: 7, school: { stage: 'sd', year: 1 } }, 72_000_000],
    ['last year of primary school', { age: 11, school: { stage: 'sd', year: 6 } }, 76_500_000],
    ['third year of study', { age: 20, school: { stage: 's1', year: 3 } }, 36_000_000],
    ['one year before the end', { age: 22, school: { stage: 's1', year: 1 } }, 12_000_000],
    ['too old', { age: 23, school: { stage: 's1', year: 1 } }, 0],
    ['past the last paid year', { age: 21, school: { stage: 's1', year: 7 } }, 0],
  ] as const)('%s', (_, child, total) => {
    expect(scholarshipMax({ children: [child], on: ON }, rates).total).toBe(total)
  })

  it('counts the two children with the largest sums, in any order', () => {
    const young = { age: 1 }
    const grown = { age: 22, school: { stage: 's1', year: 5 } } as const
    for (const children of [
      [grown, young, young],
      [young, young, grown],
      [young, grown, young],
    ]) {
      expect(scholarshipMax({ children, on: ON }, rates)).toEqual({
        perChild: [87_000_000, 87_000_000],
        total: 174_000_000,
      })
    }
  })
})

describe('JKK', () => {
  it('grows with the base, and counts two children at the most', () => {
    const large = jkkDeath({ baseRupiah: 20_700_000, on: ON, children: 5 }, rates)
    expect(large).toMatchObject({ death: 993_600_000, scholarshipMax: 174_000_000 })
    expect(large.totalMax).toBe(993_600_000 + 22_000_000 + 174_000_000)
  })

  it('never pays less than JKM would for the death itself', () => {
    expect(jkkDeath({ baseRupiah: 100_000, on: ON, children: 0 }, rates).death).toBe(20_000_000)
  })

  it('replaces the whole wage for a year, then half', () => {
    const steps = jkkSickPay({ baseRupiah: 1_200_000, on: ON }, rates)
    expect(steps.map((step) => [step.fromMonth, step.monthly])).toEqual([
      [1, 1_200_000],
      [7, 1_200_000],
      [13, 600_000],
    ])
  })
})

describe('JKP', () => {
  it.each([
    [3_000_000, 6, 1_800_000, 10_800_000],
    [5_000_000, 2, 3_000_000, 6_000_000],
    [5_000_001, 9, 3_000_000, 18_000_000],
  ])('a wage of %d for %d months', (wageRupiah, months, monthly, total) => {
    expect(jkpBenefit({ wageRupiah, months, on: ON }, rates)).toMatchObject({ monthly, total })
  })

  it('is not reckoned by the old rule', () => {
    const event = { wageRupiah: 3_000_000, months: 6, on: '2025-02-06' }
    expect(() => jkpBenefit(event, rates)).toThrow(/jkp-/)
  })
})
