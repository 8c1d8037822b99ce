// Phone numbers as people type them. The numbers are invented.
import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { phoneReader } from '../../../src/core/answers/phone.ts'

const read = (words: string) => phoneReader.read(words, { on: '2026-11-21' })

describe('read', () => {
  test.each([
    '081234567890',
    '0812-3456-7890',
    '0812 3456 7890',
    '(0812) 3456.7890',
    '+6281234567890',
    '+62 812 3456 7890',
    '6281234567890',
    '62 812-3456-7890',
    '006281234567890',
    '+62 0812 3456 7890',
    '81234567890',
    'nomor saya 081234567890',
    'WA: 0812 3456 7890 ya',
    '０８１２３４５６７８９０',
    '٠٨١٢٣٤٥٦٧٨٩٠',
    '\u202a+62 812‑3456‑7890\u202c',
    '081234567890 / 0812-3456-7890',
  ])('%s', (words) => {
    expect(read(words)).toEqual({ kind: 'value', value: '+6281234567890' })
  })

  test('a number of a neighbouring country is kept as it is', () => {
    expect(read('+60 12-345 6789')).toEqual({ kind: 'value', value: '+60123456789' })
  })

  test('of two numbers the person chooses', () => {
    expect(read('081234567890 atau 0852-5012-3567')).toEqual({
      kind: 'doubt',
      say: 'phone-which',
      options: ['+6281234567890', '+6285250123567'],
    })
  })

  test.each([
    ['0511 3354321', 'phone-mobile'],
    ['021-5551234', 'phone-mobile'],
    ['123', 'phone-odd'],
    ['0812', 'phone-odd'],
    ['08123456789012345', 'phone-odd'],
    ['6303050101850001', 'phone-odd'],
    ['tidak ada', 'phone-odd'],
    ['', 'phone-odd'],
    ['+', 'phone-odd'],
  ])('%s: %s', (words, say) => {
    expect(read(words)).toEqual({ kind: 'wrong', say })
  })
})

test('a shown number reads back as itself', () => {
  // Prefixes in use by Indonesian mobile networks, eight more digits.
  const number = fc
    .tuple(fc.constantFrom('811', '812', '852', '878', '895', '831'), fc.stringMatching(/^\d{8}$/))
    .map(([prefix, rest]) => `+62${prefix}${rest}`)
    .filter(phoneReader.holds)
  fc.assert(
    fc.property(number, (value) => {
      expect(read(phoneReader.show(value, 'id'))).toEqual({ kind: 'value', value })
    }),
  )
})

test('shown in groups, or with its middle hidden', () => {
  expect(phoneReader.show('+6281234567567', 'id')).toBe('0812-3456-7567')
  expect(phoneReader.mask?.('+6281234567567')).toBe('0812••••567')
})

test('what is stored is checked again', () => {
  const stored = ['+6281234567890', '+62 812-3456-7890', '+62215551234', '+6281', 6281234567890]
  expect(stored.map((each) => phoneReader.holds(each))).toEqual([true, false, false, false, false])
})

test('what is stored is held to be a mobile number where the library has it as one', () => {
  const isMobile = (value: string) => {
    const phone = parsePhoneNumberFromString(value)
    const type = phone?.number === value ? phone.getType() : undefined
    return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
  }
  const near = fc
    .tuple(fc.constantFrom('+62', '+628', '+6281', '+62084', '+60', '62', '+1'), fc.nat(14))
    .chain(([prefix, count]) =>
      fc.stringMatching(new RegExp(`^\\d{${count}}$`)).map((rest) => `${prefix}${rest}`),
    )
  const compare = fc.property(near, (value) => {
    expect(phoneReader.holds(value)).toBe(isMobile(value))
  })
  fc.assert(compare, { numRuns: 3_000 })
})
