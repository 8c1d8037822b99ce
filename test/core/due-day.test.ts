// Due days, unpaid months, who may join, and which village money may pay.
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/core/calendar.ts'
import { bpuStatus, dueDay } from '../../src/core/due-day.ts'
import type { Applicant } from '../../src/core/eligibility.ts'
import { bpuEligibility } from '../../src/core/eligibility.ts'
import type { Cohort } from '../../src/core/rates.ts'
import { villageFunding } from '../../src/core/village-funding.ts'
import { readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')
const ON = '2026-11-21'

describe('the due day', () => {
  const shifted: Record<string, string> = {
    ...{ '2026-02': '2026-02-16', '2026-03': '2026-03-16' },
    ...{ '2026-08': '2026-08-18', '2026-11': '2026-11-16' },
  }
  const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`)

  it.each(months)('of a BPU for %s', (month) => {
    const nominal = `${month}-15`
    const due = shifted[month] ?? nominal
    expect(dueDay('bpu', month, rates)).toEqual({ nominal, due, known: true })
  })

  it('does not move for leave that is no holiday', () => {
    const leave = rates.figures['holidays-joint-leave'].rows[1]?.value ?? {}
    expect(Object.keys(leave)).toEqual(expect.arrayContaining(['2026-05-15', '2026-02-16']))
    expect(dueDay('bpu', '2026-05', rates).due).toBe('2026-05-15')
    expect(dueDay('bpu', '2026-02', rates).due).toBe('2026-02-16')
  })

  it.each(['2025-11', '2027-02', '2027-08'])(
    'is not moved in %s, whose holidays are not known',
    (month) => {
      const nominal = `${month}-15`
      expect(dueDay('bpu', month, rates)).toEqual({ nominal, due: nominal, known: false })
    },
  )

  it('of a wage earner is in the next month, also over the new year', () => {
    expect(dueDay('pu', '2026-07', rates).due).toBe('2026-08-18')
    expect(dueDay('pu', '2025-12', rates).due).toBe('2026-01-15')
    expect(dueDay('pu', '2026-12', rates)).toMatchObject({ due: '2027-01-15', known: false })
  })

  it('has the decree’s numbers of days', () => {
    const count = (name: 'holidays-national' | 'holidays-joint-leave') =>
      Object.keys(rates.figures[name].rows[1]?.value ?? {}).length
    expect([count('holidays-national'), count('holidays-joint-leave')]).toEqual([17, 8])
  })
})

describe('unpaid months', () => {
  it.each([
    ['2026-12', 0, 'active', 'none'],
    ['2026-11', 0, 'active', 'none'],
    ['2026-10', 1, 'late', 'self'],
    ['2026-09', 2, 'late', 'self'],
    ['2026-08', 3, 'doubtful', 'officer'],
    ['2026-07', 4, 'inactive', 'officer'],
    ['2025-01', 22, 'inactive', 'officer'],
  ] as const)('paid until %s: %d unpaid, %s', (paidUntilMonth, unpaid, status, arrears) => {
    const standing = bpuStatus({ paidUntilMonth, on: ON }, rates)
    expect(standing).toMatchObject({ status, arrears, finePercent: 0 })
    expect(standing.unpaidMonths).toHaveLength(unpaid)
  })

  it('count only from the day after the moved due day', () => {
    const on = (day: string) => bpuStatus({ paidUntilMonth: '2026-07', on: day }, rates)
    expect(on('2026-08-18').unpaidMonths).toEqual([])
    expect(on('2026-08-19').unpaidMonths).toEqual(['2026-08'])
  })
})

describe('who may join', () => {
  it.each<[string, Omit<Applicant, 'on'>, string, boolean, boolean]>([
    ['a grown worker', { birthOn: '1985-03-12' }, 'eligible', true, false],
    ['18 today', { birthOn: '2008-11-21' }, 'eligible', true, false],
    ['18 tomorrow', { birthOn: '2008-11-22' }, 'too-young', false, true],
    ['65 today', { birthOn: '1961-11-21' }, 'too-old', false, false],
    ['65 tomorrow', { birthOn: '1961-11-22' }, 'near-limit', true, true],
    ['65 in 60 days', { birthOn: '1962-01-20' }, 'near-limit', true, true],
    ['65 in 61 days', { birthOn: '1962-01-21' }, 'eligible', true, false],
    ['a foreigner', { birthOn: '1985-03-12', isForeigner: true }, 'foreigner', false, true],
    ['without work', { birthOn: '1985-03-12', works: false }, 'no-work', false, false],
    ['a member', { birthOn: '1950-01-01', isMember: true }, 'member-already', false, true],
  ])('%s', (_, applicant, verdict, eligible, officer) => {
    const judged = bpuEligibility({ ...applicant, on: ON }, rates)
    expect(judged).toMatchObject({ verdict, eligible, officer })
  })

  it('counts a birthday on 29 February from 1 March', () => {
    const on = (day: string) => bpuEligibility({ birthOn: '1964-02-29', on: day }, rates)
    expect(on('2029-02-28')).toMatchObject({ verdict: 'near-limit', ageYears: 64 })
    expect(on('2029-03-01')).toMatchObject({ verdict: 'too-old', ageYears: 65 })
  })

  it('moves from eligible to near to too old, and never back', () => {
    const order = ['too-young', 'eligible', 'near-limit', 'too-old']
    let last = 0
    for (let on = '2022-01-01'; on <= '2027-12-31'; on = addDays(on, 1)) {
      const at = order.indexOf(bpuEligibility({ birthOn: '1961-07-09', on }, rates).verdict)
      expect(at).toBeGreaterThanOrEqual(last)
      last = at
    }
    expect(order[last]).toBe('too-old')
  })
})

describe('village money', () => {
  it.each<[Cohort, string, string, string]>([
    ['kepala-desa', 'dana-desa', '2026-06-01', 'barred'],
    ['bpd', 'dana-desa', '2026-06-01', 'barred'],
    ['rentan', 'dana-desa', '2026-06-01', 'officer'],
    ['pktd', 'dana-desa', '2026-06-01', 'officer'],
    ['rentan', 'dana-desa', '2024-06-01', 'barred'],
    ['perangkat-desa', 'dana-desa', '2027-06-01', 'officer'],
    ['perangkat-desa', 'add', '2026-06-01', 'allowed'],
    ['rt-rw', 'pades', '2026-06-01', 'allowed'],
    ['kepala-desa', 'constructor', '2026-06-01', 'officer'],
  ])('%s from %s on %s: %s', (cohort, source, on, verdict) => {
    expect(villageFunding({ cohort, source, on }, rates).verdict).toBe(verdict)
  })
})
