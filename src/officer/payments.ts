// What an officer does about contributions on the command line: payment files, rows that wait.
import { createClock } from '../clock.ts'
import type { Book } from '../core/book.ts'
import { paymentVerdicts } from '../core/payments/payment-words.ts'
import { importPayments } from '../payments/import-payments.ts'
import { showNumber, writeResults } from '../payments/result-file.ts'
import { closeRow, listImports, type VerdictCounts } from '../registry/imports.ts'
import { type KeptRow, listOpenRows } from '../registry/payments.ts'
import { showPlace } from '../roster/read-table.ts'
import { openGiven, toSentence } from './files.ts'
import { showDay } from './moments.ts'
import type { Desk } from './posts.ts'

/** How these actions are called. */
export const paymentUsage = `\
  npm run petugas -- iuran                     berkas pembayaran, dan baris yang menunggu petugas
  npm run petugas -- iuran impor BERKAS        catat pembayaran dari berkas csv atau xlsx
  npm run petugas -- iuran selesai NOMOR       baris yang menunggu sudah diurus`

/** The actions by the word that calls them; each gives what is printed. */
export const paymentActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  iuran: async (desk, [action, ...rest]) => {
    if (action === undefined) return list(desk)
    if (action === 'impor') return importFile(desk, rest)
    if (action === 'selesai') return close(desk, rest)
    throw new Error(`Cara pakai:\n${paymentUsage}`)
  },
}

/** Which columns a payment file needs. */
const hint = 'NIK atau KPJ cukup satu. Judul yang dikenal ada di flows/payments.yaml.'
/** Imports and waiting rows that are listed. */
const mostListed = 100

async function importFile(desk: Desk, [path]: string[]): Promise<string> {
  const file = await openGiven(path)
  const today = createClock(desk.book.branch.zone).today()
  try {
    const { id, closedAt } = await importPayments(desk, file, today)
    await writeResults(desk, id, `${path}.hasil.csv`)
    const [one] = await listImports(desk.db.pool, 'payment', 1, id)
    return [
      ...(closedAt
        ? [`Berkas ini sudah selesai diimpor ${showDay(closedAt)}. Tidak ada yang dicatat lagi.`]
        : []),
      `Impor ${id}: ${countRows(one?.counts)} baris`,
      ...sayCounts(desk.book, one?.counts).map((line) => `  ${line}`),
      `Hasil tiap baris: ${path}.hasil.csv`,
    ].join('\n')
  } catch (error) {
    throw toSentence(desk.book, error, desk.book.payments.fieldNames, hint)
  }
}

function countRows(counts: VerdictCounts = new Map()): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function sayCounts({ payments }: Book, counts: VerdictCounts = new Map()): string[] {
  return paymentVerdicts.flatMap((verdict) => {
    const count = counts.get(verdict)
    return count ? [`${payments.verdicts.get(verdict) ?? verdict}: ${count}`] : []
  })
}

async function list({ db, seal, book }: Desk): Promise<string> {
  const imports = await listImports(db.pool, 'payment', mostListed)
  const open = await listOpenRows(db.pool, seal, mostListed)
  return [
    `Berkas pembayaran: ${imports.length}`,
    ...imports.map(({ id, createdAt, closedAt, counts }) => {
      const state = closedAt ? '' : '  belum selesai: impor berkas yang sama sekali lagi'
      return `  ${id}  ${showDay(createdAt)}  ${sayCounts(book, counts).join(', ')}${state}`
    }),
    `Baris yang menunggu petugas: ${open.count}`,
    ...open.rows.map((row) => sayOpenRow(book, row)),
  ].join('\n')
}

function sayOpenRow({ payments }: Book, row: KeptRow): string {
  const reason = payments.reasons.get(row.reason) ?? row.reason
  const amount = row.amountRupiah === undefined ? '' : String(row.amountRupiah)
  const place = `impor ${row.importId} baris ${showPlace(row.line)}`
  const facts = [showNumber(row.said), amount, row.paidOn ?? ''].filter(Boolean)
  return `  ${[String(row.id), place, ...facts, reason].join('  ')}`
}

async function close({ db, actor }: Desk, [word = '']: string[]): Promise<string> {
  const id = Number(word)
  const isDone =
    Number.isSafeInteger(id) && (await db.transaction((tx) => closeRow(tx, 'payment', id, actor)))
  if (!isDone) throw new Error('Tulis nomor baris dari daftar `npm run petugas -- iuran`.')
  return 'Sudah dicatat: baris itu selesai diurus.'
}
