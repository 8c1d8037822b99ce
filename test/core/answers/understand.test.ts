// A label copied by hand is the label, also where only the exact words count.
import { expect, test } from 'vitest'
import { findOption } from '../../../src/core/answers/understand.ts'

const options = [
  { key: 'agree', label: 'Ya, saya setuju' },
  { key: 'refuse', label: 'Tidak setuju' },
]
const clear = { yes: new Set(['ya']), no: new Set(['tidak']) }

test.each([
  ['ya saya setuju', 'agree'],
  ['YA, SAYA SETUJU.', 'agree'],
  ['tidak setuju', 'refuse'],
  ['y,a saya setuju', undefined],
  ['saya setuju', undefined],
  ['ya', undefined],
  ['ya saya setuju tapi nanti', undefined],
])('"%s", where only the exact words count', (words, key) => {
  expect(findOption(words, options, clear, true)?.key).toBe(key)
})
