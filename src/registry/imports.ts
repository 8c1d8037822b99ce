// Files that a branch imports, as rows: each file once, each of its rows once, whatever it holds.
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { isDoneHere, isInside } from './village-states.ts'

/** What files hold: payments, or answers about people who were to be registered. */
export type ImportKind = 'payment' | 'answer'

/** Which rows of each kind wait for an officer; the row is `r`. */
export const openRows: Record<ImportKind, string> = {
  payment: `r.seen_at IS NULL
    AND r.verdict IN ('wrong-amount', 'unknown-number', 'unreadable', 'ended')`,
  answer: `r.seen_at IS NULL AND (r.verdict IN ('contradicts', 'unknown', 'unreadable')
    OR r.reason = 'refused-unclear')`,
}

/** An import; the same content is the same one. */
export interface FileImport {
  id: number
  /** When all its rows were judged; missing while some are not. */
  closedAt?: Date
}

/** The import of a file with this content, if all its rows have their verdict. */
export async function findFinished(
  tx: Tx,
  kind: ImportKind,
  contentHash: Buffer,
): Promise<FileImport | undefined> {
  const { rows } = await tx.query<{ id: number; closed_at: Date }>(
    `SELECT id, closed_at FROM ${kind}_import
      WHERE content_hash = $1 AND closed_at IS NOT NULL`,
    [contentHash],
  )
  return rows[0] && { id: rows[0].id, closedAt: rows[0].closed_at }
}

/** The import of a file with this content, made now when there is none. */
export async function openImport(
  tx: Tx,
  kind: ImportKind,
  contentHash: Buffer,
  layout: string,
  actor: string,
): Promise<FileImport> {
  const made = await tx.query<{ id: number }>(
    `INSERT INTO ${kind}_import (content_hash, layout, actor) VALUES ($1, $2, $3)
     ON CONFLICT (content_hash) DO NOTHING RETURNING id`,
    [contentHash, layout, actor],
  )
  const [fresh] = made.rows
  if (fresh) {
    await appendAudit(tx, actor, `import-${kind}s`, `${kind}-import:${fresh.id}`)
    return { id: fresh.id }
  }
  const { rows } = await tx.query<{ id: number; closed_at: Date | null }>(
    `SELECT id, closed_at FROM ${kind}_import WHERE content_hash = $1`,
    [contentHash],
  )
  const [row] = rows
  if (!row) throw new Error('an import that was there is gone')
  return { id: row.id, ...(row.closed_at && { closedAt: row.closed_at }) }
}

/** A row as it was read, sealed for its place in the import. */
export function sealSaid(
  seal: Seal,
  kind: ImportKind,
  importId: number,
  { said, line }: { said: string; line: number },
): Buffer {
  return seal.seal(said, saidPlace(kind, importId, line))
}

/** What a kept row said; nothing once the person has had it erased. */
export function openSaid(
  seal: Seal,
  kind: ImportKind,
  importId: number,
  { said, line }: { said: Buffer; line: number },
): string {
  return said.length === 0 ? '{}' : seal.open(said, saidPlace(kind, importId, line))
}

function saidPlace(kind: ImportKind, importId: number, line: number): string {
  return `${kind}_row.said:${importId}:${line}`
}

/** How many rows of a kind wait for an officer. */
export async function countOpenRows(tx: Tx, kind: ImportKind): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) FROM ${kind}_row r WHERE ${openRows[kind]}`,
  )
  return rows[0]?.count ?? 0
}

/** Locks an import and gives which of these lines have their verdict already. */
export async function lockJudged(
  tx: Tx,
  kind: ImportKind,
  importId: number,
  lines: number[],
): Promise<Set<number>> {
  await tx.query(`SELECT FROM ${kind}_import WHERE id = $1 FOR UPDATE`, [importId])
  // Unnamed, so that it is planned anew: a plan made while the table was empty reads all of it.
  const { rows } = await tx.query<{ line: number }>(
    `SELECT line FROM ${kind}_row WHERE import_id = $1 AND line = ANY ($2::int[])`,
    [importId, lines],
  )
  return new Set(rows.map(({ line }) => line))
}

/** Every row of an import has its verdict. Done twice it changes nothing. */
export async function closeImport(tx: Tx, kind: ImportKind, importId: number) {
  await tx.query(
    `UPDATE ${kind}_import SET closed_at = now() WHERE id = $1 AND closed_at IS NULL`,
    [importId],
  )
}

/** How many rows of an import have each verdict. */
export type VerdictCounts = Map<string, number>

/** An import with its counts, as officers see it. */
export interface ListedImport extends FileImport {
  /** Who imported it, as it is audited. */
  actor: string
  createdAt: Date
  counts: VerdictCounts
}

/** Which rows of an import are wanted: of one verdict, and of nobody outside an area. */
export interface RowWish {
  verdict?: string
  area?: string
}

/** A row `r` of the submission `s` that is wanted; $1 is the area and $2 the verdict, or null. */
export const isWantedRow = `($2::text IS NULL OR r.verdict = $2)
  AND ($1::text IS NULL OR s.village_code IS NULL OR ${isInside('s.village_code')})`

/** What was imported at the machine itself, or by a post of the area $1; all where it is null. */
const isImportOfArea = `($1::text IS NULL OR ${isDoneHere('i.actor')})`

/** Imports, the newest first, at most `limit`; or only the one with this number. */
export async function listImports(
  tx: Tx,
  kind: ImportKind,
  limit: number,
  id?: number,
  area?: string,
): Promise<ListedImport[]> {
  const { rows } = await tx.query<{
    id: number
    actor: string
    created_at: Date
    closed_at: Date | null
    counts: Record<string, number> | null
  }>(
    `SELECT i.id, i.actor, i.created_at, i.closed_at,
            (SELECT jsonb_object_agg(verdict, count) FROM (
               SELECT verdict, count(*) FROM ${kind}_row WHERE import_id = i.id
                GROUP BY verdict) v) AS counts
       FROM ${kind}_import i WHERE i.id = coalesce($3, i.id) AND ${isImportOfArea}
      ORDER BY i.id DESC LIMIT $2`,
    [area ?? null, limit, id ?? null],
  )
  return rows.map((row) => ({
    id: row.id,
    actor: row.actor,
    createdAt: row.created_at,
    ...(row.closed_at && { closedAt: row.closed_at }),
    counts: new Map(Object.entries(row.counts ?? {})),
  }))
}

/** An officer has seen to a row that waits; false when it does not. */
export async function closeRow(
  tx: Tx,
  kind: ImportKind,
  id: number,
  actor: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE ${kind}_row r SET seen_at = now() WHERE r.id = $1 AND ${openRows[kind]}`,
    [id],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, `close-${kind}-row`, `${kind}-row:${id}`)
  return true
}
