// Worked examples that the institution and the press published, against the program's figures.
import { describe, expect, it } from 'vitest'
import { jkkDeath, jkkDisability, jkpBenefit } from '../../src/core/benefit.ts'
import { bpuContribution } from '../../src/core/contribution.ts'
import { bpuStatus, dueDay } from '../../src/core/due-day.ts'
import { jkmDeath } from '../../src/core/early-death.ts'
import { bpuEligibility } from '../../src/core/eligibility.ts'
import type { Payer, Stage } from '../../src/core/rates.ts'
import { scholarshipMax } from '../../src/core/scholarship.ts'
import { villageFunding } from '../../src/core/village-funding.ts'
import { puContribution } from '../../src/core/wage-contribution.ts'
import { readRates } from '../../src/rates-file.ts'
import oracles from './oracles.json' with { type: 'json' }

const rates = readRates('flows/rates')

type Fields = Record<string, unknown>

/** What the program answers, in the example's own field names. */
type Answer = (input: never, on: string) => Fields

/** Fields that are words: they are written in flows, not reckoned. */
const WORDS = ['paid_by', 'action', 'reason']

const lower = (names: string[]) => names.map((name) => name.toLowerCase())

interface BpuInput {
  income: number
  programs: string[]
  sector: string
  funding: string
  months: [string]
}

function answerBpu({ income, programs, sector, funding, months }: BpuInput): Fields {
  const { base, jkk, jkm, jht, total, discounted } = bpuContribution(
    {
      incomeRupiah: income,
      programmes: lower(programs) as ('jkk' | 'jkm' | 'jht')[],
      sector: sector === 'transport' ? 'transport' : 'other',
      payer: funding.toLowerCase() as Payer,
      month: months[0],
    },
    rates,
  )
  return { base, jkk, jkm, jht, total, discounted }
}

function answerPu(
  input: { wage: number; jkk_class: number; programs: string[]; month?: string },
  on: string,
): Fields {
  const terms = {
    wageRupiah: input.wage,
    jkkClass: String(input.jkk_class) as '1',
    programmes: lower(input.programs) as ('jkk' | 'jkm' | 'jht' | 'jp')[],
    month: input.month ?? on.slice(0, 7),
  }
  const pu = puContribution(terms, rates)
  return {
    ...{ jkk: pu.jkk, jkm: pu.jkm, total: pu.total },
    ...{ jht_employer: pu.jhtEmployer, jht_employee: pu.jhtWorker },
    ...{ jp_base: pu.jpBase, jp_employer: pu.jpEmployer, jp_employee: pu.jpWorker },
    ...{ employer_total: pu.employerTotal, employee_total: pu.workerTotal },
  }
}

function answerJkm(input: {
  registered: string
  died: string
  paid_months: number
  active: boolean
}): Fields {
  const event = {
    ...{ segment: 'bpu' as const, registeredOn: input.registered, diedOn: input.died },
    ...{ paidMonths: input.paid_months, active: input.active, children: [] },
    ...{ atWork: false, rejoined: false },
  }
  const jkm = jkmDeath(event, rates)
  if (jkm.kind !== 'full') return { ...jkm }
  return {
    ...{ santunan: jkm.death, berkala: jkm.periodic, pemakaman: jkm.funeral },
    ...{ scholarship_max: jkm.scholarshipMax, total: jkm.total },
  }
}

function answerScholarship(
  input: { children: { age: number; stage: string }[] },
  on: string,
): Fields {
  const children = input.children.map(({ age, stage }) => ({
    age,
    school: { stage: stage.slice(0, -1).toLowerCase() as Stage, year: Number(stage.at(-1)) },
  }))
  const { perChild, total } = scholarshipMax({ children, on }, rates)
  return { per_child: perChild[0], total, children_counted: perChild.length }
}

function answerJkkDeath(
  input: { base_wage: number; children_full_path: number },
  on: string,
): Fields {
  const event = { baseRupiah: input.base_wage, children: input.children_full_path, on }
  const jkk = jkkDeath(event, rates)
  return {
    ...{ santunan: jkk.death, pemakaman: jkk.funeral, berkala: jkk.periodic },
    ...{ subtotal: jkk.subtotal, scholarship_max: jkk.scholarshipMax, total_max: jkk.totalMax },
  }
}

const answers: Record<string, Answer> = {
  bpu_contribution: answerBpu,
  pu_contribution: answerPu,
  jkm_benefit: answerJkm,
  scholarship_max: answerScholarship,
  jkk_death_benefit: answerJkkDeath,
  village_funding_check: (_: { source_of_funds: string }, on) => {
    const plan = { cohort: 'perangkat-desa' as const, source: 'dana-desa', on }
    const { verdict, suggest } = villageFunding(plan, rates)
    return { allowed: verdict === 'allowed', suggest }
  },
  jkk_total_disability: (input: { base_wage: number }, on) => {
    const jkk = jkkDisability({ baseRupiah: input.base_wage, on }, rates)
    return { santunan: jkk.disability, berkala: jkk.periodic, total: jkk.total }
  },
  jkp_benefit: (input: { last_reported_wage: number; months: number }, on) => {
    const event = { wageRupiah: input.last_reported_wage, months: input.months, on }
    return { ...jkpBenefit(event, rates) }
  },
  bpu_eligibility: (input: { dob: string; works: boolean }, on) => {
    const { eligible, ageYears } = bpuEligibility(
      { birthOn: input.dob, on, works: input.works, isForeigner: false, isMember: false },
      rates,
    )
    return { eligible, age_years: ageYears }
  },
  due_date: (input: { contribution_month: string }) => {
    const { due, nominal } = dueDay('pu', input.contribution_month, rates)
    return { due, nominal }
  },
  bpu_status: (input: { protected_until: string; unpaid_months: string[] }, on) => {
    const paidUntilMonth = input.protected_until.slice(0, 7)
    const status = bpuStatus({ paidUntilMonth, on }, rates)
    expect(status.unpaidMonths).toEqual(input.unpaid_months)
    return {
      status: status.status === 'inactive' ? 'tidak aktif' : status.status,
      can_pay_arrears: status.arrears === 'officer' ? 'petugas' : status.arrears,
      fine: status.finePercent,
    }
  },
}

describe('published examples', () => {
  it.each(oracles.rows.map((row) => [row.id, row] as const))('%s', (_, row) => {
    const answer = answers[row.op]?.(row.input as never, row.as_of) ?? {}
    const expected = Object.entries(row.expected).filter(([field]) => !WORDS.includes(field))
    expect(expected.length).toBeGreaterThan(0)
    for (const [field, value] of expected) expect(answer, field).toHaveProperty(field, value)
  })

  it('has the whole bracket table', () => {
    const rows = rates.figures['bpu-brackets'].rows
    const table = rows.at(-1)?.value?.map((row) => ({
      income_from: row.fromRupiah,
      base: row.baseRupiah,
    }))
    expect(table).toEqual(oracles.bpu_table)
  })
})
