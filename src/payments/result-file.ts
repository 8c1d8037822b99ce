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

/** Writes the results of an import to a file, whole or not at all. */
export async function writeResults(
  { db, seal, book }: { db: Database; seal: Seal; book: Book },
  importId: number,
  path: string,
) {
  async function* pages() {
    for (let after = -1; ; ) {
      const page = await listRows(db.pool, seal, importId, after, rowsPerPage)
      const last = page.at(-1)
      if (!last) return
      yield page.map((row) => cellsOf(book, row))
      after = last.line
    }
  }
  await writeList(path, headingsOf(book), pages())
}

function headingsOf({ payments: { fieldNames } }: Book): string[] {
  const nameOf = (field: Parameters<typeof fieldNames.get>[0]) => fieldNames.get(field) ?? ''
  const number = `${nameOf('kpj')}/${nameOf('nik')}`
  return ['Baris', number, nameOf('amount'), nameOf('paid-on'), nameOf('month'), 'Hasil', 'Alasan']
}

function cellsOf({ payments }: Book, row: KeptRow): string[] {
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
