// What words must be: short, without figures typed in, with nothing that a channel cannot carry.
import type { Words } from './flow.ts'

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

/** Amounts in digits, where days and hours may be named: `16.800`, `Rp8400`, `10 ribu`. */
const amountDigits = /\d[.,]\d{3}(?!\d)|\brp\.?\s?\d|\d\s?(ribu|rb|juta|jt|persen|rupiah)\b|\d{4,}/i

const aYear = /\b20\d\d\b/g

const figureTyped = 'ada angka di dalam kalimat; angka ditulis di flows/rates dan disebut dengan {}'

/**
 * What is wrong with words, in sentences for an officer. With `allowsDates` numbers may stand in
 * them, such as those of a day and an hour, but no amounts.
 */
export function findWordProblems(words: Words, { allowsDates = false } = {}): string[] {
  const plain = words.texts.join(' ')
  const text = words.texts.join(' x ')
  const problems: string[] = []
  if (!text.trim()) problems.push('kalimatnya kosong')
  const isFigure = allowsDates ? amountDigits.test(plain.replace(aYear, '')) : digit.test(plain)
  if (isFigure || amounts.test(plain)) {
    problems.push(allowsDates ? 'ada jumlah uang atau persen di dalam kalimat' : figureTyped)
  }
  if (/[{}]/.test(text)) problems.push('ada kurung { atau } yang tidak berpasangan')
  const count = text.split(/\s+/).filter(Boolean).length
  if (count > maxWords) problems.push(`kalimatnya ${count} kata; paling banyak ${maxWords}`)
  if (text.length > maxUnits) problems.push('terlalu panjang untuk satu pesan')
  if (invisible.test(text)) problems.push('ada huruf tak terlihat; ketik ulang kalimatnya')
  if (text.includes('\ufffd')) problems.push('ada huruf rusak; simpan berkasnya sebagai UTF-8')
  return problems
}
