// What stands in the list that the bot hands out to be filled in.
import type { Book } from '../book.ts'
import { must } from '../must.ts'
import { sayPhrase } from '../phrase.ts'
import type { Cohort } from '../rates.ts'
import type { Field } from './fields.ts'

/** One column of the list. */
export interface HandoutColumn {
  heading: string
  /** What stands in the example row. */
  example: string
  /** Width in characters. */
  width: number
  /** The words that may be chosen here, if it is a list. */
  choices?: string[]
}

/** What a workbook to be filled in holds. */
export interface Handout {
  sheetName: string
  /** Name of the hidden sheet with the choices. */
  listName: string
  columns: HandoutColumn[]
  /** Rows below the example in which the choices are offered. */
  rows: number
}

/** Rows for which the lists are offered: more than a village has officials and cadres. */
const ROWS = 500

/** Numbers that are nobody's, and a day. */
const EXAMPLES: Partial<Record<Field, string>> = {
  nik: '0'.repeat(16),
  'birth-date': '31-12-1990',
  sex: 'P',
  phone: `08${'0'.repeat(10)}`,
}

/** The list for a village with these cohorts, in words that are recognised when it comes back. */
export function handoutOf(
  book: Pick<Book, 'phrases' | 'rosters'>,
  language: string,
  cohorts: readonly Cohort[],
): Handout {
  const { fieldNames, cohortNames } = book.rosters
  const example = sayPhrase(book, language, 'roster-handout-example')
  const posts = cohorts.map((cohort) => must(cohortNames.get(cohort), 'every cohort has a name'))
  const column = (field: Field, width: number, choices?: string[]): HandoutColumn => ({
    heading: must(fieldNames.get(field), 'every column has a name'),
    example: field === 'name' ? example : (EXAMPLES[field] ?? choices?.[0] ?? ''),
    width,
    ...(choices ? { choices } : {}),
  })
  return {
    sheetName: sayPhrase(book, language, 'roster-handout-sheet'),
    listName: sayPhrase(book, language, 'roster-handout-lists'),
    columns: [
      column('nik', 20),
      column('name', 30),
      column('birth-place', 20),
      column('birth-date', 14),
      column('sex', 14, ['L', 'P']),
      column('post', 24, posts),
      column('phone', 18),
      column('mother-name', 30),
    ],
    rows: ROWS,
  }
}
