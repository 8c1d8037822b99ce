// Finds the headings of a payment file and what each of its columns holds.
import { cellText, type SheetRow } from '../roster/cell.ts'
import { headingKey } from '../roster/roster-words.ts'
import type { PaymentField, PaymentWords } from './payment-words.ts'

/** Which column holds which field; where two would, the first. */
export type PaymentColumns = ReadonlyMap<PaymentField, number>

/** Rows at the top of a sheet that may hold the headings. */
export const headingRows = 15

/** The columns that this row names, when it is a row of headings: it says whose money, how much. */
export function findPaymentColumns(
  row: SheetRow,
  { headings }: PaymentWords,
): PaymentColumns | undefined {
  const columns = new Map<PaymentField, number>()
  for (const [column, cell] of row.cells.entries()) {
    const heading = cellText(cell)
    const field =
      headings.get(headingKey(heading)) ??
      headings.get(headingKey(heading.replace(/[([{].*?[)\]}]/g, ' ')))
    if (field && !columns.has(field)) columns.set(field, column)
  }
  const saysWhose = columns.has('nik') || columns.has('kpj')
  return saysWhose && columns.has('amount') ? columns : undefined
}
