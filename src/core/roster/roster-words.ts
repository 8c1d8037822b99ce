// The words by which columns, posts and empty cells are recognised: what flows/rosters.yaml says.
import { fold } from '../answers/normalise.ts'
import type { Sex } from '../nik.ts'
import type { Cohort } from '../rates.ts'
import type { Field } from './fields.ts'

/** A heading that is known. */
export interface KnownHeading {
  field: Field
  /** Where two columns hold the same, the one whose heading was written first counts. */
  rank: number
}

/** What flows/rosters.yaml says, made comparable. */
export interface RosterWords {
  headings: Map<string, KnownHeading>
  /** Posts that are just so, by their key. */
  posts: Map<string, Cohort>
  /** Beginnings of posts, `kaur …`, longest first. */
  openPosts: [start: string, cohort: Cohort][]
  sexes: Map<string, Sex>
  /** Cells that say that there is nothing, and how long the longest of them is. */
  empty: Set<string>
  longestEmpty: number
  /** Names that say that nobody holds the post. */
  vacant: Set<string>
  /** First words of rows that are not a person: totals, signatures. */
  notPeople: Set<string>
  /** The name in the example row of the list that is handed out. */
  examples: Set<string>
  /** How each field and cohort is called, in the words that were written first. */
  fieldNames: Map<Field, string>
  cohortNames: Map<Cohort, string>
}

/** Whether a cell says that there is nothing in it. */
export function saysNothing(text: string, { empty, longestEmpty }: RosterWords): boolean {
  // Nearly every cell is longer: not to fold it makes a list twice as quick.
  return text === '' || (text.length <= longestEmpty && empty.has(wordKey(text) || text))
}

/** What headings are compared by: letters and digits, nothing else. Empty where there are none. */
export function headingKey(words: string): string {
  return fold(words).replace(/[^\p{L}\p{N}]/gu, '')
}

/** What posts and small words are compared by: words with single spaces, without signs. */
export function wordKey(words: string): string {
  return fold(words)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
