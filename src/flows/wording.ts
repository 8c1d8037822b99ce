// Checks words against the voice: short, no figures typed in, nothing that a channel cannot carry.
import type { Translated, Words } from '../core/flow.ts'

/** Most words in one message; a {blank} counts as one. Longer is not read on a small phone. */
const maxWords = 60

/** Longest text that every channel carries, in UTF-16 units, with room for what fills the blanks. */
const maxUnits = 3_000

/** Says what is wrong with words in any language. */
export function checkWords(words: Translated, say: (sentence: string) => void) {
  for (const [code, one] of Object.entries(words)) {
    for (const sentence of problemsOf(one)) say(`${sentence} (bahasa ${code})`)
  }
}

function problemsOf(words: Words): string[] {
  const text = words.texts.join(' x ')
  const problems: string[] = []
  if (/(?<![A-Za-z])\d/.test(words.texts.join(' '))) {
    problems.push('ada angka di dalam kalimat; angka ditulis di flows/rates dan disebut dengan {}')
  }
  if (/[{}]/.test(text)) problems.push('ada kurung { atau } yang tidak berpasangan')
  const count = text.split(/\s+/).filter(Boolean).length
  if (count > maxWords) problems.push(`kalimatnya ${count} kata; paling banyak ${maxWords}`)
  if (text.length > maxUnits) problems.push('terlalu panjang untuk satu pesan')
  if (/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) {
    problems.push('ada huruf tak terlihat; ketik ulang kalimatnya')
  }
  return problems
}
