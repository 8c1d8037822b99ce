// Typed words are tidied in one place: nothing invisible stays, and any script's digits are digits.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean, fold, foldWhole } from '../../../src/core/answers/normalise.ts'

const anything = fc.string({ unit: 'binary', maxLength: 300 })
const unpaired = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes))

describe('clean', () => {
  test.each([
    ['spaces are folded', '  Siti \t\n  Aminah\r\n', 'Siti Aminah'],
    ['NUL', 'Si\u0000ti', 'Si ti'],
    ['zero width', 'S\u200bi\u200dt\ufeffi', 'Siti'],
    ['right-to-left override', '\u202eitiS', 'itiS'],
    ['lone surrogates around an invisible one', 'a\ud83d\u200b\ude00b', 'ab'],
    ['composed', 'Jose\u0301', 'Jos\u00e9'],
    ['a thousand accents', `a${'\u0301'.repeat(1000)}`, '\u00e1\u0301\u0301\u0301'],
    ['no-break space', 'Siti\u00a0Aminah', 'Siti Aminah'],
  ])('%s', (_, typed, expected) => {
    expect(clean(typed)).toBe(expected)
  })

  test('what it gives can be kept in Postgres, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(anything, unpaired), (typed) => {
        const kept = clean(typed)
        expect(kept).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(kept).toBe(kept.normalize('NFC'))
        expect(clean(kept)).toBe(kept)
      }),
    )
  })
})

describe('fold', () => {
  test.each([
    ['IYA', 'iya'],
    ['Ｉｙａ', 'iya'],
    ['hi’ih', "hi'ih"],
    ['12–3−85', '12-3-85'],
  ])('%s is compared as %s', (typed, expected) => {
    expect(fold(typed)).toBe(expected)
  })

  test('digits of every script that Node can write are 0-9', () => {
    // Written by Intl, which knows nothing of this program.
    const decimal = Intl.supportedValuesOf('numberingSystem')
      .map((system) => new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }))
      .map((format) => format.format(9876543210))
      .filter((written) => /^\p{Nd}{10}$/u.test(written))
    expect(decimal.length).toBeGreaterThan(40)
    for (const written of decimal) expect(fold(written)).toBe('9876543210')
  })

  test('plain words fold as they do beside something invisible, which is the longer way', () => {
    const plain = fc.string({ unit: fc.constantFrom(...' \t`aZ09.-~{!'), maxLength: 20 })
    fc.assert(
      fc.property(plain, (typed) => {
        expect(fold(typed)).toBe(fold(`${typed}\u200b`))
        expect(clean(typed)).toBe(clean(`${typed}\u200b`))
      }),
      { numRuns: 2_000 },
    )
  })

  test('folding again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(anything, unpaired), (typed) => {
        expect(fold(fold(typed))).toBe(fold(typed))
      }),
    )
  })
})

describe('foldWhole', () => {
  test.each([
    ['Iya.', 'iya'],
    ['ya!!! 🙏🏽🙏', 'ya'],
    ['betul 👍', 'betul'],
    ['iya~', 'iya'],
    ['ya;', 'ya'],
    ['ya?', 'ya?'],
    ['ya ❌', 'ya ❌'],
    ['... ya', '... ya'],
  ])('%s', (typed, expected) => {
    expect(foldWhole(typed)).toBe(expected)
  })

  test('65,536 full stops take no time', () => {
    const began = performance.now()
    foldWhole(`${'.'.repeat(65_536)}x`)
    expect(performance.now() - began).toBeLessThan(500)
  })
})
