// The quick reader reads as the whole of YAML does, or leaves a file to it: whatever is typed.
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPlain } from '../../src/flows/plain-yaml.ts'
import { Findings, Problems } from '../../src/flows/problems.ts'
import { readYaml } from '../../src/flows/yaml.ts'
import { flowFile } from '../support/flow-copy.ts'

const files = readdirSync('flows', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({ path, text: flowFile(path) }))

/** What the whole of YAML makes of a text, and how many problems it has with it. */
function readWhole(text: string) {
  const findings = new Findings()
  const raw = readYaml(text, new Problems('', findings))
  return { raw, problems: findings.all.length }
}

test.each(files)('$path', ({ text }) => {
  const plain = readPlain(text)
  if (plain) expect({ raw: plain, problems: 0 }).toEqual(readWhole(text))
})

test('nearly every flow and figure is written plainly', () => {
  const left = files.filter(({ text }) => !readPlain(text))
  expect(files.length).toBeGreaterThan(100)
  expect(left.length).toBeLessThan(files.length / 20)
})

/** Some entries of a real file, moved to the left as far as they go. */
const piece = fc
  .record({
    file: fc.constantFrom(...files),
    at: fc.nat(400),
    most: fc.integer({ min: 1, max: 14 }),
  })
  .map(({ file, at, most }) => {
    const lines = file.text.split('\n')
    const entries = lines.filter((line) => /^ *(- )?[\w-]+:/.test(line))
    const first = lines.indexOf(entries[at % entries.length] ?? '')
    const depth = lines[first]?.search(/\S/) ?? 0
    const some = lines.slice(first, first + most)
    const end = some.findIndex((line) => line.trim() && line.search(/\S/) < depth)
    return (end < 0 ? some : some.slice(0, end)).map((line) => line.slice(depth)).join('\n')
  })

/** What a hand types by mistake, or what YAML takes for a sign. */
const typed = fc.constantFrom(
  ...['', ' ', '  ', '\n', '\n\n', '-', '- ', ':', ': ', '#', ' # ', '# x\n', '|', ' |', '|-'],
  ...['"', "'", '\\', '\t', '\r\n', '\u00a0', '\ufeff', '{', '}', '[', ']', ',', '&a ', '*a', '!'],
  ...['>', ' >-', '.', '%', '@', '?', '? ', '---\n', '...\n', 'x', 'x: y\n', 'x:\n', '- x\n'],
  ...['- x: y\n', '1: 2\n'],
)

const spoilt = fc
  .record({
    text: piece,
    slips: fc.array(
      fc.record({ at: fc.nat(600), isLineStart: fc.boolean(), gone: fc.nat(3), typed }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ text, slips }) =>
    slips.reduce((words, slip) => {
      const at = slip.at % (words.length + 1)
      const from = slip.isLineStart ? words.lastIndexOf('\n', at) + 1 : at
      return words.slice(0, from) + slip.typed + words.slice(from + slip.gone)
    }, text),
  )

describe('what is spoilt', () => {
  test('is read alike or left', () => {
    let plainly = 0
    fc.assert(
      fc.property(spoilt, (text) => {
        const plain = readPlain(text)
        if (!plain) return
        plainly += 1
        expect({ raw: plain, problems: 0 }).toEqual(readWhole(text))
      }),
      { numRuns: 3_000 },
    )
    expect(plainly).toBeGreaterThan(200)
  })
})
