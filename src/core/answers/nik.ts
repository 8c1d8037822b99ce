// Reads a NIK as people type it: in groups, with a label, with O for 0.
import { isNik } from '../nik.ts'
import { fold } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

const NIK_DIGITS = 16
/** Longer messages are not a NIK, and nobody is told that they typed 65,536 digits. */
const LONGEST = 200

/** Words around a NIK that say only that it is one. */
const LABELS =
  /\b(no|nomor|nomer|nmr|number|nik|ktp|e-ktp|ektp|saya|sy|aku|ulun|my|ini|is|adalah|nya|ya|pak|bu|kak)\b/g
const SEPARATORS = /[\s.,:;=_'"()/-]/g
/** What a spreadsheet makes of a NIK, e.g. `6.30305E+15`: the last digits are gone. */
const SPREADSHEET = /^\d([.,]\d+)?e\+?\d{1,2}$/

/**
 * Reads 16 digits however they are grouped. Phrases:
 * nik-length {count}, nik-odd, nik-excel, nik-letters.
 */
export const nikReader: Reader = {
  read(words): Reading {
    const typed = fold(words)
    if (typed.length > LONGEST) return { kind: 'wrong', say: 'nik-odd' }
    if (SPREADSHEET.test(typed.replace(/\s/g, ''))) return { kind: 'wrong', say: 'nik-excel' }
    const digits = typed.replace(LABELS, ' ').replace(SEPARATORS, '')
    if (/^\d+$/.test(digits)) return judge(digits)
    const alone = typed.match(/\d+/g)?.filter((run) => run.length === NIK_DIGITS) ?? []
    if (alone.length === 1 && isNik(alone[0])) return { kind: 'value', value: alone[0] }
    return readLookalikes(digits)
  },
  holds: isNik,
  show: (value) => String(value),
  mask: (value) => `${String(value).slice(0, 4)}••••••••${String(value).slice(-4)}`,
}

function judge(digits: string): Reading {
  if (digits.length !== NIK_DIGITS) {
    return { kind: 'wrong', say: 'nik-length', blanks: { count: String(digits.length) } }
  }
  return isNik(digits) ? { kind: 'value', value: digits } : { kind: 'wrong', say: 'nik-odd' }
}

/** `63O3O5…`: letters that look like digits are put right, but the person confirms. */
function readLookalikes(typed: string): Reading {
  const digits = typed.replace(/o/g, '0').replace(/[il|]/g, '1')
  const letters = typed.replace(/\d/g, '').length
  if (!/^\d+$/.test(digits) || letters * 2 > digits.length) return { kind: 'wrong', say: 'nik-odd' }
  const reading = judge(digits)
  if (reading.kind !== 'value') return reading
  return { kind: 'doubt', say: 'nik-letters', options: [reading.value] }
}
