// Payment files for tests: invented members who are found by NIK and KPJ, and what is kept of them.
import type { Database } from '../../src/registry/database.ts'
import { kpjIndexOf } from '../../src/registry/payment-numbers.ts'
import { nikIndexOf } from '../../src/registry/submissions.ts'
import { type Member, makeMember } from '../registry/members.ts'
import { seal } from '../registry/stage.ts'

let count = 0

/** A member with numbers of their own. */
export async function makeNumbered(db: Database, member: Member = {}) {
  count += 1
  const made = await makeMember(db, member)
  const nik = `63030552038${String(count).padStart(4, '0')}1`
  const kpj = `26${String(count).padStart(9, '0')}`
  await db.pool.query(
    `UPDATE enrolment SET nik_index = $2, kpj_index = $3 WHERE submission_id = $1`,
    [made.id, nikIndexOf(seal, nik), kpjIndexOf(seal, kpj)],
  )
  return { ...made, nik, kpj }
}

/** A file with these rows under the usual headings. */
export function paymentFile(rows: (string | number)[][]): Buffer {
  const lines = [['KPJ', 'NIK', 'Bulan Iuran', 'Jumlah', 'Tanggal Bayar', 'Referensi'], ...rows]
  return Buffer.from(lines.map((cells) => cells.join(';')).join('\r\n'))
}

/** Every verdict with its reason and the months that it paid, by reference as it was typed. */
export async function verdictsOf(db: Database) {
  const { rows } = await db.pool.query<{ line: number; told: string }>(
    `SELECT line, concat_ws(' ', verdict, reason, (SELECT string_agg(to_char(month, 'YYYY-MM'), ' '
              ORDER BY month) FROM contribution c WHERE c.payment_row_id = r.id)) AS told
       FROM payment_row r ORDER BY import_id, line`,
  )
  return rows.map(({ told }) => told)
}

/** The whole ledger as lines: who, which month, how much, paid when. */
export async function ledgerOf(db: Database) {
  const { rows } = await db.pool.query<{ told: string }>(
    `SELECT concat_ws(' ', submission_id, to_char(month, 'YYYY-MM'), total_rupiah, paid_on) AS told
       FROM contribution ORDER BY submission_id, month`,
  )
  return rows.map(({ told }) => told)
}
