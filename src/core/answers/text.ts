// Reads a few free words, e.g. an occupation or an address line.
import { clean, countCharacters } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

const SHORTEST = 2
/** Enough for an address of two lines; longer is a story, which belongs to an officer. */
const LONGEST = 200

/**
 * Reads 2 to 200 characters, one of them a letter
 * or digit. Phrases: text-short, text-long {count}.
 */
export const textReader: Reader = {
  read(words): Reading {
    const value = clean(words)
    const count = countCharacters(value)
    if (count > LONGEST)
      return { kind: 'wrong', say: 'text-long', blanks: { count: String(count) } }
    if (!isText(value)) return { kind: 'wrong', say: 'text-short' }
    return { kind: 'value', value }
  },
  holds: isText,
  show: (value) => String(value),
}

function isText(value: unknown): boolean {
  if (typeof value !== 'string' || clean(value) !== value) return false
  if (!/[\p{L}\p{N}]/u.test(value)) return false
  const count = countCharacters(value)
  return count >= SHORTEST && count <= LONGEST
}
