// The NIK as people type it. All NIK here are invented.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nikReader } from '../../../src/core/answers/nik.ts'

const context = { on: '2026-11-21' }
const read = (words: string) => nikReader.read(words, context)
const NIK = '6303050101850001'

describe('read', () => {
  test.each([
    NIK,
    '6303.0501.0185.0001',
    '6303-0501-0185-0001',
    '63 03 05\n010185\r\n0001',
    'NIK: 6303050101850001',
    'Nik saya 6303050101850001 ya',
    'No. KTP = 6303050101850001.',
    "'6303050101850001",
    '６３０３０５０１０１８５０００１',
    '٦٣٠٣٠٥٠١٠١٨٥٠٠٠١',
    '6303\u200b05010185\u202e0001',
    'punya istri 6303050101850001',
  ])('%s is understood', (words) => {
    expect(read(words)).toEqual({ kind: 'value', value: NIK })
  })

  test.each([
    ['month 13', '6303050113850001'],
    ['day 0', '6303050001850001'],
    ['day 72', '6303057201850001'],
    ['a region nobody knows', '9999990101850001'],
  ])('%s is kept: an odd NIK is asked about, never rejected', (_, nik) => {
    expect(read(nik)).toEqual({ kind: 'value', value: nik })
  })

  test.each([
    ['630305010185', '12'],
    ['63030501018500012', '17'],
    ['6303050101850001 6303050101850002', '32'],
    ['6303050101850001-2', '17'],
    ['3', '1'],
  ])('%s has the wrong length', (words, count) => {
    expect(read(words)).toEqual({ kind: 'wrong', say: 'nik-length', blanks: { count } })
  })

  test.each([['63O3O5O1O185OOO1'], ['63o30501 0l850001']])(
    'letters in %s are put right, but confirmed',
    (words) => {
      expect(read(words)).toEqual({ kind: 'doubt', say: 'nik-letters', options: [NIK] })
    },
  )

  test.each([
    ['6.30305E+15', 'nik-excel'],
    ['6,30305e15', 'nik-excel'],
    ['6.30305010185 E+15', 'nik-excel'],
    ['1111111111111111', 'nik-odd'],
    ['1234567890123456', 'nik-odd'],
    ['0123456789012345', 'nik-odd'],
    ['apa itu nik?', 'nik-odd'],
    ['OOOOOOOOOOOOOOOO', 'nik-odd'],
    ['oil', 'nik-odd'],
    ['', 'nik-odd'],
    ['=HYPERLINK("x")', 'nik-odd'],
  ])('%s: %s', (words, say) => {
    expect(read(words)).toMatchObject({ kind: 'wrong', say })
  })

  test('however it is grouped and in whatever digits, it is the same NIK', () => {
    const separator = fc.constantFrom('', ' ', '.', '-', '\n', ' - ', '\u00a0', '\u200b')
    const zero = fc.constantFrom(0x30, 0xff10, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x1d7ce)
    const nik = fc.stringMatching(/^[1-9]\d{15}$/).filter(nikReader.holds)
    fc.assert(
      fc.property(
        nik,
        zero,
        fc.array(separator, { minLength: 16, maxLength: 16 }),
        (n, z, gaps) => {
          const typed = [...n].map(
            (digit, at) => String.fromCodePoint(z + Number(digit)) + gaps[at],
          )
          expect(read(typed.join(''))).toEqual({ kind: 'value', value: n })
        },
      ),
    )
  })
})

test('the middle is hidden', () => {
  expect(nikReader.mask?.(NIK)).toBe('6303••••••••0001')
})

test('what is stored is checked again', () => {
  expect([NIK, '123', 6303050101850001, '1111111111111111'].map(nikReader.holds)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
