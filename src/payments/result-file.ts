// Writes what became of each row of a payment file, as a list that an officer opens beside it.
import type { Book } from '../core/book.ts'
import type { Database } from '../registry/database.ts'
import { type KeptRow, listRows } from '../registry/payments.ts'
import type { Seal } from '../registry/seal.ts'
import { showPlace } from '../roster/read-table.ts'
import { showDigits, writeList } from '../roster/write-list.ts'

const rowsPerPage = 2_000

/** The last digits of the number that a row names; empty where it names none. */
export function showNumber(said: string): string {
  const { kpj = '', nik = '' } = JSON.parse(said) as { kpj?: string; nik?: string }
  return showDigits(kpj || nik)
}

interface Desk {
  db: Database
  seal: Seal
  book: Book
}

/** Writes the results of an import to a file, whole or not at all. */
export async function writeResults(desk: Desk, importId: number, path: string) {
  await writeList(path, paymentHeadings(desk.book), paymentPages(desk, importId))
}

/** The results of an import as pages of cells; with an area, of nobody outside it. */
export async function* paymentPages({ db, seal, book }: Desk, importId: number, area?: string) {
  const wish = { ...(area !== undefined && { area }) }
  for (let after = -1; ; ) {
    const page = await listRows(db.pool, seal, importId, after, rowsPerPage, wish)
    const last = page.at(-1)
    if (!last) return
    yield page.map((row) => paymentCells(book, row))
    after = last.line
  }
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
