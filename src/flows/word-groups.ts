// Sections of words under known names, as the files hold them that tell how lists are read.
import { entriesOf, textsOf } from './entries.ts'
import type { Files } from './files.ts'
import type { Problems } from './problems.ts'
import { sectionOf } from './shared-words.ts'
import type { Entry, Raw } from './yaml.ts'

/** One entry of a section, under the name that it is known by. */
export interface WordGroup<T> {
  group: T
  entry: Entry
}

/** A word with the group that it stands in. */
export interface GroupedWord<T> {
  group: T
  text: string
  line: number
}

/** Notes the heads of a file that there are not. */
export function refuseOtherHeads(raw: Raw, problems: Problems, known: readonly string[]) {
  for (const { key, line } of entriesOf(raw, problems)) {
    if (known.includes(key)) continue
    problems.at(line, `kata "${key}" tidak dikenal; pilih ${known.join(', ')}`)
  }
}

/** The entries of a file's section; each group must be known, and none may be missing. */
export function readGroups<T extends string>(
  files: Files,
  file: string,
  head: string,
  groups: readonly T[],
): WordGroup<T>[] {
  const problems = files.get(file)?.problems
  if (!problems) return []
  const entries = sectionOf(files, file, head)
  for (const group of groups) {
    if (!entries.some(({ key }) => key === group)) {
      problems.at(1, `di bawah ${head}: belum ada "${group}:"`)
    }
  }
  return entries.flatMap((entry) => {
    const group = groups.find((one) => one === entry.key)
    if (group) return [{ group, entry }]
    problems.at(entry.line, `"${entry.key}" tidak dikenal di ${head}: (${groups.join(', ')})`)
    return []
  })
}

/** The words of every group, each with its line. */
export function wordsOf<T extends string>(
  groups: WordGroup<T>[],
  problems: Problems | undefined,
): GroupedWord<T>[] {
  if (!problems) return []
  return groups.flatMap(({ group, entry }) =>
    textsOf(entry, problems).map((word) => ({ group, ...word })),
  )
}

/** The group of each word, by what words are compared by; a word that means two is a problem. */
export function meaningsOf<T extends string>(
  words: readonly GroupedWord<T>[],
  keyOf: (text: string) => string,
  problems: Problems | undefined,
): Map<string, T> {
  const meanings = new Map<string, T>()
  for (const { group, text, line } of words) {
    const key = keyOf(text)
    const other = meanings.get(key)
    if (!key) problems?.at(line, `"${text}" tidak berisi huruf atau angka`)
    else if (other && other !== group) problems?.at(line, `"${text}" sudah berarti "${other}"`)
    meanings.set(key, group)
  }
  return meanings
}
