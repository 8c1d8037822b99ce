// Two years of reminders in virtual time. Longer: MEMBERS=10000 npx vitest run test/core/reminders
import { afterAll, expect, test } from 'vitest'
import { readRates } from '../../../src/rates-file.ts'
import { makeHouseholds } from '../../support/reminders/people.ts'
import { liveYears } from '../../support/reminders/world.ts'

const rates = readRates('flows/rates')
const members = Number(process.env.MEMBERS ?? 60)
const years: [string, string] = ['2026-11-01', '2028-10-31']
const zoneOfMachine = process.env.TZ
afterAll(() => {
  if (zoneOfMachine === undefined) delete process.env.TZ
  else process.env.TZ = zoneOfMachine
})

function live(zone: string, count: number, seed: number) {
  process.env.TZ = zone
  return liveYears(makeHouseholds(count, ...years), years, rates, seed)
}

test('nobody is pressed wrongly, nobody late is forgotten', { timeout: 3_600_000 }, () => {
  const { violations, counts } = live('UTC', members, 1)
  if (process.env.MEMBERS) console.info(members, 'members', counts)
  expect(violations.slice(0, 20)).toEqual([])
  const kinds = ['before', 'due', 'late', 'late-1', 'late-2', 'maybe-ended', 'asked']
  for (const kind of [...kinds, 'price', 'jkm-full', 'silences']) {
    expect([kind, counts[kind] ?? 0]).toEqual([kind, expect.toSatisfy((one) => one > 0)])
  }
})

test('the clock of the machine makes no difference', () => {
  const here = live('Asia/Makassar', 12, 2)
  // Summer time, summer time of half an hour, and a day that has begun elsewhere long ago.
  for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati']) {
    expect(live(zone, 12, 2)).toEqual(here)
  }
  expect(here.violations).toEqual([])
})
