// Writes what became of each row of a file with answers, as a list that an officer opens beside it.

import type { BranchDesk } from '../branch-desk.ts'
import type { Book } from '../core/book.ts'
import type { AnswerField } from '../core/members/member-words.ts'
import { showReceipt } from '../core/text.ts'
import { type KeptAnswer, listAnswers } from '../registry/answer-rows.ts'
import { showPlace } from '../roster/read-table.ts'
import { pagesOf, showDigits, writeList } from '../roster/write-list.ts'

/** What a row says, by the columns that its file has. */
export function openSaid(said: string): Partial<Record<AnswerField, string>> {
  return JSON.parse(said)
}

/** By what a row is found again, with no number in full. */
export function showWhom({ said, receipt }: KeptAnswer): string {
  const { row, nik, kpj } = openSaid(said)
  return (receipt && showReceipt(receipt)) || row || showDigits(nik || kpj || '')
}

type Desk = Pick<BranchDesk, 'db' | 'seal' | 'book'>

/** Writes the results of an import to a file, whole or not at all. */
export async function writeAnswerResults(desk: Desk, importId: number, path: string) {
  await writeList(path, answerHeadings(desk.book), answerPages(desk, importId))
}

/** The results of an import as pages of cells; with an area, of nobody outside it. */
export function answerPages({ db, seal, book }: Desk, importId: number, area?: string) {
  const wish = { ...(area !== undefined && { area }) }
  return pagesOf(
    (after, limit) => listAnswers(db.pool, seal, importId, after, limit, wish),
    (row) => answerCells(book, row),
  )
}

/** What is shown of a row, below its headings. */
export function answerCells({ members }: Book, row: KeptAnswer): string[] {
  return [
    showPlace(row.line),
    showWhom(row),
    openSaid(row.said).reason ?? '',
    members.verdicts.get(row.verdict) ?? row.verdict,
    members.reasons.get(row.reason) ?? row.reason,
  ]
}

/** The headings of the results, in the words of the branch. */
export function answerHeadings({ members }: Book): string[] {
  const nameOf = (field: AnswerField) => members.fieldNames.get(field) ?? field
  const number = `${nameOf('receipt')}/${nameOf('row')}/${nameOf('nik')}`
  return ['Baris', number, nameOf('reason'), 'Hasil', 'Penjelasan']
}
