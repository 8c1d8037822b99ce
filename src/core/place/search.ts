// Finds the villages that words may mean: surely, nearly, or by the name alone.
import type { Village, VillageKind } from '../place.ts'
import { type Area, indexAreas, opensArea, splitAreas } from './areas.ts'
import { countErrors } from './distance.ts'
import { indexNames } from './names.ts'

/** A village that words may mean, and how far they are from saying so plainly. */
export interface Match {
  village: Village
  errors: number
}

/** What the words may be: a village's name, and areas before and after it. */
interface Guess {
  name: readonly string[]
  /** What stood before "desa": an area, or a street or hamlet that the list does not know. */
  before: Area[]
  after: Area[]
  /** Nothing that could belong to the name was left out. */
  isWhole: boolean
}

interface Start {
  at: number
  before: readonly string[]
}

/** Words that only a village's kind is said with; anything may stand before them. */
const kindWords = new Map<string, VillageKind>([
  ['desa', 'desa'],
  ['ds', 'desa'],
  ['kelurahan', 'kelurahan'],
  ['kel', 'kelurahan'],
])
/** Words for a village in some provinces that are also part of many names. */
const localKindWords = new Set(['kampung', 'kp', 'gampong', 'nagari', 'pekon', 'tiyuh', 'lembang'])
/** How people lead up to the name of a place. */
const leadingWords = new Set(
  'saya aku ulun kami tinggal diam di dari alamat orang ini nama adalah'.split(' '),
)

const marks = ['kecamatan', 'kabupaten', 'provinsi', 'kelurahan']
const mostStarts = 4
const longestName = 7
/** What words before "desa" count that name nothing in the list. */
const strangeWordsErrors = 3

/** The kind of village that the words speak of, if they do. */
export function findKind(words: readonly string[]): VillageKind | undefined {
  return words.map((word) => kindWords.get(word)).find((kind) => kind !== undefined)
}

/** The words without kecamatan, desa and their like: what is left are names. */
export function withoutMarks(words: readonly string[]): string[] {
  return words.filter((word) => !kindWords.has(word) && !opensArea(word))
}

/** Takes out RT and RW with their numbers. */
export function withoutHouseNumbers(words: readonly string[]): string[] {
  const isHouse = (word: string | undefined) => /^r[tw]\d*$/.test(word ?? '')
  const isFigure = (word: string) => /^\d+$/.test(word)
  return words.filter((word, at) => !isHouse(word) && !(isFigure(word) && isHouse(words[at - 1])))
}

/** The words with misspelt marks mended: kecmatan, kabupatn. Some villages are called nearly so. */
function withMendedMarks(words: readonly string[]): string[] {
  return words.map((word) => marks.find((mark) => isNear(word, mark)) ?? word)
}

function isNear(word: string, mark: string): boolean {
  return word.length > 6 && countErrors(word, mark, 2) <= 2
}

function countLeading(words: readonly string[]): number {
  const first = words.findIndex((word) => !leadingWords.has(word))
  return first < 0 ? words.length : first
}

/** Where a name may begin: at once, after "saya tinggal di", after "desa". */
function findStarts(words: readonly string[]): Start[] {
  const leading = countLeading(words)
  const starts: Start[] = [{ at: 0, before: [] }]
  if (leading > 0) starts.push({ at: leading, before: [] })
  words.forEach((word, at) => {
    if (!kindWords.has(word) && !localKindWords.has(word)) return
    starts.push({ at: at + 1, before: words.slice(leading, Math.max(leading, at)) })
  })
  return starts.slice(0, mostStarts)
}

/** Every way to cut words into a name and areas; the name ends before word number `nameBefore`. */
function* guess(words: readonly string[], nameBefore: number): Generator<Guess> {
  for (const { at, before } of findStarts(words)) {
    for (let end = at + 1; end <= Math.min(nameBefore, at + longestName); end++) {
      const after = splitAreas(words.slice(end))
      const isWhole = end === nameBefore || opensArea(words[end] ?? '')
      yield { name: words.slice(at, end), before: splitAreas(before), after, isWhole }
    }
  }
}

/** Guesses for words that have no sure meaning: with and without their marks mended. */
function* guessNear(words: readonly string[], nameBefore: number): Generator<Guess> {
  const mended = withMendedMarks(words)
  const readings = mended.join() === words.join() ? [words] : [words, mended]
  for (const reading of readings) {
    for (const each of guess(reading, nameBefore)) if (!each.name.some(opensArea)) yield each
  }
}

/** The three ways to find villages. Words are those of `toWords`. */
export interface Search {
  /** Villages whose name and areas are just what is written. */
  findSure(words: readonly string[], nameBefore?: number): Village[]
  /** Villages that are written with a few errors, nearest first. */
  findNear(words: readonly string[], nameBefore?: number): Match[]
  /** Villages of the name that is written, whatever else is said. */
  findByName(words: readonly string[]): Village[]
  /** Whether words are the name of a district, regency or province. */
  isArea(words: readonly string[]): boolean
}

/** Prepares the search in these villages. */
export function prepareSearch(villages: readonly Village[]): Search {
  const names = indexNames(villages)
  const areas = indexAreas(villages)

  function findSure(words: readonly string[], nameBefore = words.length): Village[] {
    const found = new Set<Village>()
    for (const { name, before, after } of guess(words, nameBefore)) {
      for (const village of names.findExact(name)) {
        const fits = (area: Area) => areas.fits(area, village)
        if (after.every(fits) && before.every(fits)) found.add(village)
      }
    }
    return [...found]
  }

  function countMisfits({ before, after }: Guess, village: Village): number {
    let errors = 0
    for (const area of after) errors += areas.countAreaErrors(area, village)
    // A street or a hamlet before "desa" is nobody's error, but it is not understood either.
    for (const area of before) {
      errors += Math.min(strangeWordsErrors, areas.countAreaErrors(area, village))
    }
    return errors
  }

  function findNear(words: readonly string[], nameBefore = words.length): Match[] {
    const least = new Map<Village, number>()
    for (const each of guessNear(words, nameBefore)) {
      const longer = each.isWhole ? names.findLonger(each.name) : []
      for (const near of [...names.findNear(each.name), ...longer]) {
        for (const village of near.villages) {
          const errors = near.errors + countMisfits(each, village)
          if (errors < (least.get(village) ?? Number.POSITIVE_INFINITY)) least.set(village, errors)
        }
      }
    }
    return Array.from(least, ([village, errors]) => ({ village, errors })).sort(byErrors)
  }

  function findByName(words: readonly string[]): Village[] {
    const found = [...guess(words, words.length)]
      .map(({ name, after }) => ({ name, rest: after.filter((area) => area.level === 'any') }))
      .filter(({ name, rest }) => name.length >= rest.flatMap((area) => area.words).length)
      .sort((a, b) => b.name.length - a.name.length)
      .map(({ name }) => names.findExact(name))
      .find((each) => each.length > 0)
    return [...(found ?? [])]
  }

  return { findSure, findNear, findByName, isArea: areas.isArea }
}

function byErrors(a: Match, b: Match): number {
  return a.errors - b.errors || (a.village.code < b.village.code ? -1 : 1)
}
