// Reads a roster of any kind, batch by batch. Runs in the worker thread.
import type { SheetRow, SheetRows } from '../core/roster/cell.ts'
import { findSeparator, readCsv } from './csv.ts'
import { decodeText } from './decode-text.ts'
import { findKind } from './kind.ts'
import { maxColumns, maxRows, rowsPerBatch } from './limits.ts'
import { RosterRefused } from './refused.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readSheetRows } from './sheet.ts'
import { readWorkbook } from './workbook.ts'
import { readZipDirectory } from './zip-directory.ts'

/** Every row of every visible sheet that holds something, not more than so many. Throws RosterRefused. */
export function* readFile(file: Buffer, mostRows = maxRows): Generator<SheetRows> {
  const batches = findKind(file) === 'zip' ? readXlsx(file) : readText(file)
  let count = 0
  for (const batch of batches) {
    count += batch.rows.length
    if (count > mostRows) throw new RosterRefused('too-many-rows')
    yield batch
  }
  if (count === 0) throw new RosterRefused('empty')
}

function* readXlsx(file: Buffer): Generator<SheetRows> {
  const entries = readZipDirectory(file)
  const { sheets, areDays, is1904, sharedStrings } = readWorkbook(entries)
  const strings = sharedStrings ? readSharedStrings(sharedStrings) : []
  for (const { index, name, path } of sheets) {
    const entry = entries.get(path)
    if (!entry) continue
    const about = { sheet: index, name, isTyped: true }
    const rows = readSheetRows(entry, { strings, areDays, is1904 })
    for (const batch of inBatches(rows)) yield { ...about, rows: batch }
  }
}

function* readText(file: Buffer): Generator<SheetRows> {
  const rows = readTextRows(decodeText(file).text)
  for (const batch of inBatches(rows)) yield { sheet: 0, name: '', isTyped: false, rows: batch }
}

function* readTextRows(text: string): Generator<SheetRow[]> {
  const { separator, start } = findSeparator(text)
  let at = 0
  for (const { cells } of readCsv(text, separator, start)) {
    at += 1
    const used = cells.findLastIndex((cell) => cell.trim() !== '') + 1
    if (used > maxColumns) throw new RosterRefused('too-many-columns')
    if (used > 0) yield [{ at, cells: cells.slice(0, used) }]
  }
}

/** The same rows, `rowsPerBatch` at a time. */
function* inBatches(groups: Iterable<SheetRow[]>): Generator<SheetRow[]> {
  let batch: SheetRow[] = []
  for (const rows of groups) {
    for (const row of rows) {
      batch.push(row)
      if (batch.length < rowsPerBatch) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
