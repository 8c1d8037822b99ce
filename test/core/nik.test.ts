// What a NIK says about a person. All NIK here are invented, but for Dukcapil's own example.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nikDiffers, parseNik } from '../../src/core/nik.ts'

const ON = '2026-11-21'

describe('parseNik', () => {
  test("Dukcapil's published example (PUB-16)", () => {
    expect(parseNik('3273056010900009', ON)).toEqual({
      region: '32.73.05',
      sex: 'P',
      birthOn: '1990-10-20',
      births: ['1990-10-20'],
      serial: '0009',
    })
  })

  test.each([
    ['of two centuries, the one with an adult', '6303050101260001', '1926-01-01'],
    ['one day too old for that', '6303052011250001', '2025-11-20'],
    ['a child, where only a child is possible', '6303050101150001', '2015-01-01'],
    ['not born yet in this century', '6303053112260001', '1926-12-31'],
    ['a leap day of 2000', '6303052902000001', '2000-02-29'],
    ['17 today', '6303052111090001', '2009-11-21'],
  ])('%s', (_, nik, birthOn) => {
    expect(parseNik(nik, ON).birthOn).toBe(birthOn)
  })

  test.each([
    ['month 13', '6303050113850001', 'L'],
    ['month 0', '6303054100850001', 'P'],
    ['31 February', '6303057102850001', 'P'],
    ['day 0', '6303050001850001', undefined],
    ['day 40', '6303054001850001', undefined],
    ['day 72', '6303057201850001', undefined],
  ])('%s gives no birth date', (_, nik, sex) => {
    expect(parseNik(nik, ON)).toMatchObject({ birthOn: undefined, births: [], sex })
  })
})

describe('nikDiffers', () => {
  test.each([
    ['same', '6303050101850001', '1985-01-01', 'L', []],
    ['same, a woman', '6303054101850001', '1985-01-01', 'P', []],
    ['sex not asked', '6303054101850001', '1985-01-01', undefined, []],
    ['another century', '6303050101260001', '2026-01-01', 'L', []],
    ['another day', '6303050201850001', '1985-01-01', 'L', ['birth']],
    ['another sex', '6303054101850001', '1985-01-01', 'L', ['sex']],
    ['both', '6303054101850001', '1985-02-01', 'L', ['birth', 'sex']],
    ['an impossible NIK', '6303050013850001', '1985-01-01', 'P', ['birth']],
  ] as const)('%s', (_, nik, birthOn, sex, expected) => {
    expect(nikDiffers(nik, birthOn, sex)).toEqual(expected)
  })

  test('a NIK made from a birth date and a sex never differs from them', () => {
    const birth = fc
      .date({ min: new Date('1930-01-01'), max: new Date(ON), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(birth, fc.constantFrom('L', 'P'), (birthOn, sex) => {
        const [year = '', month, day] = birthOn.split('-')
        const written = String(Number(day) + (sex === 'P' ? 40 : 0)).padStart(2, '0')
        const nik = `630305${written}${month}${year.slice(2)}0001`
        expect(nikDiffers(nik, birthOn, sex)).toEqual([])
        expect(parseNik(nik, ON).births).toContain(birthOn)
      }),
    )
  })
})
