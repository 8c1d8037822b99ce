// Checks words against the voice: short, no figures typed in, nothing that a channel cannot carry.
import type { Translated, Words } from '../core/flow.ts'

/** Most words in one message; a {blank} counts as one. Longer is not read on a small phone. */
const maxWords = 60

/** Longest text that every channel carries, in UTF-16 units, with room for what fills the blanks. */
const maxUnits = 3_000

const invisible = /[\u0000-\u0009\u000b-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

const digit = /(?<![A-Za-z])\d/

/** Amounts in words are figures too: `sepuluh ribu`, `lima persen`. */
const numberWords =
  /\b(se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|seratus)\s?(belas|puluh|ratus|ribu|juta|miliar|persen|rupiah)\b|%|\brp\b/i

/** Says what is wrong with words, in Indonesian and in each of the other languages. */
export function checkWords(words: Translated, codes: string[], say: (sentence: string) => void) {
  for (const code of ['id', ...codes]) {
    const one = words[code]
    const where = ` (bahasa ${code})`
    if (!one) say(`belum ada terjemahan "${code}"`)
    else {
      const problems = problemsOf(one)
      for (const sentence of problems) say(`${sentence}${where}`)
      if (problems.length === 0) checkBlanks(words, one, (sentence) => say(`${sentence}${where}`))
    }
  }
}

/** A translation that lost a blank tells people less, or a figure that is not theirs. */
function checkBlanks(words: Translated, one: Words, say: (sentence: string) => void) {
  const indonesian = new Set(words.id?.blanks)
  const translated = new Set(one.blanks)
  for (const name of indonesian) if (!translated.has(name)) say(`{${name}} hilang di terjemahan`)
  for (const name of translated) {
    if (!indonesian.has(name)) say(`{${name}} tidak ada dalam kalimat Indonesianya`)
  }
}

function problemsOf(words: Words): string[] {
  const plain = words.texts.join(' ')
  const text = words.texts.join(' x ')
  const problems: string[] = []
  if (!text.trim()) problems.push('kalimatnya kosong')
  if (digit.test(plain) || numberWords.test(plain)) {
    problems.push('ada angka di dalam kalimat; angka ditulis di flows/rates dan disebut dengan {}')
  }
  if (/[{}]/.test(text)) problems.push('ada kurung { atau } yang tidak berpasangan')
  const count = text.split(/\s+/).filter(Boolean).length
  if (count > maxWords) problems.push(`kalimatnya ${count} kata; paling banyak ${maxWords}`)
  if (text.length > maxUnits) problems.push('terlalu panjang untuk satu pesan')
  if (invisible.test(text)) problems.push('ada huruf tak terlihat; ketik ulang kalimatnya')
  if (text.includes('\ufffd')) problems.push('ada huruf rusak; simpan berkasnya sebagai UTF-8')
  return problems
}
