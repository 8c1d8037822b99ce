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
  /** Villages whose name begins with these words and goes on: Loa Duri is Loa Duri Ilir or Ulu. */
  findLonger(words: readonly string[]): NearName[]
}

/** An official name may be two (`Pulo Lon / Pulo Dayah`) or explained (`Kurau (Timur)`). */
function spellingsOf(name: string): string[][] {
  const whole = toWords(name)
  if (!/[/(]/.test(name)) return [whole]
  const parts = name.split(/[/()]/).map(toWords)
  return [whole, ...parts.filter((words) => words.join('').length > 3)]
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

function groupByFirstWord(names: readonly Name[]): Map<string, Name[]> {
  const groups = new Map<string, Name[]>()
  for (const name of names) {
    const [first = '', second] = name.words
    if (!second) continue
    const group = groups.get(first)
    if (group) group.push(name)
    else groups.set(first, [name])
  }
  return groups
}

const signs = 37
/** Fewer letters than this are the beginning of too many names. */
const leastBeginning = 5

/** 1–10 for figures, 11–36 for letters; 0 is the edge of a name. */
function signOf(key: string, at: number): number {
  if (at < 0 || at >= key.length) return 0
  const unit = key.charCodeAt(at)
  return unit < 58 ? unit - 47 : unit - 86
}

/** The pair of letters before and at a place in a name, as a number. */
function pairAt(key: string, at: number): number {
  return signOf(key, at - 1) * signs + signOf(key, at)
}

/** The pairs of neighbouring letters of a name, with its edges, each once. */
function pairsOf(key: string): number[] {
  const pairs = Array.from({ length: key.length + 1 }, (_, at) => pairAt(key, at))
  return [...new Set(pairs)]
}

/** For each pair of letters, the numbers of the names that hold it, rising. */
function indexPairs(names: readonly Name[]): Int32Array[] {
  const lists: number[][] = Array.from({ length: signs * signs }, () => [])
  names.forEach(({ key }, number) => {
    for (let at = 0; at <= key.length; at++) {
      const list = lists[pairAt(key, at)]
      if (list?.[list.length - 1] !== number) list?.push(number)
    }
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
  const byFirstWord = groupByFirstWord(names)
  const pairs = indexPairs(names)
  const lengths = Int32Array.from(names, ({ key }) => key.length)
  const shared = new Uint8Array(names.length)

  /** Names that share enough pairs of letters with the key to be at most `limit` errors away. */
  function findSharing(key: string, limit: number): Name[] {
    const found: Name[] = []
    const keyPairs = pairsOf(key)
    // An error spoils two pairs of letters, a swap three.
    const least = Math.max(Math.ceil(keyPairs.length / 3), keyPairs.length - 2 * limit - 1)
    const first = findPlace(lengths, key.length - limit)
    const end = findPlace(lengths, key.length + limit + 1)
    shared.fill(0, first, end)
    for (const pair of keyPairs) {
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

  function findExact(words: readonly string[]): readonly Village[] {
    const found = toKeys(words).map((key) => byKey.get(key)?.villages ?? [])
    return found.length === 1 ? (found[0] ?? []) : [...new Set(found.flat())]
  }

  function findNear(words: readonly string[]): NearName[] {
    const near: NearName[] = []
    for (const key of toKeys(words)) {
      const limit = allowedErrors(key.length)
      const typed: Name = { key, words: [...words], villages: [] }
      for (const name of findSharing(key, limit)) {
        const errors = countNameErrors(typed, name, limit)
        if (errors <= limit) near.push({ villages: name.villages, errors })
      }
    }
    return near
  }

  function findLonger(words: readonly string[]): NearName[] {
    if (words.join('').length < leastBeginning) return []
    return (byFirstWord.get(words[0] ?? '') ?? [])
      .filter((name) => words.every((word, at) => word === name.words[at]))
      .map(({ villages }) => ({ villages, errors: 1 }))
  }

  return { findExact, findNear, findLonger }
}
