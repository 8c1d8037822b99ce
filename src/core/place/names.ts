// The index of village names: exact ones at once, misspelt ones by the letters they share.
import type { Village } from '../place.ts'
import { allowedErrors, countErrors } from './distance.ts'
import { indexPairs } from './pairs.ts'
import { toKeys, toWords } from './words.ts'

/** Fewer letters than this are the beginning of too many names. */
const leastBeginning = 5

/** A name as it is looked up, and every village that bears it. */
interface Name {
  key: string
  words: string[]
  villages: Village[]
}

/** Names that are near to some words, with the number of errors between them. */
interface NearName {
  villages: readonly Village[]
  errors: number
}

/** Finds villages by their names alone. */
interface NameIndex {
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

/** Finds the names that are near to others among these. */
function indexNear(byKey: ReadonlyMap<string, Name>) {
  const names = [...byKey.values()].sort((a, b) => a.key.length - b.key.length)
  const byFirstWord = groupByFirstWord(names)
  const pairs = indexPairs(names.map(({ key }) => key))

  function findNear(words: readonly string[]): NearName[] {
    const near: NearName[] = []
    for (const key of toKeys(words)) {
      const limit = allowedErrors(key.length)
      const typed: Name = { key, words: [...words], villages: [] }
      for (const number of pairs.findSharing(key, limit)) {
        const name = names[number]
        const errors = name ? countNameErrors(typed, name, limit) : limit + 1
        if (name && errors <= limit) near.push({ villages: name.villages, errors })
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

  return { findNear, findLonger }
}

/** Builds the index; look-ups are quick enough to be done several times a message. */
export function indexNames(villages: readonly Village[]): NameIndex {
  const byKey = collectNames(villages)
  let made: ReturnType<typeof indexNear> | undefined
  /** Made for the first name that is misspelt: it takes as long as all exact ones. */
  function near() {
    made ??= indexNear(byKey)
    return made
  }

  function findExact(words: readonly string[]): readonly Village[] {
    const found = toKeys(words).map((key) => byKey.get(key)?.villages ?? [])
    return found.length === 1 ? (found[0] ?? []) : [...new Set(found.flat())]
  }
  return {
    findExact,
    findNear: (words) => near().findNear(words),
    findLonger: (words) => near().findLonger(words),
  }
}
