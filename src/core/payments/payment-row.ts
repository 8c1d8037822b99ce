// Reads one row of a payment file: whose, for which months, how much, when.

import { dateReader } from '../answers/date.ts'
import { fold } from '../answers/normalise.ts'
import { addMonths, isDay, monthOf } from '../calendar.ts'
import { isKpj } from '../kpj.ts'
import { type Cell, cellText, type SheetRow } from '../roster/cell.ts'
import { readNikCell } from '../roster/nik-cell.ts'
import type { PaymentColumns } from './payment-layout.ts'
import type { PaymentWords, UnreadableReason } from './payment-words.ts'

/** A payment as its row says it. */
export interface PaymentRow {
  nik: string
  kpj: string
  /** First and last contribution month `YYYY-MM`; both empty where the row names none. */
  from: string
  until: string
  amountRupiah: number
  paidOn: string
  reference: string
}

/** What all rows of a file are read by. */
export interface RowReading {
  columns: PaymentColumns
  words: PaymentWords
  /** Whether the file tells text from numbers. */
  isTyped: boolean
  /** The day of the import. */
  on: string
}

/** Older payments were imported, or not, long ago: such a year is rather mistyped. */
const OLDEST_MONTHS = 60
/** More rupiah in one row is a slip. */
const LARGEST_RUPIAH = 2_000_000_000

/** The payment of a row, or why it cannot be read. */
export function readPaymentRow(row: SheetRow, reading: RowReading): PaymentRow | UnreadableReason {
  const { columns, words, on } = reading
  const at = (field: Parameters<PaymentColumns['get']>[0]) => {
    const column = columns.get(field)
    return column === undefined ? undefined : row.cells[column]
  }
  const numbers = readNumbers(at('nik'), at('kpj'), reading)
  if (typeof numbers === 'string') return numbers
  const amountRupiah = readAmount(at('amount'))
  if (amountRupiah === undefined) return 'amount-unclear'
  const paidOn = readPaidOn(cellText(at('paid-on')), on)
  if (paidOn === undefined) return 'date-unclear'
  if (paidOn > on || paidOn < `${addMonths(monthOf(on), -OLDEST_MONTHS)}-01`) return 'date-odd'
  const months = readMonths([at('month'), at('from'), at('until')].map(cellText), words)
  if (!months) return 'month-unclear'
  return { ...numbers, ...months, amountRupiah, paidOn, reference: cellText(at('reference')) }
}

function readNumbers(
  nikCell: Cell | undefined,
  kpjCell: Cell | undefined,
  { isTyped, on }: RowReading,
): { nik: string; kpj: string } | UnreadableReason {
  const [nikText, kpj] = [cellText(nikCell), cellText(kpjCell).replace(/[\s.-]/g, '')]
  if (!nikText && !kpj) return 'number-missing'
  if (kpj && !isKpj(kpj)) return 'number-unclear'
  if (nikCell === undefined || !nikText) return { nik: '', kpj }
  const { value, reason } = readNikCell(nikCell, { isTyped, on })
  if (value) return { nik: value, kpj }
  // A NIK that a spreadsheet has cut says nothing against the other number.
  if (reason === 'nik-excel') return kpj ? { nik: '', kpj } : 'number-excel'
  return 'number-unclear'
}

/** Whole rupiah, with dots or commas between the thousands, or nothing. */
function readAmount(cell: Cell | undefined): number | undefined {
  const text = fold(cellText(cell))
    .replace(/^rp\.?\s*/, '')
    .replace(/,-$/, '')
  const isNumber = typeof cell === 'object' && cell.is === 'number'
  const amount = isNumber ? Number(cellText(cell)) : Number(plainDigits(text))
  return Number.isInteger(amount) && amount > 0 && amount <= LARGEST_RUPIAH ? amount : undefined
}

function plainDigits(text: string): string {
  if (/^\d+([.,]00)?$/.test(text)) return text.replace(/[.,]00$/, '')
  if (/^\d{1,3}(\.\d{3})+(,00)?$/.test(text)) return text.replace(/,00$|\./g, '')
  return /^\d{1,3}(,\d{3})+(\.00)?$/.test(text) ? text.replace(/\.00$|,/g, '') : ''
}

function readPaidOn(text: string, on: string): string | undefined {
  const day = text.replace(/[T\s]\d{1,2}[:.]\d{2}.*$/, '')
  if (isDay(day)) return day
  const read = dateReader.read(day, { on })
  // A day that is still to come is read as one, and said to be odd.
  if (read.kind === 'wrong' && read.say === 'date-future') return '9999-12-31'
  return read.kind === 'value' ? String(read.value) : undefined
}

/** The span of months that a row names; empty where it names none, nothing where it is unclear. */
function readMonths(texts: string[], words: PaymentWords) {
  const [single = '', first = '', last = ''] = texts
  if (!single && !first && !last) return { from: '', until: '' }
  const [one, other = one] = single.split(/\s+(?:-|–|s\/d|s\.d\.?|sd|sampai)\s+/)
  const from = readMonth(first || one || last, words)
  const until = readMonth(last || other || first, words)
  return from && until && from <= until ? { from, until } : undefined
}

function readMonth(text: string, { months }: PaymentWords): string | undefined {
  const typed = fold(text)
  const [, year, month] =
    /^(\d{4})[\s./-]?(\d{1,2})(?:[\s./-]\d{1,2})?$/.exec(typed) ?? swap(typed) ?? []
  const named = /^(\p{L}+)\.?[\s./'-]*(\d{4}|\d{2})$/u.exec(typed)
  if (named) {
    const number = months.get(named[1] ?? '')
    return number === undefined ? undefined : toMonth((named[2] ?? '').padStart(4, '20'), number)
  }
  return year && month ? toMonth(year, Number(month)) : undefined
}

function swap(typed: string): string[] | undefined {
  const found = /^(\d{1,2})[\s./-]?(\d{4})$/.exec(typed)
  return found ? ['', found[2] ?? '', found[1] ?? ''] : undefined
}

function toMonth(year: string, month: number): string | undefined {
  const isMonth = month >= 1 && month <= 12 && year >= '2014' && year < '2100'
  return isMonth ? `${year}-${String(month).padStart(2, '0')}` : undefined
}
