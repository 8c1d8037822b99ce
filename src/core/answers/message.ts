// Reads what is written to somebody: lines stay lines.
import { maxWordsLength } from '../limits.ts'
import type { Reader } from './reading.ts'
import { textReader } from './text.ts'

/** Reads some lines, one letter or digit among them, as they are. Phrases: text-short, text-long. */
export const messageReader: Reader = {
  read(words) {
    const value = words.trim()
    if (value.length > maxWordsLength) {
      return { kind: 'wrong', say: 'text-long', blanks: { count: String(value.length) } }
    }
    return isMessage(value) ? { kind: 'value', value } : { kind: 'wrong', say: 'text-short' }
  },
  holds: isMessage,
  show: textReader.show,
}

function isMessage(value: unknown): boolean {
  return typeof value === 'string' && value.length <= maxWordsLength && /[\p{L}\p{N}]/u.test(value)
}
