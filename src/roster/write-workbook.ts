// Writes a small workbook from nothing: the handout that is handed out.
import type { Handout, HandoutColumn } from '../core/roster/handout.ts'
import { cellStyles, columnName, columnsOf, sheetRow, workbookParts } from './workbook-parts.ts'
import { escapeXml } from './xml.ts'
import { packEntry, writeZip } from './zip-write.ts'

/** The workbook's bytes: headings, one example row, and lists to choose from. */
export async function writeWorkbook(handout: Handout): Promise<Buffer> {
  const parts = workbookParts([
    { name: handout.sheetName, inside: [mainSheet(handout)] },
    { name: handout.listName, isHidden: true, inside: [listSheet(handout)] },
  ])
  return writeZip(await Promise.all(parts.map(([name, words]) => packEntry(name, words))))
}

function mainSheet({ columns, rows, listName }: Handout): string {
  const headings = columns.map(({ heading }) => heading)
  const examples = columns.map(({ example }) => example)
  return (
    `${columnsOf(columns.map(({ width }) => width))}<sheetData>` +
    sheetRow(1, headings, cellStyles.heading) +
    sheetRow(2, examples, cellStyles.example) +
    '</sheetData>' +
    `${validations(columns, rows, listName)}`
  )
}

function validations(columns: HandoutColumn[], rows: number, listName: string): string {
  const lists = columns.flatMap(({ choices }, index) => (choices ? [{ choices, index }] : []))
  if (lists.length === 0) return ''
  const sheet = `'${listName.replaceAll("'", "''")}'!`
  const written = lists.map(({ choices, index }, list) => {
    const name = columnName(index)
    const from = columnName(list)
    const source = `${sheet}$${from}$1:$${from}$${choices.length}`
    return (
      '<dataValidation type="list" allowBlank="1" showErrorMessage="0" ' +
      `sqref="${name}2:${name}${rows + 2}"><formula1>${escapeXml(source)}</formula1>` +
      '</dataValidation>'
    )
  })
  return `<dataValidations count="${written.length}">${written.join('')}</dataValidations>`
}

function listSheet({ columns }: Handout): string {
  const lists = columns.flatMap(({ choices }) => (choices ? [choices] : []))
  const longest = Math.max(0, ...lists.map((choices) => choices.length))
  const rows = Array.from({ length: longest }, (_, at) => {
    return sheetRow(
      at + 1,
      lists.map((choices) => choices[at] ?? ''),
      cellStyles.text,
    )
  })
  return `<sheetData>${rows.join('')}</sheetData>`
}
