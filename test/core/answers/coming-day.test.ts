// Days to come, as people ask to be reminded: near ones, days of the week, days of a month.
import { expect, test } from 'vitest'
import { comingDayReader, readReminderWish } from '../../../src/core/answers/coming-day.ts'

/** A Saturday. */
const on = '2026-11-21'

test.each([
  ['besok', '2026-11-22'],
  ['Isuk!', '2026-11-22'],
  ['besok pagi ya', '2026-11-22'],
  ['lusa', '2026-11-23'],
  ['besok lusa', '2026-11-23'],
  ['the day after tomorrow', '2026-11-23'],
  ['minggu depan', '2026-11-28'],
  ['hari minggu', '2026-11-22'],
  ['senin', '2026-11-23'],
  ["hari jum'at depan", '2026-11-27'],
  ['sabtu', '2026-11-28'],
  ['3 hari lagi', '2026-11-24'],
  ['tiga hari', '2026-11-24'],
  ['in 10 days', '2026-12-01'],
  ['dua minggu lagi', '2026-12-05'],
  ['25', '2026-11-25'],
  ['tgl 25', '2026-11-25'],
  ['on the 25th', '2026-11-25'],
  ['tanggal 5', '2026-12-05'],
  ['21', '2026-12-21'],
  ['tanggal 25 bulan depan', '2026-12-25'],
  ['awal bulan depan', '2026-12-01'],
  ['25 desember', '2026-12-25'],
  ['25-12', '2026-12-25'],
  ['25/12/26', '2026-12-25'],
  ['december 25, 2026', '2026-12-25'],
  ['5 januari', '2027-01-05'],
  ['2026-12-01', '2026-12-01'],
])('%s', (words, expected) => {
  expect(comingDayReader.read(words, { on })).toEqual({ kind: 'value', value: expected })
})

test.each([
  ['hari ini', 'coming-past'],
  ['kemarin', 'coming-past'],
  ['21 november', 'coming-past'],
  ['1 november', 'coming-past'],
  ['25 desember 2025', 'coming-past'],
  ['tanggal 31', 'coming-impossible'],
  ['31 februari 2027', 'coming-impossible'],
  ['0', 'coming-impossible'],
  ['tanggal 40', 'coming-impossible'],
  ['nanti', 'coming-unclear'],
  ['0 hari lagi', 'coming-unclear'],
  ['25 desambar', 'coming-unclear'],
  ['1000 hari lagi', 'coming-unclear'],
  ['besok atau lusa', 'coming-unclear'],
])('%s is refused: %s', (words, say) => {
  expect(comingDayReader.read(words, { on })).toEqual({ kind: 'wrong', say })
})

test('at the ends of months the next month that has begun counts', () => {
  const read = (words: string, day: string) => comingDayReader.read(words, { on: day })
  expect(read('31', '2027-01-30')).toEqual({ kind: 'value', value: '2027-01-31' })
  expect(read('31', '2027-01-31')).toEqual({ kind: 'wrong', say: 'coming-impossible' })
  expect(read('29 februari', '2028-02-10')).toEqual({ kind: 'value', value: '2028-02-29' })
  expect(read('29 februari', '2027-02-10')).toEqual({ kind: 'wrong', say: 'coming-impossible' })
})

test.each([
  ['Ingatkan saya besok', '2026-11-22'],
  ['tolong ingatkan lagi tanggal 25 ya', '2026-11-25'],
  ['ingatakan ulun isuk', '2026-11-22'],
  ['ingatkan bayar iuran minggu depan', '2026-11-28'],
  ['remind me again in 3 days', '2026-11-24'],
])('"%s" asks for it anywhere', (words, expected) => {
  expect(readReminderWish(words, on)).toEqual({ kind: 'value', value: expected })
})

test.each([
  'besok',
  'jangan ingatkan saya besok',
  'ingatkan petugas supaya menelepon',
  'ingatkan',
  'saya ingat tanggal 25',
  'diingatkan besok',
])('"%s" does not', (words) => {
  expect(readReminderWish(words, on)).toBeUndefined()
})
