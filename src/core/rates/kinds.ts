// How one figure is written in flows/rates: everything is text there and is read here, strictly.
// YAML itself would read `10.000` as ten, so it is never asked to.
import * as z from 'zod'
import { isDay } from '../calendar.ts'

const WHOLE = /^(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)$/
const WITH_SEN = /^([1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)(,\d{2})?$/

/** A day of the calendar, `2026-04-01`. */
export const day = z.string().refine(isDay, 'is not a day; write it as 2026-04-01')

/** Whole rupiah: `16.800` or `16800`. */
export const rupiah = z
  .string()
  .regex(WHOLE, 'is not an amount; write whole rupiah such as 16.800')
  .transform(toNumber)

/** A wage in rupiah that may have sen, as minimum wages do: `3.909.005,90`. */
export const wageRupiah = z
  .string()
  .regex(WITH_SEN, 'is not a wage; write rupiah such as 3.909.005,90')
  .transform(toNumber)

/** A percentage with a comma, at most 100 and to a hundredth: `0,24`. */
export const percent = z
  .string()
  .regex(/^(100|\d{1,2})(,\d{1,2})?$/, 'is not a percentage; write it with a comma, such as 0,24')
  .transform(toNumber)
  .refine((value) => value <= 100, 'is more than 100 percent')

/** A small whole number: years, months, days, times. */
export const count = z
  .string()
  .regex(/^\d{1,3}$/, 'is not a whole number')
  .transform(Number)

/** A number of people or messages: `60.000` or `60000`. */
export const people = z
  .string()
  .regex(WHOLE, 'is not a whole number; write it such as 60.000')
  .transform(toNumber)

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day; write it as 07:30')

/** From one time of day `07:30` until another; the night goes past midnight. */
export const hours = z.strictObject({ from: clockTime, until: clockTime })

/** A list of small whole numbers, rising. */
export const counts = z
  .array(count)
  .min(1)
  .refine(isRising, 'must rise from one number to the next')

/** A table from an income up to the next one, to the base that is charged; the first is from 0. */
export const brackets = z
  .record(rupiahKey(), rupiah, 'is not a table of `income: base`')
  .transform((table) =>
    Object.entries(table)
      .map(([from, base]) => ({ fromRupiah: toNumber(from), baseRupiah: base }))
      .sort((a, b) => a.fromRupiah - b.fromRupiah),
  )
  .refine((rows) => rows[0]?.fromRupiah === 0, 'must begin with income 0')
  .refine((rows) => isRising(rows.map((row) => row.fromRupiah)), 'has an income twice')
  .refine((rows) => isRising(rows.map((row) => row.baseRupiah)), 'has a base that does not rise')

/** Days of the calendar, each with its name. */
export const namedDays = z.record(day, z.string().min(1), 'is not a table of `day: name`')

/** One entry for each of the keys, no more and no fewer. */
export function forEach<K extends string, T extends z.ZodType>(keys: readonly K[], kind: T) {
  return z.record(z.enum(keys), kind)
}

function rupiahKey() {
  return z.string().regex(WHOLE, 'is not an income; write whole rupiah such as 1.100.000')
}

function toNumber(text: string): number {
  return Number(text.replaceAll('.', '').replace(',', '.'))
}

function isRising(numbers: number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? number))
}
