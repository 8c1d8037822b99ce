// The rows of payment files: each once, each payment once.
import type { JudgedPayment } from '../core/payments/judge-payment.ts'
import type { PaymentRow } from '../core/payments/payment-row.ts'
import type { PaymentReason, PaymentVerdict } from '../core/payments/payment-words.ts'
import type { Tx } from './database.ts'
import {
  countOpenRows,
  isWantedRow,
  openRows,
  openSaid,
  type RowWish,
  sealSaid,
} from './imports.ts'
import type { Seal } from './seal.ts'
import { byteaArray, textArray } from './sql-array.ts'

/** What was booked before by these references, by the reference in hex. */
export async function findRecorded(tx: Tx, references: Buffer[]) {
  // Unnamed for the same reason.
  const { rows } = await tx.query<{ reference: Buffer; amount: number; paid_on: string }>(
    `SELECT reference, amount_rupiah AS amount, paid_on FROM payment_row
      WHERE verdict = 'paid' AND reference = ANY ($1::bytea[])`,
    [byteaArray(references)],
  )
  return new Map(
    rows.map((row) => [
      row.reference.toString('hex'),
      { amountRupiah: row.amount, paidOn: row.paid_on },
    ]),
  )
}

/** One row of a file with what became of it. */
export interface JudgedRow extends JudgedPayment {
  line: number
  /** The row as it was read; sealed here. */
  said: string
  payment?: PaymentRow
  /** Blind index that is the same for the same payment. */
  reference?: Buffer
  submissionId?: number
}

/** Keeps rows with their verdicts; gives the number of each by its line. */
export async function saveRows(
  tx: Tx,
  seal: Seal,
  importId: number,
  rows: JudgedRow[],
): Promise<Map<number, number>> {
  const saved = await tx.query<{ id: number; line: number }>({
    name: 'save-payment-rows',
    text: `INSERT INTO payment_row (import_id, line, said, reference, verdict, reason,
                  submission_id, amount_rupiah, paid_on)
           SELECT $1, n.*
             FROM unnest($2::int[], $3::bytea[], $4::bytea[], $5::text[], $6::text[],
                         $7::bigint[], $8::bigint[], $9::date[]) AS n
           RETURNING id, line`,
    values: [
      importId,
      rows.map(({ line }) => line),
      byteaArray(rows.map((row) => sealSaid(seal, 'payment', importId, row))),
      rows.map(({ reference }) => reference ?? null),
      textArray(rows.map(({ verdict }) => verdict)),
      textArray(rows.map(({ reason }) => reason)),
      rows.map(({ submissionId }) => submissionId ?? null),
      rows.map(({ payment }) => payment?.amountRupiah ?? null),
      rows.map(({ payment }) => payment?.paidOn ?? null),
    ],
  })
  return new Map(saved.rows.map(({ id, line }) => [line, id]))
}

/** A kept row as officers see it. */
export interface KeptRow {
  id: number
  importId: number
  line: number
  said: string
  verdict: PaymentVerdict
  reason: PaymentReason
  amountRupiah?: number
  paidOn?: string
  /** Contribution months that it paid. */
  months: string[]
}

interface PaymentRowRow {
  id: number
  import_id: number
  line: number
  said: Buffer
  verdict: PaymentVerdict
  reason: PaymentReason
  amount: number | null
  paid_on: string | null
  months: string[]
}

const rowColumns = `r.id, r.import_id, r.line, r.said, r.verdict, r.reason,
  r.amount_rupiah AS amount, r.paid_on,
  ARRAY (SELECT to_char(c.month, 'YYYY-MM') FROM contribution c
          WHERE c.payment_row_id = r.id ORDER BY c.month) AS months`

/** Rows of an import after this line, in order, at most `limit`. */
export async function listRows(
  tx: Tx,
  seal: Seal,
  importId: number,
  after: number,
  limit: number,
  { area, verdict }: RowWish = {},
): Promise<KeptRow[]> {
  const { rows } = await tx.query<PaymentRowRow>({
    name: 'list-payment-rows',
    text: `SELECT ${rowColumns} FROM payment_row r LEFT JOIN submission s ON s.id = r.submission_id
            WHERE r.import_id = $3 AND r.line > $4 AND ${isWantedRow} ORDER BY r.line LIMIT $5`,
    values: [area ?? null, verdict ?? null, importId, after, limit],
  })
  return rows.map((row) => toKeptRow(seal, row))
}

/** Rows that wait for an officer, oldest first, at most `limit`, and how many there are. */
export async function listOpenRows(tx: Tx, seal: Seal, limit: number) {
  const { rows } = await tx.query<PaymentRowRow>(
    `SELECT ${rowColumns} FROM payment_row r WHERE ${openRows.payment} ORDER BY r.id LIMIT $1`,
    [limit],
  )
  const count = await countOpenRows(tx, 'payment')
  return { rows: rows.map((row) => toKeptRow(seal, row)), count }
}

function toKeptRow(seal: Seal, row: PaymentRowRow): KeptRow {
  return {
    id: row.id,
    importId: row.import_id,
    line: row.line,
    said: openSaid(seal, 'payment', row.import_id, row),
    verdict: row.verdict,
    reason: row.reason,
    months: row.months,
    ...(row.amount !== null && { amountRupiah: row.amount }),
    ...(row.paid_on !== null && { paidOn: row.paid_on }),
  }
}

/** The blind index of a payment: the same for one that is told again, in whatever file. */
export function paymentIndexOf(seal: Seal, what: (string | number)[]): Buffer {
  return seal.blindIndex('payment', JSON.stringify(what))
}
