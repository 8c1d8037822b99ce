// Reads a file with answers whole: its rows in an order that does not depend on theirs.
import type { Book } from '../core/book.ts'
import { type Answer, findAnswerColumns, readAnswerRow } from '../core/members/answer-row.ts'
import { showExportRow } from '../core/members/export-row.ts'
import type { UnreadableAnswer } from '../core/members/member-words.ts'
import { readTable, sayCells } from '../roster/read-table.ts'

/** One row: an answer, or why it is none. */
export interface ReadAnswer {
  /** Number of the row in its sheet, counted on over all sheets. */
  line: number
  said: string
  read: Answer | UnreadableAnswer
  /** Another row of the file says something else about the same person, or with this number. */
  differs: boolean
}

/** All rows below the headings, sorted by what they say. Throws RosterRefused and ColumnMissing. */
export async function readAnswers(
  file: Buffer,
  { members: words }: Book,
  on: string,
): Promise<ReadAnswer[]> {
  const rows: ReadAnswer[] = []
  const table = readTable(file, (row) => findAnswerColumns(row, words), ['nik', 'kpj', 'result'])
  for await (const batch of table) {
    for (const one of batch) {
      const { line, row, columns, isTyped } = one
      const read = readAnswerRow(row, { columns, words, isTyped, on })
      rows.push({ line, said: sayCells(one), read, differs: false })
    }
  }
  const keyed = rows.map((row) => ({ row, key: `${keysOf(row).join(' ')}\t${row.said}` }))
  keyed.sort((one, other) => {
    if (one.key === other.key) return one.row.line - other.row.line
    return one.key < other.key ? -1 : 1
  })
  return keyed.map(({ row }) => row)
}

function keysOf({ read }: ReadAnswer): string[] {
  if (typeof read === 'string') return []
  const { row, receipt, nik } = read
  return [row ? showExportRow(row) : '', receipt, nik].filter(Boolean)
}
