// Payment files as rows: each import once, each of its rows once, each payment once.
import type { JudgedPayment } from '../core/payments/judge-payment.ts'
import type { PaymentRow } from '../core/payments/payment-row.ts'
import type { PaymentReason, PaymentVerdict } from '../core/payments/payment-words.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { byteaArray, textArray } from './sql-array.ts'

/** An import; the same content is the same one. */
export interface PaymentImport {
  id: number
  /** When all its rows were judged; missing while some are not. */
  closedAt?: Date
}

/** The import of a file with this content, if all its rows have their verdict. */
export async function findFinished(
  tx: Tx,
  contentHash: Buffer,
): Promise<PaymentImport | undefined> {
  const { rows } = await tx.query<{ id: number; closed_at: Date }>(
    `SELECT id, closed_at FROM payment_import
      WHERE content_hash = $1 AND closed_at IS NOT NULL`,
    [contentHash],
  )
  return rows[0] && { id: rows[0].id, closedAt: rows[0].closed_at }
}

/** The import of a file with this content, made now when there is none. */
export async function openImport(
  tx: Tx,
  contentHash: Buffer,
  layout: string,
  actor: string,
): Promise<PaymentImport> {
  const made = await tx.query<{ id: number }>(
    `INSERT INTO payment_import (content_hash, layout, actor) VALUES ($1, $2, $3)
     ON CONFLICT (content_hash) DO NOTHING RETURNING id`,
    [contentHash, layout, actor],
  )
  const [fresh] = made.rows
  if (fresh) {
    await appendAudit(tx, actor, 'import-payments', `payment-import:${fresh.id}`)
    return { id: fresh.id }
  }
  const { rows } = await tx.query<{ id: number; closed_at: Date | null }>(
    `SELECT id, closed_at FROM payment_import WHERE content_hash = $1`,
    [contentHash],
  )
  const [row] = rows
  if (!row) throw new Error('an import that was there is gone')
  return { id: row.id, ...(row.closed_at && { closedAt: row.closed_at }) }
}

/** Locks an import and gives which of these lines have their verdict already. */
export async function lockJudged(tx: Tx, importId: number, lines: number[]): Promise<Set<number>> {
  await tx.query('SELECT FROM payment_import WHERE id = $1 FOR UPDATE', [importId])
  // Unnamed, so that it is planned anew: a plan made while the table was empty reads all of it.
  const { rows } = await tx.query<{ line: number }>(
    `SELECT line FROM payment_row WHERE import_id = $1 AND line = ANY ($2::int[])`,
    [importId, lines],
  )
  return new Set(rows.map(({ line }) => line))
}

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
      byteaArray(rows.map(({ said, line }) => seal.seal(said, saidPlace(importId, line)))),
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

function saidPlace(importId: number, line: number): string {
  return `payment_row.said:${importId}:${line}`
}

/** Every row of an import has its verdict. Done twice it changes nothing. */
export async function closeImport(tx: Tx, importId: number) {
  await tx.query(
    `UPDATE payment_import SET closed_at = now() WHERE id = $1 AND closed_at IS NULL`,
    [importId],
  )
}

/** How many rows of an import have each verdict. */
export type VerdictCounts = Map<PaymentVerdict, number>

/** An import with its counts, as officers see it. */
export interface ListedImport extends PaymentImport {
  createdAt: Date
  counts: VerdictCounts
}

/** Imports, the newest first, at most `limit`; or only the one with this number. */
export async function listImports(tx: Tx, limit: number, id?: number): Promise<ListedImport[]> {
  const { rows } = await tx.query<{
    id: number
    created_at: Date
    closed_at: Date | null
    counts: Record<PaymentVerdict, number> | null
  }>(
    `SELECT i.id, i.created_at, i.closed_at,
            (SELECT jsonb_object_agg(verdict, count) FROM (
               SELECT verdict, count(*) FROM payment_row WHERE import_id = i.id
                GROUP BY verdict) v) AS counts
       FROM payment_import i WHERE i.id = coalesce($2, i.id) ORDER BY i.id DESC LIMIT $1`,
    [limit, id ?? null],
  )
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    ...(row.closed_at && { closedAt: row.closed_at }),
    counts: new Map(Object.entries(row.counts ?? {}) as [PaymentVerdict, number][]),
  }))
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
): Promise<KeptRow[]> {
  const { rows } = await tx.query<PaymentRowRow>({
    name: 'list-payment-rows',
    text: `SELECT ${rowColumns} FROM payment_row r
            WHERE r.import_id = $1 AND r.line > $2 ORDER BY r.line LIMIT ${limit}`,
    values: [importId, after],
  })
  return rows.map((row) => toKeptRow(seal, row))
}

const isOpen = `r.seen_at IS NULL
  AND r.verdict IN ('wrong-amount', 'unknown-number', 'unreadable')`

/** Rows that wait for an officer, oldest first, at most `limit`, and how many there are. */
export async function listOpenRows(tx: Tx, seal: Seal, limit: number) {
  const { rows } = await tx.query<PaymentRowRow>(
    `SELECT ${rowColumns} FROM payment_row r WHERE ${isOpen} ORDER BY r.id LIMIT $1`,
    [limit],
  )
  const counted = await tx.query<{ count: number }>(
    `SELECT count(*) FROM payment_row r WHERE ${isOpen}`,
  )
  const count = counted.rows[0]?.count ?? 0
  return { rows: rows.map((row) => toKeptRow(seal, row)), count }
}

/** An officer has seen to a row that waits; false when it does not. */
export async function closeRow(tx: Tx, id: number, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE payment_row r SET seen_at = now() WHERE r.id = $1 AND ${isOpen}`,
    [id],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, 'close-payment-row', `payment-row:${id}`)
  return true
}

function toKeptRow(seal: Seal, row: PaymentRowRow): KeptRow {
  return {
    id: row.id,
    importId: row.import_id,
    line: row.line,
    said: seal.open(row.said, saidPlace(row.import_id, row.line)),
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
