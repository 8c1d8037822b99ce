// The index of village names: exact names at once, misspelt ones by the pairs of letters they share.
import type { Village } from '../place.ts'
import { allowedErrors, countErrors } from './distance.ts'
import { toKeys, toWords } from './words.ts'

/** A name as it is looked up, and every village that bears it. */
interface Name {
  key: string
  words: string[]
  villages: Village[]
}

/** Names that are near to some words, with the number of errors between them. */
export interface NearName {
  villages: readonly Village[]
  errors: number
}

/** Finds villages by their names alone. */
export interface NameIndex {
  /** Villages of exactly this name, however it is cut into words and numbered. */
  findExact(words: readonly string[]): readonly Village[]
  /** Villages whose name differs by a few typing errors or by the order of words. */
  findNear(words: readonly string[]): NearName[]
}

/** An official name may be two (`Pulo Lon / Pulo Dayah`) or explained (`Kurau (Timur)`). */
function* spellingsOf(name: string): Generator<string[]> {
  yield toWords(name)
  if (!/[/(]/.test(name)) return
  for (const part of name.split(/[/()]/)) {
    const words = toWords(part)
    if (words.join('').length > 3) yield words
  }
}

function collectNames(villages: readonly Village[]): Map<string, Name> {
  const names = new Map<string, Name>()
  for (const village of villages) {
    for (const words of spellingsOf(village.name)) {
      for (const key of toKeys(words)) {
        const name = names.get(key)
        if (!name) names.set(key, { key, words, villages: [village] })
        else if (name.villages.at(-1) !== village) name.villages.push(village)
      }
    }
  }
  return names
}

const signs = 37

/** 1–10 for figures, 11–36 for letters; 0 is the edge of a name. */
function signOf(key: string, at: number): number {
  const unit = key.charCodeAt(at)
  if (Number.isNaN(unit)) return 0
  return unit < 58 ? unit - 47 : unit - 86
}

/** The pairs of neighbouring letters of a name, with its edges, each once. */
function pairsOf(key: string): number[] {
  const pairs: number[] = []
  for (let at = 0; at <= key.length; at++) {
    const pair = signOf(key, at - 1) * signs + signOf(key, at)
    if (!pairs.includes(pair)) pairs.push(pair)
  }
  return pairs
}

/** For each pair of letters, the numbers of the names that hold it. */
function indexPairs(names: readonly Name[]): Int32Array[] {
  const lists: number[][] = Array.from({ length: signs * signs }, () => [])
  names.forEach(({ key }, number) => {
    for (const pair of pairsOf(key)) lists[pair]?.push(number)
  })
  return lists.map((list) => Int32Array.from(list))
}

/** Errors where the same words stand in another order, one of them perhaps misspelt. */
function countMisplaced(typed: readonly string[], name: readonly string[], limit: number): number {
  if (typed.length !== name.length || typed.length < 2) return limit + 1
  const left = typed.filter((word) => !name.includes(word))
  if (left.length > 1) return limit + 1
  const missed = name.filter((word) => !typed.includes(word))
  return 1 + countErrors(left.join(''), missed.join(''), limit - 1)
}

/** Errors between a typed name and an official one; words in another order count as one error. */
function countNameErrors(typed: Name, name: Name, limit: number): number {
  const errors = countErrors(typed.key, name.key, limit)
  return errors <= 1 ? errors : Math.min(errors, countMisplaced(typed.words, name.words, limit))
}

/** The first place in a rising list whose number is at least this one. */
function findPlace(list: Int32Array, number: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}

/** Builds the index; look-ups are quick enough to be done several times a message. */
export function indexNames(villages: readonly Village[]): NameIndex {
  const byKey = collectNames(villages)
  // By length, so that names of about a length are neighbours in every list.
  const names = [...byKey.values()].sort((a, b) => a.key.length - b.key.length)
  const pairs = indexPairs(names)
  const lengths = Int32Array.from(names, ({ key }) => key.length)
  const shared = new Uint8Array(names.length)

  /** Names of about the key's length that share at least so many pairs of letters with it. */
  function findSharing(key: string, limit: number, least: number): Name[] {
    const found: Name[] = []
    const first = findPlace(lengths, key.length - limit)
    const end = findPlace(lengths, key.length + limit + 1)
    shared.fill(0, first, end)
    for (const pair of pairsOf(key)) {
      const list = pairs[pair] ?? new Int32Array()
      for (let at = findPlace(list, first); at < list.length; at++) {
        const number = list[at] ?? end
        if (number >= end) break
        const count = (shared[number] ?? 0) + 1
        shared[number] = count
        const name = count === least ? names[number] : undefined
        if (name) found.push(name)
      }
    }
    return found
  }

  return {
    findExact(words) {
      const found = toKeys(words).map((key) => byKey.get(key)?.villages ?? [])
      return found.length === 1 ? (found[0] ?? []) : [...new Set(found.flat())]
    },
    findNear(words) {
      const near: NearName[] = []
      for (const key of toKeys(words)) {
        const limit = allowedErrors(key.length)
        const typed: Name = { key, words: [...words], villages: [] }
        // An error spoils two pairs of letters, a swap three: what is near shares at least this.
        const least = Math.max(1, pairsOf(key).length - 2 * limit - 1)
        for (const name of findSharing(key, limit, least)) {
          const errors = countNameErrors(typed, name, limit)
          if (errors <= limit) near.push({ villages: name.villages, errors })
        }
      }
      return near
    },
  }
}
