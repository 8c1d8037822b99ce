// Checks words against the voice: short, no figures typed in, nothing that a channel cannot carry.
import type { Translated, Words } from '../core/flow.ts'

/** Most words in one message; a {blank} counts as one. Longer is not read on a small phone. */
const maxWords = 60

/**
 * Longest text that every channel carries, in UTF-16
 * units, with room for what fills the blanks.
 */
const maxUnits = 3_000

const invisible = /[\u0000-\u0009\u000b-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

const digit = /(?<![A-Za-z])\d/

/** Amounts in words are figures too: `sepuluh ribu`, `lima persen`. */
const amounts = new RegExp(
  `\\b(se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|seratus)\\s?` +
    `(belas|puluh|ratus|ribu|juta|miliar|persen|rupiah)\\b|%|\\brp\\b`,
  'i',
)

/** Says what is wrong with words in any language. */
export function checkWords(words: Translated, say: (sentence: string) => void) {
  for (const [code, one] of Object.entries(words)) {
    for (const sentence of problemsOf(one)) say(`${sentence} (bahasa ${code})`)
  }
}

/**
 * Says which languages lack the words, or fill other blanks than the Indonesian words do: those
 * would tell people less, or something that is not theirs.
 */
export function checkTranslated(
  words: Translated,
  codes: Iterable<string>,
  say: (sentence: string) => void,
) {
  const indonesian = new Set(words.id?.blanks)
  for (const code of codes) {
    if (!words[code]) say(`belum ada terjemahan "${code}"`)
    const translated = new Set(words[code]?.blanks ?? indonesian)
    const lost = [...indonesian].filter((name) => !translated.has(name))
    const strange = [...translated].filter((name) => !indonesian.has(name))
    for (const name of lost) say(`{${name}} hilang di terjemahan "${code}"`)
    for (const name of strange) say(`{${name}} hanya ada di terjemahan "${code}"`)
  }
}

function problemsOf(words: Words): string[] {
  const plain = words.texts.join(' ')
  const text = words.texts.join(' x ')
  const problems: string[] = []
  if (!text.trim()) problems.push('kalimatnya kosong')
  if (digit.test(plain) || amounts.test(plain)) {
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
