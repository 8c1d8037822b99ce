// Lists that went out to be registered: who asked for each, who approved it, who stands in it.
import type { LayoutKind } from '../core/members/layout.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { countWaiting, type Waiting } from './office-waiting.ts'
import { bigintArray } from './sql-array.ts'
import { isAnyInside } from './village-states.ts'

/** How far an export has come. */
export type ExportState = 'asked' | 'approved' | 'written' | 'cancelled'

/** What somebody asks for. */
export interface NewExport {
  kind: LayoutKind
  layout: string
  layoutVersion: string
  /** Codes with blanks between; empty for everywhere. */
  area: string
  /** The export whose rows it has again. */
  repeats?: number
  reason: string
  /** Whether a second person has to approve it. */
  isLarge: boolean
  actor: string
}

/** An export as officers see it. */
export interface Export {
  id: number
  kind: LayoutKind
  layout: string
  layoutVersion: string
  area: string
  repeats?: number
  reason: string
  state: ExportState
  askedBy: string
  askedAt: Date
  approvedBy?: string
  /** Rows, and how many of them have their answer. */
  rows: number
  answered: number
}

/** Lets one at a time choose who goes out: two lists never have the same person. */
export async function lockExports(tx: Tx) {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('export'))`)
}

/** Keeps an export with these submissions as its rows, in this order; gives its number. */
export async function insertExport(tx: Tx, one: NewExport, submissions: number[]) {
  const { kind, layout, layoutVersion, area, repeats, reason, isLarge, actor } = one
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO export (kind, layout, layout_version, area, repeats, reason, state, asked_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [
      ...[kind, layout, layoutVersion, area, repeats ?? null, reason],
      ...[isLarge ? 'asked' : 'approved', actor],
    ],
  )
  const id = rows[0]?.id ?? 0
  await tx.query(
    `INSERT INTO export_row (export_id, number, submission_id, holds)
     SELECT $1, number, submission_id, $3
       FROM unnest($2::bigint[]) WITH ORDINALITY AS n (submission_id, number)`,
    [id, bigintArray(submissions), repeats === undefined],
  )
  const detail = { layout, layoutVersion, area, count: submissions.length, isLarge }
  await appendAudit(tx, actor, 'ask-export', `export:${id}`, detail)
  return id
}

/** A second person approves; false when it waits for nobody. Throws when it is the same person. */
export async function approveExport(tx: Tx, id: number, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE export SET state = 'approved', approved_by = $2, approved_at = now()
      WHERE id = $1 AND state = 'asked'`,
    [id, actor],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, 'approve-export', `export:${id}`)
  return true
}

/** Gives up an export that was not written; its people are free for another. False when it was. */
export async function cancelExport(tx: Tx, id: number, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE export SET state = 'cancelled' WHERE id = $1 AND state IN ('asked', 'approved')`,
    [id],
  )
  if (rowCount === 0) return false
  await tx.query('UPDATE export_row SET holds = false WHERE export_id = $1', [id])
  await appendAudit(tx, actor, 'cancel-export', `export:${id}`)
  return true
}

/** Marks that the file was written, once; false when it may not be or was before. */
export async function takeForWriting(tx: Tx, id: number, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE export SET state = 'written', written_at = now() WHERE id = $1 AND state = 'approved'`,
    [id],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, 'write-export', `export:${id}`)
  return true
}

/** Exports of an area that wait for somebody other than this actor to approve them. */
export function countExportsToApprove(tx: Tx, area: string, actor: string): Promise<Waiting> {
  const from = `min(e.asked_at) AS since FROM export e
                 WHERE e.state = 'asked' AND e.asked_by <> $2
                   AND (e.area = '' OR ${isAnyInside('e.area')})`
  return countWaiting(tx, from, [area, actor])
}

/** Exports, the newest first, at most `limit`; or only the one with this number. */
export async function listExports(tx: Tx, limit: number, id?: number): Promise<Export[]> {
  const { rows } = await tx.query<{
    id: number
    kind: LayoutKind
    layout: string
    layout_version: string
    area: string
    repeats: number | null
    reason: string
    state: ExportState
    asked_by: string
    asked_at: Date
    approved_by: string | null
    rows: number
    answered: number
  }>(
    `SELECT x.*, r.rows, r.answered FROM export x, LATERAL (
        SELECT count(*) AS rows, count(*) FILTER (WHERE s.state <> 'recorded' OR EXISTS (
                 SELECT FROM enrolment e
                  WHERE e.submission_id = s.id AND e.state <> 'submitted')) AS answered
          FROM export_row JOIN submission s ON s.id = submission_id WHERE export_id = x.id) r
      WHERE x.id = coalesce($2, x.id) ORDER BY x.id DESC LIMIT $1`,
    [limit, id ?? null],
  )
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    layout: row.layout,
    layoutVersion: row.layout_version,
    area: row.area,
    ...(row.repeats !== null && { repeats: row.repeats }),
    reason: row.reason,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    ...(row.approved_by !== null && { approvedBy: row.approved_by }),
    rows: row.rows,
    answered: row.answered,
  }))
}

/** One export, if there is one of this number. */
export async function findExport(tx: Tx, id: number): Promise<Export | undefined> {
  const [found] = await listExports(tx, 1, id)
  return found
}
