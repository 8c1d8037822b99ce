// Answers as they are kept say the same as a plain record of them, whatever was done to both.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import {
  findAnswer,
  hasAnswer,
  isUnanswered,
  keepAnswers,
  noAnswers,
  readAnswers,
  withAnswer,
  withoutAnswer,
} from '../../src/core/kept-answers.ts'

// One is the beginning, the end and the middle of another.
const ids = ['a', 'ab', 'b', 'a-b', 'ab-a', 'nik', 'nik-check', 'check']
const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(''))
const deed = fc.record({ id: fc.constantFrom(...ids), value: fc.option(value) })

it('with and without, found and read, in the order in which they were given', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
      let kept = noAnswers
      const plain = new Map<string, Value>()
      for (const { id, value } of deeds) {
        if (value === null) plain.delete(id)
        else plain.set(id, value)
        kept = value === null ? withoutAnswer(kept, id) : withAnswer(kept, id, value)
      }
      expect(Object.entries(readAnswers(kept))).toEqual([...plain])
      expect(keepAnswers(readAnswers(kept))).toEqual(kept)
      expect(isUnanswered(kept)).toBe(plain.size === 0)
      for (const id of ids) {
        expect(hasAnswer(kept, id)).toBe(plain.has(id))
        expect(findAnswer(kept, id)).toBe(plain.get(id))
      }
    }),
  )
})
