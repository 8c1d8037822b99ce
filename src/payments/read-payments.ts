// Reads a payment file whole: its rows in an order that does not depend on theirs.
import type { Book } from '../core/book.ts'
import { findPaymentColumns } from '../core/payments/payment-layout.ts'
import { type PaymentRow, readPaymentRow } from '../core/payments/payment-row.ts'
import type { UnreadableReason } from '../core/payments/payment-words.ts'
import { ColumnMissing, readTable, sayCells } from '../roster/read-table.ts'

/** One row: a payment, or why it is none. */
export interface ReadRow {
  /** Number of the row in its sheet, counted on over all sheets. */
  line: number
  said: string
  read: PaymentRow | UnreadableReason
  /** Of rows that say the same and have no reference, the first is 0. */
  nth: number
}

/**
 * All rows below the headings, sorted by what they say, the oldest month first.
 * Throws RosterRefused for what is no such file, and ColumnMissing.
 */
export async function readPayments(
  file: Buffer,
  { payments: words }: Book,
  on: string,
): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  const table = readTable(
    file,
    (row) => {
      const found = findPaymentColumns(row, words)
      if (found && !found.has('paid-on')) throw new ColumnMissing(['paid-on'])
      return found
    },
    ['nik', 'kpj', 'amount', 'paid-on'],
  )
  for await (const batch of table) {
    for (const one of batch) {
      const { line, row, columns, isTyped } = one
      const read = readPaymentRow(row, { columns, words, isTyped, on })
      rows.push({ line, said: sayCells(one), read, nth: 0 })
    }
  }
  return inOrder(rows)
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
