// Reads a file whose columns are told by headings: its rows, batch by batch, each with its columns.
import { setImmediate } from 'node:timers/promises'
import { cellText, type SheetRow, type SheetRows } from '../core/roster/cell.ts'
import { headingRows } from '../core/roster/find-columns.ts'
import { findSeparator, readCsv } from './csv.ts'
import { decodeText } from './decode-text.ts'
import { findKind } from './kind.ts'
import { maxColumns, maxTableRows, rowsPerBatch } from './limits.ts'
import { RosterRefused } from './refused.ts'
import { rosterThreads } from './thread.ts'

/** One row below headings. */
export interface TableRow<Field> {
  /** Number of the row in its sheet, counted on over all sheets. */
  line: number
  row: SheetRow
  columns: ReadonlyMap<Field, number>
  /** Whether the file tells text from numbers. */
  isTyped: boolean
}

/** A column that the file needs and does not have. */
export class ColumnMissing extends Error {
  readonly fields: string[]

  constructor(fields: string[]) {
    super('a file without a column that it needs')
    this.fields = fields
  }
}

/** More rows than a sheet can have: lines of several sheets do not meet. */
const linesPerSheet = 2 ** 21

/** The row of a line as a person counts it, with the number of its sheet from the second on. */
export function showPlace(line: number): string {
  const [sheet, at] = [Math.floor(line / linesPerSheet), line % linesPerSheet]
  return sheet === 0 ? String(at) : `${sheet + 1}:${at}`
}

/** Only what the columns hold: the rest of a file is none of ours to keep. */
export function sayCells<Field extends string>({ row, columns }: TableRow<Field>): string {
  const said = [...columns].map(([field, column]) => [field, cellText(row.cells[column])])
  return JSON.stringify(Object.fromEntries(said))
}

/**
 * The rows below the headings, which `findHeadings` knows in the first rows of each sheet. Throws
 * RosterRefused for what is no such file, and ColumnMissing with these fields where no row is one.
 */
export async function* readTable<Field extends string>(
  file: Buffer,
  findHeadings: (row: SheetRow) => ReadonlyMap<Field, number> | undefined,
  needed: Field[],
): AsyncGenerator<TableRow<Field>[]> {
  const layouts = new Map<number, ReadonlyMap<Field, number>>()
  let count = 0
  for await (const { sheet, isTyped, rows } of readBatches(file)) {
    const batch: TableRow<Field>[] = []
    count += rows.length
    if (count > maxTableRows) throw new RosterRefused('too-many-rows')
    for (const row of rows) {
      const columns = layouts.get(sheet)
      if (columns) batch.push({ line: sheet * linesPerSheet + row.at, row, columns, isTyped })
      else if (row.at <= headingRows) {
        const found = findHeadings(row)
        if (found) layouts.set(sheet, found)
      }
    }
    yield batch
    // Text is read here: others who work in this process have their turn between two batches.
    await setImmediate()
  }
  if (layouts.size === 0) throw new ColumnMissing(needed)
}

/** Text has no bombs in it and is read here; a workbook in a thread of its own. */
function readBatches(file: Buffer): Iterable<SheetRows> | AsyncIterable<SheetRows> {
  return findKind(file) === 'zip' ? rosterThreads.read(file, maxTableRows) : readText(file)
}

function* readText(file: Buffer): Generator<SheetRows> {
  const { text } = decodeText(file)
  const { separator, start } = findSeparator(text)
  let rows: SheetRow[] = []
  let at = 0
  for (const { cells } of readCsv(text, separator, start)) {
    at += 1
    if (cells.length > maxColumns) throw new RosterRefused('too-many-columns')
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ at, cells })
    if (rows.length < rowsPerBatch) continue
    yield { sheet: 0, name: '', isTyped: false, rows }
    rows = []
  }
  yield { sheet: 0, name: '', isTyped: false, rows }
}
