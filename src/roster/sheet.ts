// Reads the rows of one sheet of a workbook as they come out of the zip file.
import type { SheetRow } from '../core/roster/cell.ts'
import { createCutter } from './cut-xml.ts'
import { inflateText } from './inflate.ts'
import { maxRowLength } from './limits.ts'
import { type CellGround, cellMarks, readRow } from './sheet-row.ts'
import { withoutAsides } from './xml.ts'
import type { ZipEntry } from './zip-directory.ts'

/** Every row that holds something, in the order of the file. */
export function* readSheetRows(
  entry: ZipEntry,
  ground: Omit<CellGround, 'marks'>,
): Generator<SheetRow[]> {
  const cutter = createCutter('row', maxRowLength)
  let last = 0
  for (const text of withoutAsides(inflateText(entry))) {
    const rows: SheetRow[] = []
    const pieces = cutter.take(text)
    const sheetGround = { ...ground, marks: cellMarks(cutter.prefix) }
    for (const piece of pieces) {
      if (!piece.isElement) continue
      const row = readRow(piece.text, last, sheetGround)
      last = row?.at ?? last + 1
      if (row) rows.push(row)
    }
    if (rows.length > 0) yield rows
  }
}
