// Cuts words about money into amounts: what counts, what is small talk, and what makes it unsure.
import { findNumberParts } from './number-words.ts'

/** A number as it was typed, or a word that is part of one. */
export type MoneyToken = { number: string } | { word: string }

/** Words about money, cut up. */
export interface MoneyWords {
  /** Runs of tokens that may each be an amount. */
  segments: MoneyToken[][]
  /** Two segments are the ends of a range. */
  isRange: boolean
  /** Said to be about so much: to be confirmed. */
  isLoose: boolean
  /** Said not to know or not to be the same every month. */
  isUnsure: boolean
  /** Words that mean nothing here were among them. */
  isMixed: boolean
  /** Counted by the day, week or harvest, and not by the month. */
  isOtherPeriod: boolean
}

/**
 * Slang that is one whole amount. Incomes are in
 * thousands, so `cepek` (100) is 100 thousand here.
 */
const SLANG = new Map([
  ['seceng', 1_000],
  ['noceng', 2_000],
  ['goceng', 5_000],
  ['ceban', 10_000],
  ['jigo', 25_000],
  ['gocap', 50_000],
  ['cepek', 100_000],
  ['cepekceng', 100_000],
  ['gopek', 500_000],
  ['gopekceng', 500_000],
  ['cetiao', 1_000_000],
])

type WordClass = 'filler' | 'join' | 'month' | 'period' | 'hedge' | 'unsure' | 'range'

const CLASSES = new Map<string, WordClass>(
  (
    [
      [
        'filler',
        `saya sy aku ulun penghasilan pendapatan gaji upah hasil dapat dapatnya sebesar adalah ada
        per tiap rupiah perak aja saja ja haja lah ya iya pak bu kak sih itu cuma hanya uang duit
        bersih kotor my income is about only a`,
      ],
      ['join', 'dan and lawan'],
      ['month', 'bulan sebulan sabulan perbulan bulanan bln month monthly'],
      [
        'period',
        `hari sehari sahari perhari harian hr day daily minggu seminggu saminggu perminggu mingguan
        week weekly tahun setahun satahun pertahun year panen musim borongan`,
      ],
      [
        'hedge',
        `an sekitar kira kurleb kurang lebih paling palingan banyak sedikit mungkin hampir rata
        minimal maksimal antara bawah atas di about around maybe`,
      ],
      [
        'unsure',
        `tidak tak tdk nggak ngga enggak gak ga kada kd ndak ora belum balum tentu tantu menentu
        pasti tetap tahu tau gatau tergantung tagantung kadang musiman lupa jutaan ratusan puluhan
        ribuan not sure`,
      ],
      ['range', '- sampai sampe hingga atau atawa to or'],
    ] as [WordClass, string][]
  ).flatMap(([kind, words]) => words.split(/\s+/).map((word): [string, WordClass] => [word, kind])),
)

const TOKEN = /\d[\d.,]*\d|\d|[a-z']+|-|[^\s.,!/():=+]/g

/** What one slang word is worth in rupiah, if it is one. */
export function findSlang(word: string): number | undefined {
  return SLANG.get(word)
}

/** Cuts folded words up. */
export function cutMoney(folded: string): MoneyWords {
  const cut: MoneyWords = {
    segments: [[]],
    isRange: false,
    isLoose: false,
    isUnsure: false,
    isMixed: false,
    isOtherPeriod: false,
  }
  const kinds = new Set<WordClass>()
  for (const token of spellOut(folded).match(TOKEN) ?? []) {
    const kind = isAmountWord(token) ? undefined : (CLASSES.get(token) ?? 'unknown')
    if (kind === undefined) {
      cut.segments.at(-1)?.push(/^\d/.test(token) ? { number: token } : { word: token })
    } else if (kind === 'unknown') {
      cut.isMixed = true
    } else {
      kinds.add(kind)
    }
    if (kind !== undefined && kind !== 'join') cut.segments.push([])
  }
  cut.segments = cut.segments.filter((segment) => segment.length > 0)
  cut.isRange = kinds.has('range') || /\bantara\b/.test(folded)
  cut.isUnsure = kinds.has('unsure')
  cut.isOtherPeriod = kinds.has('period') && !kinds.has('month')
  cut.isLoose = ['hedge', 'unsure', 'range', 'period'].some((kind) => kinds.has(kind as WordClass))
  return cut
}

function isAmountWord(token: string): boolean {
  return (
    /^\d/.test(token) ||
    token === 'm' ||
    token === 'tangah' ||
    SLANG.has(token) ||
    findNumberParts(token) !== undefined
  )
}

/** Short forms made long, so that each token has one meaning. */
function spellOut(folded: string): string {
  return folded
    .replace(/(?<![a-z])(rp|idr)[.\s]*/g, ' ')
    .replace(/[,.][-=]+(?!\d)/g, ' ')
    .replace(/\b(kira|rata|kadang|kurang|lebih)( ?- ?\1|2| \1)\b/g, '$1')
    .replace(/(?<=\S ?)(juta|jt|ribu|rb)(nya)?\s?-?\s?an\b/g, '$1 an')
    .replace(/\bs\s?[/.]\s?d\b\.?/g, ' sampai ')
    .replace(/\b(se|sa)[- ]?(juta|ribu|ratus)\b/g, '$1$2')
    .replace(
      /(\d*)1\u20442|(?<![\d/])(?:(\d+) )?1\/2\b/g,
      (_, sign, typed) => `${sign || typed || 0},5`,
    )
    .replace(/\+\/?-|[~±<>?]/g, ' sekitar ')
    .replace(/\bantara\b(.*?)\b(dan|and)\b/g, 'antara$1sampai')
    .replace(/(?<![\d.,])(\d{1,3})((?: \d{3})+)(?![\d.,])/g, (number) => number.replace(/ /g, ''))
}
