// Names by their words, so that a name is found among many without comparing it with each. Pure.
import { isSameWord, wordsOf } from './duplicates.ts'

/** Names and the numbers that they are of. */
export interface NameIndex {
  /** Adds a name; a number is added once. */
  add(id: number, name: string): void
  /** Numbers whose names may be like this one, the largest first: none that is like it is missing. */
  find(name: string): number[]
}

/** More words than this no name that is looked for has. */
const mostWords = 30

/** An index without names. */
export function createNameIndex(): NameIndex {
  /** The numbers of each word; one twice where the word stands twice in the name. */
  const byWord = new Map<string, number[]>()
  const wordCounts = new Map<number, number>()
  return {
    add: (id, name) => {
      const words = wordsOf(name)
      wordCounts.set(id, words.length)
      for (const word of words) {
        const ids = byWord.get(word)
        if (ids) ids.push(id)
        else byWord.set(word, [id])
      }
    },
    find: (name) => {
      const wanted = wordsOf(name).slice(0, mostWords)
      const hits = new Map<number, { wanted: number; words: number }>()
      for (const [word, ids] of byWord) {
        const same = wanted.reduce((bits, one, at) => {
          return isSameWord(one, word) ? bits | (1 << at) : bits
        }, 0)
        if (same === 0) continue
        for (const id of ids) {
          const hit = hits.get(id)
          if (hit) {
            hit.wanted |= same
            hit.words += 1
          } else hits.set(id, { wanted: same, words: 1 })
        }
      }
      const all = 2 ** wanted.length - 1
      const found = [...hits].filter(
        ([id, hit]) => hit.wanted === all || hit.words === wordCounts.get(id),
      )
      return found.map(([id]) => id).sort((one, other) => other - one)
    },
  }
}
