// The rows of files with answers, and whom their numbers mean.
import type { ExportRow } from '../core/members/export-row.ts'
import type { JudgedAnswer, KnownMember } from '../core/members/judge-answer.ts'
import type { AnswerReason, AnswerVerdict } from '../core/members/member-words.ts'
import type { Tx } from './database.ts'
import {
  countOpenRows,
  isWantedRow,
  openRows,
  openSaid,
  type RowWish,
  sealSaid,
} from './imports.ts'
import { findKept } from './merged.ts'
import { kpjIndexOf } from './payment-numbers.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'
import { lockSubmissions, nikIndexOf } from './submissions.ts'

/** The numbers that rows of a file name. */
export interface NamedNumbers {
  rows: ExportRow[]
  receipts: string[]
  niks: string[]
  kpjs: string[]
}

/** Whom numbers mean, by the number as it was asked for; a person is the same object everywhere. */
export interface NamedMembers {
  byRow: Map<string, KnownMember[]>
  byReceipt: Map<string, KnownMember[]>
  byNik: Map<string, KnownMember[]>
  byId: Map<number, KnownMember>
  /** Persons who have a membership number already, by its index in hex. */
  owners: Map<string, string[]>
}

interface NamedRow {
  id: number
  row: string | null
  receipt: string | null
  nik: Buffer | null
}

/** Lets one at a time judge answers: a number is never given to two people. */
export async function lockAnswers(tx: Tx) {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('answer'))`)
}

/** The index by which a membership number is compared. */
export function kpjKey(seal: Seal, kpj: string): string {
  return kpj && kpjIndexOf(seal, kpj).toString('hex')
}

/**
 * Whom these numbers mean, and whose the membership numbers are. Locked, nobody else decides about
 * them until the transaction ends.
 */
export async function findNamed(
  tx: Tx,
  seal: Seal,
  numbers: NamedNumbers,
  isLocked: boolean,
): Promise<NamedMembers> {
  const nikBy = new Map(numbers.niks.map((nik) => [nikIndexOf(seal, nik).toString('hex'), nik]))
  const rows = await resolve(tx, await findIds(tx, numbers, [...nikBy.keys()]), isLocked)
  const byId = await readMembers(tx, [...new Set(rows.map(({ id }) => id))], isLocked)
  const group = (keyOf: (row: NamedRow) => string | null | undefined) => {
    const found = new Map<string, KnownMember[]>()
    for (const row of rows) {
      const [key, one] = [keyOf(row), byId.get(row.id)]
      if (key && one) found.set(key, [...new Set([...(found.get(key) ?? []), one])])
    }
    return found
  }
  return {
    byRow: group(({ row }) => row),
    byReceipt: group(({ receipt }) => receipt),
    byNik: group(({ nik }) => nik && nikBy.get(nik.toString('hex'))),
    byId,
    owners: await findOwners(tx, seal, numbers.kpjs),
  }
}

async function findIds(
  tx: Tx,
  { rows: exportRows, receipts }: NamedNumbers,
  nikIndexes: string[],
): Promise<NamedRow[]> {
  // Unnamed, so that it is planned anew: a plan made while tables were empty reads all of them.
  const { rows } = await tx.query<NamedRow>(
    `SELECT DISTINCT x.submission_id AS id, 'E' || x.export_id || '-' || x.number AS row,
            NULL AS receipt, NULL::bytea AS nik
       FROM export_row x JOIN unnest($1::bigint[], $2::int[]) AS n (export_id, number)
         ON x.export_id = n.export_id AND x.number = n.number
      UNION ALL
     SELECT id, NULL, receipt, NULL FROM submission WHERE receipt = ANY ($3::text[])
      UNION ALL
     SELECT DISTINCT submission_id, NULL, NULL, nik_index FROM enrolment
      WHERE nik_index = ANY ($4::bytea[])`,
    [
      exportRows.map(({ exportId }) => exportId),
      exportRows.map(({ number }) => number),
      textArray(receipts),
      byteaArray(nikIndexes.map((hex) => Buffer.from(hex, 'hex'))),
    ],
  )
  return rows
}

/** What is said of a submission that was made one with another is said of the one that stays. */
async function resolve(tx: Tx, rows: NamedRow[], isLocked: boolean): Promise<NamedRow[]> {
  const ids = rows.map(({ id }) => id)
  let kept = await findKept(tx, ids)
  if (isLocked) {
    await lockSubmissions(tx, [...ids, ...kept.values()])
    // Until it was locked, somebody may have merged one of them.
    kept = await findKept(tx, ids)
  }
  return rows.map((row) => ({ ...row, id: kept.get(row.id) ?? row.id }))
}

/** How these submissions stand; none that enrolled nobody. */
async function readMembers(
  tx: Tx,
  ids: number[],
  isLocked: boolean,
): Promise<Map<number, KnownMember>> {
  const given = [bigintArray(ids)]
  const lock = isLocked ? 'FOR UPDATE' : ''
  // Submissions first, as whoever refuses one does.
  const all = 'SELECT FROM submission WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE'
  if (isLocked) await tx.query(all, given)
  const { rows } = await tx.query<{
    id: number
    state: string
    kpj: Buffer | null
    person: Buffer
  }>(
    `SELECT submission_id AS id, state, kpj_index AS kpj, nik_index AS person FROM enrolment
      WHERE submission_id = ANY ($1::bigint[]) ORDER BY enrolment.id ${lock}`,
    given,
  )
  const found = new Map<number, KnownMember>()
  for (const { id, state, kpj, person } of rows) {
    const before = found.get(id)
    found.set(id, {
      submissionId: id,
      state: laterOf(before?.state, state),
      kpj: kpj?.toString('hex') ?? before?.kpj ?? '',
      person: person.toString('hex'),
    })
  }
  return found
}

/** Programmes may differ: what waits in one waits; a number is heeded before a refusal. */
function laterOf(before: KnownMember['state'] | undefined, state: string): KnownMember['state'] {
  const order = ['submitted', 'registered', 'ended', 'refused'] as const
  return order.find((one) => one === before || one === state) ?? 'withdrawn'
}

async function findOwners(tx: Tx, seal: Seal, kpjs: string[]) {
  const owners = new Map<string, string[]>()
  if (kpjs.length === 0) return owners
  const { rows } = await tx.query<{ kpj: Buffer; person: Buffer }>(
    `SELECT DISTINCT kpj_index AS kpj, nik_index AS person FROM enrolment
      WHERE kpj_index = ANY ($1::bytea[])`,
    [byteaArray(kpjs.map((kpj) => kpjIndexOf(seal, kpj)))],
  )
  for (const { kpj, person } of rows) {
    const key = kpj.toString('hex')
    owners.set(key, [...(owners.get(key) ?? []), person.toString('hex')])
  }
  return owners
}

/** One row of a file with what became of it. */
export interface JudgedAnswerRow extends JudgedAnswer {
  line: number
  /** The row as it was read; sealed here. */
  said: string
}

/** Keeps rows with their verdicts. */
export async function saveAnswers(tx: Tx, seal: Seal, importId: number, rows: JudgedAnswerRow[]) {
  await tx.query({
    name: 'save-answer-rows',
    text: `INSERT INTO answer_row (import_id, line, said, verdict, reason, submission_id)
           SELECT $1, n.* FROM unnest($2::int[], $3::bytea[], $4::text[], $5::text[], $6::bigint[])
             AS n`,
    values: [
      importId,
      rows.map(({ line }) => line),
      byteaArray(rows.map((row) => sealSaid(seal, 'answer', importId, row))),
      textArray(rows.map(({ verdict }) => verdict)),
      textArray(rows.map(({ reason }) => reason)),
      rows.map(({ submissionId }) => submissionId ?? null),
    ],
  })
}

/** A kept row as officers see it. */
export interface KeptAnswer {
  id: number
  importId: number
  line: number
  said: string
  verdict: AnswerVerdict
  reason: AnswerReason
  /** Of the submission that it is about; missing where nobody was found. */
  receipt?: string
}

interface AnswerRowRow {
  id: number
  import_id: number
  line: number
  said: Buffer
  verdict: AnswerVerdict
  reason: AnswerReason
  receipt: string | null
}

const keptRows = `SELECT r.id, r.import_id, r.line, r.said, r.verdict, r.reason, s.receipt
  FROM answer_row r LEFT JOIN submission s ON s.id = r.submission_id`

/** Rows of an import after this line, in order, at most `limit`. */
export async function listAnswers(
  tx: Tx,
  seal: Seal,
  importId: number,
  after: number,
  limit: number,
  { area, verdict }: RowWish = {},
): Promise<KeptAnswer[]> {
  const { rows } = await tx.query<AnswerRowRow>(
    `${keptRows} WHERE r.import_id = $3 AND r.line > $4 AND ${isWantedRow}
      ORDER BY r.line LIMIT $5`,
    [area ?? null, verdict ?? null, importId, after, limit],
  )
  return rows.map((row) => toKept(seal, row))
}

/** Rows that wait for an officer, oldest first, at most `limit`, and how many there are. */
export async function listOpenAnswers(tx: Tx, seal: Seal, limit: number) {
  const { rows } = await tx.query<AnswerRowRow>(
    `${keptRows} WHERE ${openRows.answer} ORDER BY r.id LIMIT $1`,
    [limit],
  )
  const count = await countOpenRows(tx, 'answer')
  return { rows: rows.map((row) => toKept(seal, row)), count }
}

function toKept(seal: Seal, { import_id: importId, said, receipt, ...row }: AnswerRowRow) {
  return {
    ...row,
    importId,
    said: openSaid(seal, 'answer', importId, { said, line: row.line }),
    ...(receipt !== null && { receipt }),
  }
}
