// Writes a table as a workbook: text cells below headings, and a sheet of notes about the file.
import { cellStyles, type Properties, sheetRow, workbookParts } from './workbook-parts.ts'
import { packEntry, writeZip } from './zip-write.ts'

/** What is written. */
export interface Table {
  name: string
  headings: string[]
  rows: string[][]
  /** A second sheet with a line in each row. */
  notes: { name: string; lines: string[] }
  properties: Properties
}

/** Width of every column, in characters. */
const columnWidth = 22

/** The workbook's bytes. Every cell is text, whatever it looks like: none is ever a formula. */
export async function writeTable({ name, headings, rows, notes, properties }: Table) {
  const parts = workbookParts(
    [
      { name, inside: sheetOf(headings, rows) },
      {
        name: notes.name,
        inside: sheetOf(
          [],
          notes.lines.map((line) => [line]),
        ),
      },
    ],
    properties,
  )
  return writeZip(await Promise.all(parts.map(([path, words]) => packEntry(path, words))))
}

function* sheetOf(headings: string[], rows: string[][]): Generator<string> {
  const widest = Math.max(1, headings.length)
  yield `<cols><col min="1" max="${widest}" width="${columnWidth}" style="${cellStyles.text}" `
  yield 'customWidth="1"/></cols><sheetData>'
  let at = 0
  if (headings.length > 0) yield sheetRow(++at, headings, cellStyles.heading)
  for (const cells of rows) yield sheetRow(++at, cells, cellStyles.text)
  yield '</sheetData>'
}
