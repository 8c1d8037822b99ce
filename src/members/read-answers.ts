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
  /** Another row of the file says something else about the same person. */
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
  markDiffering(rows)
  const keyed = rows.map((row) => ({ row, key: `${keysOf(row).join(' ')}\t${row.said}` }))
  keyed.sort((one, other) => {
    if (one.key === other.key) return one.row.line - other.row.line
    return one.key < other.key ? -1 : 1
  })
  return keyed.map(({ row }) => row)
}

/** The numbers by which a row names its person. */
function keysOf({ read }: ReadAnswer): string[] {
  if (typeof read === 'string') return []
  const { row, receipt, nik } = read
  return [row ? showExportRow(row) : '', receipt, nik].filter(Boolean)
}

/** Of two different answers about one person, no order may choose: neither is taken. */
function markDiffering(rows: ReadAnswer[]) {
  const byPerson = new Map<string, Map<string, ReadAnswer[]>>()
  const byKpj: typeof byPerson = new Map()
  for (const row of rows) {
    const { read } = row
    // Who still waits is told nothing that another row could contradict.
    if (typeof read === 'string' || read.result === 'waiting') continue
    for (const key of keysOf(row)) note(byPerson, key, read.kpj || read.result, row)
    if (read.kpj && read.nik) note(byKpj, read.kpj, read.nik, row)
  }
  for (const said of [...byPerson.values(), ...byKpj.values()]) {
    if (said.size < 2) continue
    for (const row of [...said.values()].flat()) row.differs = true
  }
}

function note(
  all: Map<string, Map<string, ReadAnswer[]>>,
  key: string,
  said: string,
  row: ReadAnswer,
) {
  const known = all.get(key) ?? new Map<string, ReadAnswer[]>()
  known.set(said, [...(known.get(said) ?? []), row])
  all.set(key, known)
}
