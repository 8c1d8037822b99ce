// Small numbers and free words.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberReader } from '../../../src/core/answers/number.ts'
import { textReader } from '../../../src/core/answers/text.ts'

const context = { on: '2026-11-21' }

describe('number', () => {
  test.each([
    ['3', 3],
    ['tiga', 3],
    ['talu', 3],
    ['Talu urang', 3],
    ['3 bulan', 3],
    ['3bulan', 3],
    ['３', 3],
    ['0', 0],
    ['sapuluh', 10],
    ['dua belas', 12],
    ['sablas', 11],
    ['salikur', 21],
    ['salawi', 25],
    ['tiga puluh dua', 32],
    ['seratus lima', 105],
    ['999', 999],
    ['three', 3],
    ['ada 2 anak.', 2],
  ])('%s', (words, value) => {
    expect(numberReader.read(words, context)).toEqual({ kind: 'value', value })
  })

  test.each([
    '1000',
    '-1',
    '1,5',
    '1.5',
    '1e2',
    'dua tiga',
    '2 atau 3',
    '1 tahun',
    'setengah',
    'puluh',
    'banyak',
    '',
    '3x4',
    '3kg',
    'dua ratus dua ratus',
    'salawi lima',
    'sepuluh puluh',
    '99999999999999999999',
  ])('%s is wrong', (words) => {
    expect(numberReader.read(words, context)).toEqual({ kind: 'wrong', say: 'number-odd' })
  })

  test('a shown number reads back as itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (value) => {
        expect(numberReader.read(numberReader.show(value, 'id'), context)).toEqual({
          kind: 'value',
          value,
        })
      }),
    )
  })
})

test('a stored number is checked again', () => {
  expect([0, 999, 1000, -1, 1.5, '3'].map((each) => numberReader.holds(each))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

describe('text', () => {
  test.each([
    ['buruh tani', 'buruh tani'],
    ['  RT 02 /\n RW 01 ', 'RT 02 / RW 01'],
    ['=HYPERLINK("x")', '=HYPERLINK("x")'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('%s', (words, value) => {
    expect(textReader.read(words, context)).toEqual({ kind: 'value', value })
  })

  test.each(['', 'a', '...', '👍👍', '\u0000\u200b'])('%s is too short', (words) => {
    expect(textReader.read(words, context)).toEqual({ kind: 'wrong', say: 'text-short' })
  })

  test('stored words are checked again', () => {
    const stored = ['tani', 'x'.repeat(200), 'x'.repeat(201), ' tani', 'ta\u0000ni', 12]
    expect(stored.map((each) => textReader.holds(each))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('201 characters are too long, and the count is said', () => {
    expect(textReader.read('é'.repeat(201), context)).toEqual({
      kind: 'wrong',
      say: 'text-long',
      blanks: { count: '201' },
    })
  })
})
