// Imports a file row by row, once: what is not finished goes on when the same file is given again.
import { createHash } from 'node:crypto'
import type { Database, Tx } from './registry/database.ts'
import {
  closeImport,
  type FileImport,
  findFinished,
  type ImportKind,
  lockJudged,
  openImport,
} from './registry/imports.ts'
import { findKind } from './roster/kind.ts'

/** What is imported, and how its rows are read and judged. */
export interface FileWork<Row extends { line: number }> {
  kind: ImportKind
  file: Buffer
  /** Who imports, as it is audited. */
  actor: string
  /** Rows of one transaction. */
  rowsPerStep: number
  /** Told once the rows are known and before the first is judged. */
  opened?: ((id: number, rows: number) => void) | undefined
  /** All rows, always in the same order, and whatever has to be so before they are judged. */
  read(): Promise<Row[]>
  /** Judges rows that have no verdict yet and keeps them with it, in one transaction. */
  judge(tx: Tx, importId: number, rows: Row[]): Promise<void>
  /** What follows once all rows have their verdict, in the transaction that says so. */
  finish?(tx: Tx, importId: number): Promise<void>
}

/** The import, as it was when this call began: a finished one changes nothing. Throws as `read`. */
export async function importFile<Row extends { line: number }>(
  db: Database,
  work: FileWork<Row>,
): Promise<FileImport> {
  const { kind, file, actor, rowsPerStep } = work
  const contentHash = createHash('sha256').update(file).digest()
  const finished = await findFinished(db.pool, kind, contentHash)
  if (finished) return finished
  const rows = await work.read()
  const layout = findKind(file) === 'zip' ? 'xlsx' : 'csv'
  const found = await db.transaction((tx) => openImport(tx, kind, contentHash, layout, actor))
  if (found.closedAt) return found
  work.opened?.(found.id, rows.length)
  for (let from = 0; from < rows.length; from += rowsPerStep) {
    const step = rows.slice(from, from + rowsPerStep)
    await db.transaction(async (tx) => {
      const lines = step.map(({ line }) => line)
      const done = await lockJudged(tx, kind, found.id, lines)
      const left = step.filter(({ line }) => !done.has(line))
      if (left.length > 0) await work.judge(tx, found.id, left)
    })
  }
  await db.transaction(async (tx) => {
    await work.finish?.(tx, found.id)
    await closeImport(tx, kind, found.id)
  })
  return found
}
