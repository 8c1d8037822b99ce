// What is written into the copy of a file that goes back to the person.

/** How a row was judged. */
export type Judged = 'accepted' | 'waiting' | 'rejected'

/** The words for one row. */
export interface RowAnswer {
  /** The row's number in its sheet. */
  at: number
  judged: Judged
  words: string
}

/** The answers of one sheet. */
export interface SheetAnswers {
  sheet: number
  /** The row of the headings, and what stands over the answers. */
  headingAt: number
  heading: string
  /** The column of the answers, from 0: that of an earlier answer, or the first free one. */
  column: number
  rows: RowAnswer[]
}
