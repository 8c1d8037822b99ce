// Reads the NIK of a cell, and knows when a spreadsheet has eaten its last digits.
import { nikReader } from '../answers/nik.ts'
import type { Cell } from './cell.ts'
import { cellText } from './cell.ts'
import type { Reason } from './reasons.ts'

/** What a cell says of a NIK: the number, or why there is none. */
export interface NikCell {
  value?: string
  reason?: Reason
  /** How many digits there were. */
  count?: string
}

/** Above this, a number of 16 digits is kept only nearly: as it is with the NIKs of Papua. */
const EXACT_UNTIL = '9007199254740991'

/**
 * Excel keeps fifteen digits of a number. So a NIK that was typed as a number ends in 0, whatever
 * it was: it is asked for again, never guessed. Text keeps every digit, but a CSV file does not say
 * what was text, and serial number 0000 is nobody's.
 */
export function readNikCell(
  cell: Cell,
  { isTyped, on }: { isTyped: boolean; on: string },
): NikCell {
  const text = cellText(cell)
  const reading = nikReader.read(text, { on })
  if (reading.kind === 'doubt') return { reason: 'nik-letters' }
  if (reading.kind === 'wrong') return findWrong(reading.say, reading.blanks?.count)
  const value = String(reading.value)
  const isNumber = typeof cell === 'object'
  const mayBeCut = isNumber || !isTyped ? value.endsWith('0') : value.endsWith('0000')
  if (mayBeCut || (isNumber && value > EXACT_UNTIL)) return { reason: 'nik-excel' }
  return { value }
}

function findWrong(say: string, count: string | undefined): NikCell {
  if (say === 'nik-excel') return { reason: 'nik-excel' }
  if (say === 'nik-length' && count) return { reason: 'nik-length', count }
  return { reason: 'nik-odd' }
}
