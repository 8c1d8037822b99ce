// Days and months: the same as the calendar of the machine, which is not asked.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthday, isDay } from '../../src/core/calendar.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** As JavaScript has it: a day that is none comes out as another. */
function isDayOfMachine(year: number, month: number, day: number): boolean {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

test('a day is one that the calendar has', () => {
  const years = fc.oneof(fc.constantFrom(0, 1600, 1900, 2000, 2024, 2025), fc.nat(9_999))
  const compare = fc.property(years, fc.nat(13), fc.nat(33), (year, month, day) => {
    const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
    expect(isDay(text), text).toBe(isDayOfMachine(year, month, day))
  })
  fc.assert(compare, { numRuns: 3_000 })
  const odd = ['', '2026-1-01', '2026-01-01 ', '２０２６-01-01', '2026-01-0x', '12026-01-01']
  expect(odd.filter(isDay)).toEqual([])
})

test.each([
  ['1985-03-12', 18, '2003-03-12'],
  ['2004-02-29', 18, '2022-03-01'],
  ['2004-02-29', 20, '2024-02-29'],
  ['1960-02-29', 65, '2025-03-01'],
  ['1999-12-31', 1, '2000-12-31'],
])('born on %s, %i years old on %s', (birthOn, years, on) => {
  expect(birthday(birthOn, years)).toBe(on)
})
