// Reads a code of ten characters, as invites carry them: `7K3M2-92QXA`, however it was copied.
import { fold } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

/** How many characters a code has: fifty bits. */
export const codeLength = 10

/** Crockford's base 32: no letter looks like a figure or like another letter. */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A code made of the first ten of these bytes, random or a hash: one letter from each. */
export function codeOf(bytes: Uint8Array): string {
  let code = ''
  for (let at = 0; at < codeLength; at++) {
    code += codeLetters[(bytes[at] ?? 0) % codeLetters.length]
  }
  return code
}

const LONGEST = 100
const CODE = new RegExp(`^[${codeLetters}]{${codeLength}}$`)

/** Words around a code that say only that it is one, and the beginning of a receipt. */
const LABELS = /\b(kode|undangan|tanda terima|nomor|no|saya|ini|code|sd|u_|s_)\b/g

/** What looks like a figure was one. */
function asWritten(typed: string): string {
  return typed.toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1').toUpperCase()
}

/** Reads ten characters of Crockford's base 32; O, I and L are taken for 0 and 1. Phrase: code-odd. */
export const codeReader: Reader = {
  read(words): Reading {
    const typed = fold(words)
    if (typed.length > LONGEST) return { kind: 'wrong', say: 'code-odd' }
    const value = asWritten(typed.replace(LABELS, ' ').replace(/[\s.,:_-]/g, ''))
    return CODE.test(value) ? { kind: 'value', value } : { kind: 'wrong', say: 'code-odd' }
  },
  holds: (value) => CODE.test(String(value)),
  show: (value) => showCode(String(value)),
}

/**
 * Whether words are a code and nothing else, as it is copied: ten letters and figures, some of
 * each, so that no word and no number is taken for one.
 */
export function isBareCode(words: string): boolean {
  const typed = words.trim()
  const isInOne = /^[0-9a-z]{5}-?[0-9a-z]{5}$/i.test(typed) && /\d/.test(typed)
  return isInOne && /[a-z]/i.test(typed) && CODE.test(asWritten(typed.replace('-', '')))
}

/** A code of ten characters as people read and copy it: `7K3M2-92QXA`. */
export function showCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`
}
