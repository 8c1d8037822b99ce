// What villages pay, against what was published: amounts of budgets, branches and Perbup.
import { describe, expect, it } from 'vitest'
import type { CohortSetting } from '../../src/core/rates.ts'
import { type CohortPlan, planLines, planTotals, withPlan } from '../../src/core/village-plan.ts'
import { readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')
const kotabaru = { villageCode: '63.02.04.2005', month: '2026-11' }
const banjar = { villageCode: '63.03.05.2056', month: '2026-11' }

function own(
  segment: CohortSetting['segment'],
  rupiah: number,
  programmes: CohortSetting['programmes'] = 'basic',
): CohortSetting {
  return { segment, base: 'fixed', rupiah, programmes }
}

/** Rows of what was published, as the place, the group, its setting and the amount of one person. */
const published: [string, CohortPlan['cohort'], CohortSetting, number][] = [
  ['Cikarang 2020', 'perangkat-desa', own('PU', 2_000_000), 10_800],
  ['Kotabaru 2021', 'perangkat-desa', own('PU', 1_000_000), 5_400],
  ['Kotabaru 2021, with JHT', 'bpd', own('PU', 1_000_000, 'savings'), 62_400],
  ['Klaten 2022, on the minimum wage', 'rt-rw', own('PU', 2_152_322.94), 11_623],
  ['Tulungagung 2022', 'rt-rw', own('PU', 2_000_000), 10_800],
  ['Pangkep 2025, head', 'kepala-desa', own('PU', 3_400_000, 'savings'), 212_160],
  ['Pangkep 2025, staff', 'perangkat-desa', own('PU', 2_500_000, 'savings'), 156_000],
  ['Pangkep 2025, others', 'lkd', own('PU', 2_000_000), 10_800],
  ['Pangkep 2025, vulnerable workers', 'rentan', own('BPU', 1_000_000), 16_800],
]

describe('published amounts', () => {
  it.each(published)('%s: %s', (_, cohort, setting, amount) => {
    const [line] = planLines({ cohort, posts: 3, own: setting, fund: 'add' }, banjar, rates)
    expect(line?.each).toBe(amount)
    expect(line?.month).toBe(3 * amount)
  })

  it('the least fixed incomes cost 0,54 percent, to the nearest rupiah', () => {
    const head = planLines({ cohort: 'kepala-desa', posts: 1, fund: 'add' }, banjar, rates)
    const staff = planLines({ cohort: 'perangkat-desa', posts: 8, fund: 'add' }, banjar, rates)
    const shown = [...head, ...staff].map(({ posts, each, isSecretary }) => [
      posts,
      each,
      isSecretary,
    ])
    expect(shown).toEqual([
      [1, 13_104, false],
      [1, 12_012, true],
      [7, 10_920, false],
    ])
  })
})

describe('a whole village', () => {
  const plans: CohortPlan[] = [
    { cohort: 'kepala-desa', posts: 1, fund: 'add' },
    { cohort: 'perangkat-desa', posts: 9, fund: 'add' },
    { cohort: 'bpd', posts: 5, fund: 'add' },
    { cohort: 'kader', posts: 0, fund: '' },
  ]

  it('costs the sum of its lines, and twelve times that in a year', () => {
    const lines = plans.flatMap((plan) => planLines(plan, banjar, rates))
    expect(lines).toHaveLength(4)
    // 13.104 + 12.012 + 8 x 10.920 + 5 x 5.400
    expect(planTotals(lines)).toEqual({ month: 139_476, year: 1_673_712, certainty: 'sure' })
  })

  it('follows the setting of its own regency', () => {
    const [line] = planLines({ cohort: 'perangkat-desa', posts: 9, fund: 'add' }, kotabaru, rates)
    expect(line).toMatchObject({ posts: 9, each: 5_400, month: 48_600 })
  })

  it('where the village pays for those without wage, the full price counts and an officer confirms', () => {
    const lines = planLines({ cohort: 'rentan', posts: 20, fund: 'add' }, banjar, rates)
    expect(planTotals(lines)).toEqual({ month: 336_000, year: 4_032_000, certainty: 'officer' })
  })

  it('a wage that nobody knows yet is no amount', () => {
    const umk: CohortSetting = { segment: 'PU', base: 'umk', programmes: 'basic' }
    const later = { ...banjar, month: '2027-01' }
    const unknown = planLines({ cohort: 'bpd', posts: 5, own: umk, fund: 'add' }, later, rates)
    expect(unknown).toEqual([
      { cohort: 'bpd', isSecretary: false, posts: 5, month: 0, isSure: false },
    ])
    expect(planTotals(unknown).certainty).toBe('unknown')
    const head = planLines({ cohort: 'kepala-desa', posts: 1, fund: 'add' }, later, rates)
    expect(planTotals([...head, ...unknown])).toMatchObject({ month: 13_104, certainty: 'partly' })
  })

  it('who earns no wage has no pension', () => {
    const setting = own('BPU', 1_000_000, 'pension')
    const [line] = planLines(
      { cohort: 'rentan', posts: 1, own: setting, fund: 'add' },
      banjar,
      rates,
    )
    expect(line?.each).toBe(36_800)
  })

  it('keeps its order, whatever is set last', () => {
    const set = withPlan(plans, { cohort: 'perangkat-desa', posts: 7, fund: 'pades' })
    expect(set.map(({ cohort, posts }) => [cohort, posts])).toEqual([
      ['kepala-desa', 1],
      ['perangkat-desa', 7],
      ['bpd', 5],
      ['kader', 0],
    ])
  })
})
