// Reads a payment file whole: its rows in an order that does not depend on theirs.
import type { Book } from '../core/book.ts'
import {
  findPaymentColumns,
  headingRows,
  type PaymentColumns,
} from '../core/payments/payment-layout.ts'
import { type PaymentRow, readPaymentRow } from '../core/payments/payment-row.ts'
import type { PaymentField, UnreadableReason } from '../core/payments/payment-words.ts'
import { cellText, type SheetRow, type SheetRows } from '../core/roster/cell.ts'
import { findSeparator, readCsv } from '../roster/csv.ts'
import { decodeText } from '../roster/decode-text.ts'
import { findKind } from '../roster/kind.ts'
import { maxColumns, rowsPerBatch } from '../roster/limits.ts'
import { RosterRefused } from '../roster/refused.ts'
import { rosterThreads } from '../roster/thread.ts'

/** One row: a payment, or why it is none. */
export interface ReadRow {
  /** Number of the row in its sheet, counted on over all sheets. */
  line: number
  said: string
  read: PaymentRow | UnreadableReason
  /** Of rows that say the same and have no reference, the first is 0. */
  nth: number
}

/** A column that the file needs and does not have. */
export class ColumnMissing extends Error {
  readonly fields: PaymentField[]

  constructor(fields: PaymentField[]) {
    super('a payment file without a column that it needs')
    this.fields = fields
  }
}

/** More rows than a sheet can have: lines of several sheets do not meet. */
const linesPerSheet = 2 ** 21

/** The row and, from the second sheet on, the sheet of a line, as a person sees them. */
export function placeOf(line: number): { sheet: number; at: number } {
  return { sheet: Math.floor(line / linesPerSheet), at: line % linesPerSheet }
}

/**
 * All rows below the headings, sorted by what they say, the oldest month first.
 * Throws RosterRefused for what is no such file, and ColumnMissing.
 */
export async function readPayments(file: Buffer, book: Book, on: string): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  const layouts = new Map<number, PaymentColumns>()
  for await (const { sheet, isTyped, rows: batch } of readBatches(file)) {
    for (const row of batch) {
      const columns = layouts.get(sheet)
      if (columns) {
        const read = readPaymentRow(row, { columns, words: book.payments, isTyped, on })
        rows.push({
          line: sheet * linesPerSheet + row.at,
          said: sayRow(row, columns),
          read,
          nth: 0,
        })
        continue
      }
      const found = row.at <= headingRows ? findPaymentColumns(row, book.payments) : undefined
      if (found && !found.has('paid-on')) throw new ColumnMissing(['paid-on'])
      if (found) layouts.set(sheet, found)
    }
  }
  if (layouts.size === 0) throw new ColumnMissing(['nik', 'kpj', 'amount', 'paid-on'])
  return inOrder(rows)
}

/** Text has no bombs in it and is read here; a workbook in a thread of its own. */
function readBatches(file: Buffer): Iterable<SheetRows> | AsyncIterable<SheetRows> {
  return findKind(file) === 'zip' ? rosterThreads.read(file) : readText(file)
}

function* readText(file: Buffer): Generator<SheetRows> {
  const { text } = decodeText(file)
  const { separator, start } = findSeparator(text)
  let rows: SheetRow[] = []
  let at = 0
  for (const { cells } of readCsv(text, separator, start)) {
    at += 1
    if (cells.length > maxColumns) throw new RosterRefused('too-many-columns')
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ at, cells })
    if (rows.length < rowsPerBatch) continue
    yield { sheet: 0, name: '', isTyped: false, rows }
    rows = []
  }
  yield { sheet: 0, name: '', isTyped: false, rows }
}

/** Only what the columns hold: the rest of a file is none of ours to keep. */
function sayRow({ cells }: SheetRow, columns: PaymentColumns): string {
  const said = [...columns].map(([field, column]) => [field, cellText(cells[column])])
  return JSON.stringify(Object.fromEntries(said))
}

function inOrder(rows: ReadRow[]): ReadRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }))
  keyed.sort((one, other) => compare(one.key, other.key) || one.row.line - other.row.line)
  let [last, nth] = ['', 0]
  for (const { row, key } of keyed) {
    nth = key === last ? nth + 1 : 0
    row.nth = nth
    last = key
  }
  return keyed.map(({ row }) => row)
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function keyOf({ read, said }: ReadRow): string {
  if (typeof read === 'string') return `~~${said}`
  const { nik, kpj, from, until, paidOn, amountRupiah, reference } = read
  // What names its months first: what names none takes what is left.
  return [from || '~', kpj, nik, paidOn, amountRupiah, until, reference].join('\t')
}
