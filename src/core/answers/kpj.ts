// Reads a membership number as officers type it: in groups, with a label before it.
import { isKpj, kpjDigits } from '../kpj.ts'
import { fold } from './normalise.ts'
import type { Reader } from './reading.ts'

const LONGEST = 100

/** Words around a number that say only that it is one. */
const LABELS = /\b(no|nomor|nomer|nmr|number|kpj|peserta|member|kartu|card|nya|is|adalah)\b/g
const SEPARATORS = /[\s.,:;/'"()_-]/g

/** Reads the digits of a membership number. Phrase: kpj-odd {count} {digits}. */
export const kpjReader: Reader = {
  read(words) {
    const typed = fold(words).slice(0, LONGEST)
    const value = typed.replace(LABELS, ' ').replace(SEPARATORS, '')
    if (isKpj(value)) return { kind: 'value', value }
    const count = String(typed.replace(/\D/g, '').length)
    return { kind: 'wrong', say: 'kpj-odd', blanks: { count, digits: String(kpjDigits) } }
  },
  holds: (value) => isKpj(String(value)),
  show: (value) => String(value),
}
