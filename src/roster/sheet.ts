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
  let marked: CellGround | undefined
  let last = 0
  for (const text of withoutAsides(inflateText(entry))) {
    const rows: SheetRow[] = []
    cutter.take(text, (xml, from, to) => {
      marked ??= { ...ground, marks: cellMarks(cutter.prefix) }
      const { at, cells, isHidden } = readRow(xml, from, to, last, marked)
      last = at
      if (cells.length > 0) rows.push(isHidden ? { at, cells, isHidden } : { at, cells })
    })
    if (rows.length > 0) yield rows
  }
}
