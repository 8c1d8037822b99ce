// Writes what became of each row of a payment file, as a list that an officer opens beside it.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { Book } from '../core/book.ts'
import type { Database } from '../registry/database.ts'
import { type KeptRow, listRows } from '../registry/payments.ts'
import type { Seal } from '../registry/seal.ts'
import { writeCell } from '../roster/csv.ts'
import { placeOf } from './read-payments.ts'

const rowsPerPage = 2_000
const separator = ';'
/** Enough to find somebody in a file, too few to know who it is. */
const shownDigits = 4

/** The last digits of the number that a row names; empty where it names none. */
export function showNumber(said: string): string {
  const { kpj = '', nik = '' } = JSON.parse(said) as { kpj?: string; nik?: string }
  const digits = (kpj || nik).normalize('NFKC').replace(/\D/g, '')
  return digits.length > shownDigits ? `****${digits.slice(-shownDigits)}` : ''
}

/** The row of a line as a person counts it, with the number of its sheet from the second on. */
export function showPlace(line: number): string {
  const { sheet, at } = placeOf(line)
  return sheet === 0 ? String(at) : `${sheet + 1}:${at}`
}

/** Writes the results of an import to a file, whole or not at all. */
export async function writeResults(
  { db, seal, book }: { db: Database; seal: Seal; book: Book },
  importId: number,
  path: string,
) {
  const partPath = `${path}.part`
  await rm(partPath, { force: true })
  const out = createWriteStream(partPath, { mode: 0o600 })
  out.write(toLine(headingsOf(book)))
  for (let after = -1; ; ) {
    const page = await listRows(db.pool, seal, importId, after, rowsPerPage)
    const last = page.at(-1)
    if (!last) break
    if (!out.write(page.map((row) => toLine(cellsOf(book, row))).join(''))) await once(out, 'drain')
    after = last.line
  }
  out.end()
  await finished(out)
  await rename(partPath, path)
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

function toLine(cells: string[]): string {
  return `${cells.map((cell) => writeCell(cell, separator)).join(separator)}\r\n`
}
