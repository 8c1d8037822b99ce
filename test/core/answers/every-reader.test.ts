// What holds for every reader, whatever is typed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSentFile, writeSentFile } from '../../../src/core/answers/document.ts'
import { createReaders } from '../../../src/core/answers/index.ts'
import type { Reader } from '../../../src/core/answers/reading.ts'
import { textReader } from '../../../src/core/answers/text.ts'

const context = { on: '2026-11-21' }
const { place: _, ...readers } = createReaders(textReader)

/** What a message says that is a file: nobody types it. */
const sentFile = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/), fc.string({ unit: 'binary' }))
  .map(([handle, name]) => writeSentFile({ handle, name }))

/** Messages that have broken programs before. */
const ZOO = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udc00\ud800',
  '\u202e1985-3-21',
  '👩‍👩‍👧‍👦',
  `a${'\u0301'.repeat(1000)}`,
  '３２０１',
  '٣٢٠١',
  '=HYPERLINK("http://x")',
  "'; DROP TABLE person; --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e308',
  'Infinity',
  '__proto__',
  'constructor',
  'toString',
  '0x10',
  '1_000',
  '%s%n',
  '\\',
  '"',
  '`',
  '()',
  '[',
  '*',
  '1'.repeat(10_000),
  'saya '.repeat(13_000),
  '1 '.repeat(5_000),
  '. '.repeat(5_000),
  '-'.repeat(65_536),
  '😀'.repeat(2_048),
  'a'.repeat(4_097),
  'satu '.repeat(2_000),
  '1.000'.repeat(2_000),
  'Rp'.repeat(5_000),
  '\n'.repeat(10_000),
]

/** Words that readers know, thrown together: nearer to an answer than chance comes. */
const soup = fc
  .array(
    fc.constantFrom(
      ...'satu dua setengah satangah tangah juta ribu puluh ratus belas likur sejuta - , . / Rp 1 12 1985',
      ...'maret 12-3-85 an sampai antara dan sekitar hari bulan saya nama 0812 +62 34567890 ½ m k ? 1.500'.split(
        ' ',
      ),
    ),
    { maxLength: 8 },
  )
  .chain((words) => fc.constantFrom(words.join(' '), words.join('')))
const typed = fc.oneof(
  soup,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'0123456789.,-/ '), maxLength: 20 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
)

function check(reader: Reader, words: string): void {
  const reading = reader.read(words, context)
  if (reading.kind === 'wrong') return
  const values = reading.kind === 'value' ? [reading.value] : reading.options
  expect(values.length).toBeGreaterThan(0)
  for (const value of values) {
    expect(reader.holds(value)).toBe(true)
    // A file is sent, never typed: what is shown of it is its name.
    if (reader === readers.document) continue
    // What a button says must not turn into something else when it is typed.
    const again = reader.read(reader.show(value, 'id'), context)
    expect(again).toEqual({ kind: 'value', value })
  }
}

describe.each(Object.entries(readers))('%s', (_name, reader) => {
  test('whatever it takes for a value holds, and reads back as itself', () => {
    fc.assert(
      fc.property(typed, (words) => check(reader, words)),
      { numRuns: 500 },
    )
  })

  test('nothing makes it throw, or takes long', () => {
    const began = performance.now()
    for (const words of ZOO) check(reader, words)
    const long = fc.string({ unit: 'binary', minLength: 5_000, maxLength: 10_000 })
    fc.assert(
      fc.property(long, (words) => check(reader, words)),
      { numRuns: 20 },
    )
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('a stored value of another kind is refused, not a crash', () => {
    for (const value of ['', ' ', '\u0000', Number.NaN, -1, 1e308]) {
      expect(reader.holds(value)).toBe(false)
    }
  })
})

test('a file that was sent is taken whole, and found again by its handle and name', () => {
  fc.assert(
    fc.property(sentFile, (words) => {
      expect(readers.document.read(words, context)).toEqual({ kind: 'value', value: words })
      const { handle, name } = readSentFile(words)
      expect(handle).not.toContain(' ')
      expect(words).toBe(`${handle} ${name}`)
      expect(readers.document.show(words, 'id')).toBe(name)
    }),
  )
})
