// Days as Indonesians write them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateReader } from '../../../src/core/answers/date.ts'

const context = { on: '2026-11-21' }
const read = (words: string) => dateReader.read(words, context)

describe('understood', () => {
  test.each([
    '12 Maret 1985',
    '12 mar 85',
    '12 MARET 85',
    '12-3-85',
    '12/03/1985',
    '12.3.1985',
    '12 3 1985',
    '12 - 03 - 1985',
    '12031985',
    '120385',
    '1985-03-12',
    '1985/3/12',
    '19850312',
    '12maret1985',
    '12-Mar-1985',
    '12 mrt 1985',
    "12 maret '85",
    '12 March 1985',
    'March 12, 1985',
    'Maret 12 1985',
    'tanggal 12 bulan 3 tahun 1985',
    'tgl. 12-3-85',
    'Kamis, 12 Maret 1985.',
    '12 maret 1985 ya pak',
    'Martapura, 12-03-1985',
    'lahir 12 maret 1985',
    '１２-３-１９８５',
    '١٢/٠٣/١٩٨٥',
    '12–3–1985',
  ])('%s', (words) => {
    expect(read(words)).toEqual({ kind: 'value', value: '1985-03-12' })
  })

  test.each([
    ['jan', 1],
    ['Januari', 1],
    ['peb', 2],
    ['Pebruari', 2],
    ['febuari', 2],
    ['mrt', 3],
    ['apr', 4],
    ['Mei', 5],
    ['may', 5],
    ['jun', 6],
    ['july', 7],
    ['agt', 8],
    ['ags', 8],
    ['agu', 8],
    ['Sept', 9],
    ['okt', 10],
    ['nop', 11],
    ['Nopember', 11],
    ['des', 12],
    ['december', 12],
  ])('month %s', (name, month) => {
    const value = `1990-${String(month).padStart(2, '0')}-05`
    expect(read(`5 ${name} 1990`)).toEqual({ kind: 'value', value })
  })

  test.each([
    ['1-1-25', '2025-01-01'],
    ['21-11-25', '2025-11-21'],
    ['22-11-26', '1926-11-22'],
    ['1-1-27', '1927-01-01'],
    ['29-2-00', '2000-02-29'],
    ['20101985', '1985-10-20'],
  ])('a year in two digits, or none at all between the digits: %s', (words, value) => {
    expect(read(words)).toEqual({ kind: 'value', value })
  })
})

describe('understood, but confirmed', () => {
  test.each([
    ['month first', '3-25-1985', ['1985-03-25']],
    ['both centuries', '1-1-26', ['1926-01-01', '2026-01-01']],
    ['a hundred years, not yet 101', '22-11-25', ['1925-11-22', '2025-11-22']],
    ['not sure', 'sekitar 12 maret 1985', ['1985-03-12']],
    ['asks', '12 maret 1985?', ['1985-03-12']],
    ['today', 'hari ini', ['2026-11-21']],
    ['yesterday', 'Kemarin pak', ['2026-11-20']],
    ['two days ago', 'kemarin dulu', ['2026-11-19']],
  ])('%s: %s', (_, words, options) => {
    expect(read(words)).toEqual({ kind: 'doubt', say: 'date-check', options })
  })
})

describe('not a day', () => {
  test.each([
    ['31 Feb 1980', 'date-impossible'],
    ['31-2-80', 'date-impossible'],
    ['29-2-1985', 'date-impossible'],
    ['32-1-1985', 'date-impossible'],
    ['13-13-1985', 'date-impossible'],
    ['00-00-0000', 'date-impossible'],
    ['22-11-2026', 'date-future'],
    ['1 Januari 2030', 'date-future'],
    ['31-12-1899', 'date-early'],
    ['12-3-0085', 'date-early'],
    ['12 maret', 'date-unclear'],
    ['1985', 'date-unclear'],
    ['umur 40', 'date-unclear'],
    ['5 anak 1990', 'date-unclear'],
    ['bukan 12 maret tapi 13 maret 1985', 'date-unclear'],
    ['12-3-1985-4', 'date-unclear'],
    ['6303050101850001', 'date-unclear'],
    ['lupa', 'date-unclear'],
    ['', 'date-unclear'],
  ])('%s: %s', (words, say) => {
    expect(read(words)).toEqual({ kind: 'wrong', say })
  })

  test('today is no future', () => {
    expect(read('21-11-2026')).toEqual({ kind: 'value', value: '2026-11-21' })
  })
})

test('a day is shown with its month in the language', () => {
  expect(dateReader.show('1985-03-12', 'id')).toBe('12 Maret 1985')
  expect(dateReader.show('1985-03-02', 'en')).toBe('2 March 1985')
})

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-11-21'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('a shown day reads back as itself, in both languages', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('id', 'en'), (value, language) => {
      expect(read(dateReader.show(value, language))).toEqual({ kind: 'value', value })
    }),
  )
})

test('day, month and year in figures are that day with every separator', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('-', '/', '.', ' ', '', ' - '), (value, separator) => {
      const [year, month, dayOfMonth] = value.split('-')
      expect(read([dayOfMonth, month, year].join(separator))).toEqual({ kind: 'value', value })
    }),
  )
})

test('what is stored is checked again', () => {
  const stored = ['1985-03-12', '1985-02-30', '1899-12-31', '12-3-1985', 19850312, '']
  expect(stored.map((each) => dateReader.holds(each))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
