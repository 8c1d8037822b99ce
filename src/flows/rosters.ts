// Reads rosters.yaml: the words by which the columns, posts and rows of a list are recognised.
import type { Sex } from '../core/nik.ts'
import { type Cohort, cohorts } from '../core/rates.ts'
import { type Field, fields } from '../core/roster/fields.ts'
import { headingKey, type RosterWords, wordKey } from '../core/roster/roster-words.ts'
import { textsOf } from './entries.ts'
import type { Files } from './files.ts'
import { sectionOf } from './shared-words.ts'
import { type GroupedWord, meaningsOf, readGroups, refuseOtherHeads } from './word-groups.ts'

/** One word of a section, with the group it stands in. */
interface Word<T> extends GroupedWord<T> {
  /** Its place in its group, from 0. */
  rank: number
}

const rowGroups = ['empty', 'vacant', 'not-people'] as const
const heads = ['columns', 'posts', 'sexes', 'rows', 'rosters']
/** Stands at the end of a post that may go on. */
const OPEN = '…'

/** The words of every section. What means two things, or nothing, is a problem. */
export function readRosterWords(files: Files): RosterWords {
  const read = <T extends string>(head: string, groups: readonly T[]) =>
    readWords(files, head, groups)
  refuseStrayHeads(files)
  const columns = read('columns', fields)
  const posts = read('posts', cohorts)
  const sexes = read<Sex>('sexes', ['L', 'P'])
  const rows = read('rows', rowGroups)
  const problems = files.get('rosters')?.problems
  meaningsOf(columns, headingKey, problems)
  meaningsOf(posts, postWord, problems)
  const sexMeanings = meaningsOf(sexes, wordKey, problems)
  meaningsOf(rows, rowWord, problems)
  const [open, whole] = [posts.filter(isOpen), posts.filter((word) => !isOpen(word))]
  const inGroup = (group: string) =>
    new Set(rows.filter((word) => word.group === group).map(({ text }) => rowWord(text)))
  const empty = inGroup('empty')
  return {
    headings: new Map(
      columns.map(({ group, text, rank }) => [headingKey(text), { field: group, rank }]),
    ),
    posts: new Map(whole.map(({ group, text }) => [wordKey(text), group])),
    openPosts: open
      .map(({ group, text }): [string, Cohort] => [wordKey(text), group])
      .sort(([one], [other]) => other.length - one.length),
    sexes: sexMeanings,
    empty,
    longestEmpty: Math.max(0, ...[...empty].map((word) => word.length)),
    vacant: inGroup('vacant'),
    notPeople: inGroup('not-people'),
    examples: readExamples(files),
    fieldNames: firstOf<Field>(columns),
    cohortNames: firstOf<Cohort>(posts),
  }
}

/** `-` has no letters and is compared as it is. */
function rowWord(text: string): string {
  return wordKey(text) || text
}

function postWord(text: string): string {
  return isOpen({ text }) ? `${wordKey(text)} ${OPEN}` : wordKey(text)
}

function isOpen({ text }: { text: string }): boolean {
  return text.endsWith(OPEN)
}

/** Heads that there are not; in other languages only the sentences stand. */
function refuseStrayHeads(files: Files) {
  for (const [name, { raw, problems }] of files) {
    if (!/(^|\/)rosters$/.test(name)) continue
    refuseOtherHeads(raw, problems, name === 'rosters' ? heads : ['rosters'])
  }
}

/** The words of a section; each group must say something. */
function readWords<T extends string>(files: Files, head: string, groups: readonly T[]): Word<T>[] {
  const problems = files.get('rosters')?.problems
  if (!problems) return []
  return readGroups(files, 'rosters', head, groups).flatMap(({ group, entry }) => {
    const texts = textsOf(entry, problems)
    if (texts.length === 0) problems.at(entry.line, `"${group}:" belum berisi satu kata pun`)
    return texts.map((word, rank) => ({ group, ...word, rank }))
  })
}

/** The name in the example row, in every language. */
function readExamples(files: Files): Set<string> {
  const names = [...files.keys()].filter((name) => /(^|\/)rosters$/.test(name))
  const said = names.flatMap((name) =>
    sectionOf(files, name, 'rosters').filter(({ key }) => key === 'roster-handout-example'),
  )
  return new Set(said.flatMap(({ value }) => (value.is === 'text' ? [wordKey(value.text)] : [])))
}

function firstOf<T extends string>(words: Word<T>[]): Map<T, string> {
  const first = words.filter(({ rank }) => rank === 0)
  return new Map(first.map(({ group, text }) => [group, text.replace(OPEN, '').trim()]))
}
