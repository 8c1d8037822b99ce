// Writes a table as a workbook: text cells below headings, and perhaps notes about the file.
import {
  cellStyles,
  columnsOf,
  type Properties,
  sheetRow,
  workbookParts,
} from './workbook-parts.ts'
import { packEntry, writeZip } from './zip-write.ts'

/** What is written. */
export interface Table {
  name: string
  headings: string[]
  rows: string[][]
  /** Widths of the columns in characters, where they differ. */
  widths?: number[]
  /** A second sheet with a line in each row. */
  notes?: { name: string; lines: string[] }
  properties?: Properties
}

/** Width of a column, in characters. */
const columnWidth = 22

/** The workbook's bytes. Every cell is text, whatever it looks like: none is ever a formula. */
export async function writeTable({ name, headings, rows, widths, notes, properties }: Table) {
  const sheets = [{ name, inside: tableSheet(headings, rows, widths ?? []) }]
  if (notes) sheets.push({ name: notes.name, inside: noteSheet(notes.lines) })
  const parts = workbookParts(sheets, properties)
  return writeZip(await Promise.all(parts.map(([path, words]) => packEntry(path, words))))
}

function* tableSheet(headings: string[], rows: string[][], widths: number[]): Generator<string> {
  yield columnsOf(headings.map((_, index) => widths[index] ?? columnWidth))
  yield `<sheetData>${sheetRow(1, headings, cellStyles.heading)}`
  let at = 1
  for (const cells of rows) yield sheetRow(++at, cells, cellStyles.text)
  yield '</sheetData>'
}

function* noteSheet(lines: string[]): Generator<string> {
  yield '<sheetData>'
  let at = 0
  for (const line of lines) yield sheetRow(++at, [line], cellStyles.text)
  yield '</sheetData>'
}
