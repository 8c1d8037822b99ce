// Choices that stand ready are what the flow says, in every language, and understood as they were.
import { expect, test } from 'vitest'
import { findOption, type Option } from '../../src/core/answers/understand.ts'
import type { Ask } from '../../src/core/flow.ts'
import { readFlows } from '../../src/flows/index.ts'

const book = readFlows('flows')
const asks = [...book.flows.values()].flatMap((flow) => [...flow.asks.values()])

/** The choices as they stand written in one language; a label with a blank has more than a text. */
function writtenIn(ask: Ask, language: string) {
  return ask.choices.map(({ key, label }) => ({ key, texts: label[language]?.texts ?? [] }))
}

test('in every language they have the keys and labels that are written', () => {
  let compared = 0
  for (const ask of asks) {
    for (const language of book.languages) {
      const written = writtenIn(ask, language)
      const isPlain = written.length > 0 && written.every(({ texts }) => texts.length === 1)
      const ready = ask.options?.[language]?.map(({ key, label }) => ({ key, texts: [label] }))
      expect(ready).toEqual(isPlain ? written : undefined)
      compared += ready?.length ?? 0
    }
  }
  expect(compared).toBeGreaterThan(200)
})

test.each([
  ['as it is written', (label: string) => label],
  ['in capitals, with a full stop', (label: string) => `${label.toUpperCase()}.`],
  ['without its commas', (label: string) => label.replaceAll(',', '')],
  ['its first word', (label: string) => label.split(' ')[0] ?? ''],
])('a label is understood alike, folded before or not: %s', (_, say) => {
  const ready = asks.flatMap((ask) => Object.values(ask.options ?? {}))
  const bare = ({ key, label }: Option): Option => ({ key, label })
  for (const options of ready) {
    for (const { key, label } of options) {
      for (const said of [say(label), say(key)]) {
        const found = findOption(said, options, book, false)?.key
        expect(found).toBe(findOption(said, options.map(bare), book, false)?.key)
      }
    }
  }
})
