// Writes what became of each row of a payment file, as a list that an officer opens beside it.
import type { BranchDesk } from '../branch-desk.ts'
import type { Book } from '../core/book.ts'
import { type KeptRow, listRows } from '../registry/payments.ts'
import { showPlace } from '../roster/read-table.ts'
import { pagesOf, showDigits, writeList } from '../roster/write-list.ts'

type Desk = Pick<BranchDesk, 'db' | 'seal' | 'book'>

/** The last digits of the number that a row names; empty where it names none. */
export function showNumber(said: string): string {
  const { kpj = '', nik = '' } = JSON.parse(said) as { kpj?: string; nik?: string }
  return showDigits(kpj || nik)
}

/** Writes the results of an import to a file, whole or not at all. */
export async function writeResults(desk: Desk, importId: number, path: string) {
  await writeList(path, paymentHeadings(desk.book), paymentPages(desk, importId))
}

/** The results of an import as pages of cells; with an area, of nobody outside it. */
export function paymentPages({ db, seal, book }: Desk, importId: number, area?: string) {
  const wish = { ...(area !== undefined && { area }) }
  return pagesOf(
    (after, limit) => listRows(db.pool, seal, importId, after, limit, wish),
    (row) => paymentCells(book, row),
  )
}

/** The headings of the results, in the words of the branch. */
export function paymentHeadings({ payments: { fieldNames } }: Book): string[] {
  const nameOf = (field: Parameters<typeof fieldNames.get>[0]) => fieldNames.get(field) ?? ''
  const number = `${nameOf('kpj')}/${nameOf('nik')}`
  return ['Baris', number, nameOf('amount'), nameOf('paid-on'), nameOf('month'), 'Hasil', 'Alasan']
}

/** What is shown of a row, below its headings. */
export function paymentCells({ payments }: Book, row: KeptRow): string[] {
  return [
    showPlace(row.line),
    showNumber(row.said),
    String(row.amountRupiah ?? ''),
    row.paidOn ?? '',
    row.months.join(' '),
    payments.verdicts.get(row.verdict) ?? row.verdict,
    payments.reasons.get(row.reason) ?? row.reason,
  ]
}
