// Finds the headings of a payment file and what each of its columns holds.
import type { SheetRow } from '../roster/cell.ts'
import { findColumns } from '../roster/find-columns.ts'
import type { PaymentField, PaymentWords } from './payment-words.ts'

/** Which column holds which field; where two would, the first. */
export type PaymentColumns = ReadonlyMap<PaymentField, number>

/** The columns that this row names, when it is a row of headings: it says whose money, how much. */
export function findPaymentColumns(
  row: SheetRow,
  { headings }: PaymentWords,
): PaymentColumns | undefined {
  const columns = findColumns(row, headings)
  const saysWhose = columns.has('nik') || columns.has('kpj')
  return saysWhose && columns.has('amount') ? columns : undefined
}
