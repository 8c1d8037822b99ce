// How long reminders may be put off: to the end of the month, and a week in any case.
import { expect, test } from 'vitest'
import { latestSnooze } from '../../../src/core/reminders/snooze.ts'
import { readRates } from '../../../src/rates-file.ts'

const rates = readRates(new URL('../../../flows/rates', import.meta.url).pathname)

test.each([
  ['2026-12-01', '2026-12-31'],
  ['2026-12-24', '2026-12-31'],
  ['2026-12-25', '2027-01-01'],
  ['2027-02-28', '2027-03-07'],
  ['2028-02-10', '2028-02-29'],
])('said on %s, until %s', (on, until) => {
  expect(latestSnooze(on, rates)).toBe(until)
})
