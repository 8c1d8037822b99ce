// Reads a small whole number, in digits or in words.
import { fold } from './normalise.ts'
import { addUp, findNumberParts } from './number-words.ts'
import type { Reader, Reading } from './reading.ts'

const LARGEST = 999
const LONGEST = 60

/**
 * What is counted, and small talk: it changes nothing.
 * A year is not among them: it is twelve months.
 */
const FILLERS = new Set(
  'ada bulan bln month months orang urang anak buah kali people saja aja haja ya pak bu kak'.split(
    ' ',
  ),
)

/** Reads 0 to 999. Phrase: number-odd. */
export const numberReader: Reader = {
  read(words): Reading {
    const typed = fold(words).replace(/[.!]+$/, '')
    const value = typed.length > LONGEST ? undefined : readNumber(typed)
    return isSmallNumber(value) ? { kind: 'value', value } : { kind: 'wrong', say: 'number-odd' }
  },
  holds: isSmallNumber,
  show: (value) => String(value),
}

function readNumber(typed: string): number | undefined {
  const words = typed.split(' ').filter((word) => !FILLERS.has(word))
  const digits = words.length === 1 ? /^(\d+)[a-z]*$/.exec(words[0] ?? '') : null
  if (digits) {
    const unit = (words[0] ?? '').slice(digits[1]?.length)
    return unit === '' || FILLERS.has(unit) ? Number(digits[1]) : undefined
  }
  const parts = words.map(findNumberParts)
  return parts.includes(undefined) ? undefined : addUp(parts.flatMap((part) => part ?? []))?.value
}

function isSmallNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST
}
