// Imports a payment file: every row gets its verdict, once, whatever happens in between.
import type { BranchDesk } from '../branch-desk.ts'
import type { Book } from '../core/book.ts'
import { withPaid } from '../core/ledger/pay.ts'
import {
  judged,
  judgeLate,
  judgePayment,
  type RecordedPayment,
} from '../core/payments/judge-payment.ts'
import type { PaymentRow } from '../core/payments/payment-row.ts'
import { importFile } from '../import-file.ts'
import {
  type KeptMembership,
  lockMemberships,
  type Payment,
  recordPayments,
} from '../registry/contributions.ts'
import type { Tx } from '../registry/database.ts'
import type { FileImport } from '../registry/imports.ts'
import { type FoundNumbers, findByNumbers, indexOldNumbers } from '../registry/payment-numbers.ts'
import { findRecorded, type JudgedRow, paymentIndexOf, saveRows } from '../registry/payments.ts'
import type { Seal } from '../registry/seal.ts'
import { type ReadRow, readPayments } from './read-payments.ts'

/** Rows of one transaction. */
const usualStep = 500

/**
 * Imports a file on a day. What is not finished is carried on by importing the same file again; a
 * finished one changes nothing, and is given as it was when this call began. Throws RosterRefused
 * and ColumnMissing.
 */
export async function importPayments(
  desk: BranchDesk,
  file: Buffer,
  on: string,
  rowsPerStep = usualStep,
  opened?: (id: number, rows: number) => void,
): Promise<FileImport> {
  const { db, seal, book, actor } = desk
  return importFile(db, {
    ...{ kind: 'payment', file, actor, rowsPerStep, opened },
    read: async () => {
      const rows = await readPayments(file, book, on)
      await db.transaction((tx) => indexOldNumbers(tx, seal))
      return rows
    },
    judge: (tx, importId, rows) => judgeStep(desk, tx, importId, rows),
  })
}

async function judgeStep({ seal, book }: BranchDesk, tx: Tx, importId: number, left: ReadRow[]) {
  const told = left.flatMap(({ read }) => (typeof read === 'string' ? [] : [read]))
  const numbers = await findByNumbers(
    tx,
    seal,
    told.flatMap(({ nik }) => nik || []),
    told.flatMap(({ kpj }) => kpj || []),
  )
  const ids = new Set([...numbers.byNik.values(), ...numbers.byKpj.values()].flat())
  const kept = await lockMemberships(tx, book.branch.zone, [...ids])
  const found = left.map((row) => findOwner(seal, row, numbers))
  const recorded = await findRecorded(
    tx,
    found.flatMap(({ reference }) => reference ?? []),
  )
  const { judgedRows, payments } = judgeRows(book, found, kept, recorded)
  const rowIds = await saveRows(tx, seal, importId, judgedRows)
  await recordPayments(
    tx,
    payments.map(({ line, ...payment }) => ({ ...payment, paymentRowId: rowIds.get(line) })),
    book.rates,
  )
}

/** A row with the one membership that it is for, yet to be judged, or why there is none. */
function findOwner(
  seal: Seal,
  { line, said, read, nth }: ReadRow,
  numbers: FoundNumbers,
): JudgedRow {
  if (typeof read === 'string') {
    return { line, said, ...judged('unreadable', read) }
  }
  const row = { line, said, payment: read }
  const byNik = read.nik ? (numbers.byNik.get(read.nik) ?? []) : undefined
  const byKpj = read.kpj ? (numbers.byKpj.get(read.kpj) ?? []) : undefined
  const both = byKpj && byNik ? byKpj.filter((id) => byNik.includes(id)) : (byKpj ?? byNik ?? [])
  const [id, another] = both
  if (id === undefined) {
    const isContrary = byNik?.length && byKpj?.length
    const reason = isContrary ? 'numbers-differ' : 'unknown-number'
    return { ...row, ...judged('unknown-number', reason) }
  }
  if (another !== undefined) {
    return { ...row, ...judged('wrong-amount', 'several-memberships') }
  }
  const reference = referenceOf(seal, id, read, nth)
  return { ...row, reference, submissionId: id, ...judged('paid', 'paid') }
}

/**
 * A reference may stand for many people and months. Without one, a payment is known again by
 * everything that is said of it.
 */
function referenceOf(seal: Seal, id: number, row: PaymentRow, nth: number): Buffer {
  const { from, until, reference, amountRupiah, paidOn } = row
  const what = reference
    ? [id, from, until, reference.toUpperCase()]
    : [id, from, until, amountRupiah, paidOn, nth]
  return paymentIndexOf(seal, what)
}

function judgeRows(
  { rates }: Book,
  rows: JudgedRow[],
  memberships: KeptMembership[],
  recorded: Map<string, RecordedPayment>,
) {
  const byId = new Map(memberships.map((one) => [one.id, one]))
  const payments: (Payment & { line: number })[] = []
  const judgedRows = rows.map((row): JudgedRow => {
    const { payment, reference, line, submissionId } = row
    if (!payment || !reference || submissionId === undefined) return row
    const key = reference.toString('hex')
    const before = recorded.get(key)
    const kept = byId.get(submissionId)
    if (!kept) return { ...row, ...judgeLate(payment, before) }
    const verdict = judgePayment(payment, kept.membership, kept.paid, before, rates)
    if (verdict.verdict === 'paid') {
      const { months } = verdict
      payments.push({ kept, months, paidOn: payment.paidOn, line })
      recorded.set(key, payment)
      byId.set(kept.id, { ...kept, paid: withPaid(kept.paid, months, payment.paidOn) })
    }
    return { ...row, ...verdict }
  })
  return { judgedRows, payments }
}
