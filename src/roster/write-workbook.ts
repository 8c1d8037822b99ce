// Writes small workbooks from nothing: the handout that is handed out, and plain tables.
import type { Handout, HandoutColumn } from '../core/roster/handout.ts'
import { escapeXml } from './xml.ts'
import { packEntry, writeZip } from './zip-write.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const PACKED = 'application/vnd.openxmlformats-package'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Numbers of the styles below. Every cell is text (format 49): a NIK stays as it is typed. */
const TEXT_STYLE = 1
const HEADING_STYLE = 2
const EXAMPLE_STYLE = 3

/** The workbook's bytes: headings, one example row, and lists to choose from. */
export async function writeWorkbook(handout: Handout): Promise<Buffer> {
  const { sheetName, listName } = handout
  return pack([
    { name: sheetName, xml: mainSheet(handout) },
    { name: listName, xml: listSheet(handout), isHidden: true },
  ])
}

/** A table with its headings, each column so many characters wide; every cell is text. */
export async function writeTable(
  sheetName: string,
  columns: { heading: string; width: number }[],
  lines: string[][],
): Promise<Buffer> {
  const headings = columns.map(({ heading }) => heading)
  const rows = lines.map((cells, index) => row(index + 2, cells, TEXT_STYLE))
  const body = row(1, headings, HEADING_STYLE) + rows.join('')
  const xml = `${sheetHead(columns)}<sheetData>${body}</sheetData></worksheet>`
  return pack([{ name: sheetName, xml }])
}

interface Sheet {
  name: string
  xml: string
  isHidden?: boolean
}

async function pack(sheets: Sheet[]): Promise<Buffer> {
  const paths = sheets.map((_, index) => `worksheets/sheet${index + 1}`)
  const parts: [name: string, text: string][] = [
    ['[Content_Types].xml', contentTypes(paths)],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbook(sheets)],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...paths.map((path): [string, string] => ['worksheet', `${path}.xml`]),
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', styles()],
    ...sheets.map(({ xml }, index): [string, string] => [`xl/${paths[index]}.xml`, xml]),
  ]
  return writeZip(await Promise.all(parts.map(([name, text]) => packEntry(name, [HEAD, text]))))
}

function contentTypes(sheets: string[]): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${CONTENT}.${type}+xml"/>`
  return (
    `<Types xmlns="${PACKAGE}/content-types">` +
    `<Default Extension="rels" ContentType="${PACKED}.relationships+xml"/>` +
    part('workbook', 'sheet.main') +
    sheets.map((path) => part(path, 'worksheet')).join('') +
    `${part('styles', 'styles')}</Types>`
  )
}

function relations(targets: [type: string, target: string][]): string {
  const lines = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`
}

function workbook(sheets: Sheet[]): string {
  const listed = sheets.map(({ name, isHidden }, index) => {
    const state = isHidden ? ' state="hidden"' : ''
    const id = index + 1
    return `<sheet name="${escapeXml(name)}" sheetId="${id}"${state} r:id="rId${id}"/>`
  })
  const inside = `<sheets>${listed.join('')}</sheets>`
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${inside}</workbook>`
}

function styles(): string {
  const fill = (colour: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/></patternFill></fill>`
  const style = (font: number, fillId: number) =>
    `<xf numFmtId="49" fontId="${font}" fillId="${fillId}" borderId="0" xfId="0" ` +
    'applyNumberFormat="1" applyFont="1" applyFill="1"/>'
  return (
    `<styleSheet xmlns="${MAIN}"><fonts count="3">` +
    '<font><sz val="11"/><name val="Calibri"/></font>' +
    '<font><b/><sz val="11"/><name val="Calibri"/></font>' +
    '<font><i/><sz val="11"/><color rgb="FF7F7F7F"/><name val="Calibri"/></font></fonts>' +
    '<fills count="3"><fill><patternFill patternType="none"/></fill>' +
    `<fill><patternFill patternType="gray125"/></fill>${fill('DDEBF7')}</fills>` +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    `${style(0, 0)}${style(1, 2)}${style(2, 0)}</cellXfs></styleSheet>`
  )
}

function mainSheet({ columns, rows, listName }: Handout): string {
  const headings = columns.map(({ heading }) => heading)
  const examples = columns.map(({ example }) => example)
  return (
    `${sheetHead(columns)}<sheetData>` +
    `${row(1, headings, HEADING_STYLE)}${row(2, examples, EXAMPLE_STYLE)}</sheetData>` +
    `${validations(columns, rows, listName)}</worksheet>`
  )
}

/** The head of a sheet whose first row stays in sight. */
function sheetHead(columns: { width: number }[]): string {
  const widths = columns.map(
    ({ width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${TEXT_STYLE}" ` +
      'customWidth="1"/>',
  )
  return (
    `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>' +
    `</sheetViews><cols>${widths.join('')}</cols>`
  )
}

function row(at: number, cells: string[], style: number): string {
  const written = cells.map((words, column) =>
    inlineCell(`${columnName(column)}${at}`, words, style),
  )
  return `<row r="${at}">${written.join('')}</row>`
}

/** A cell of text as it stands in a sheet: words that look like a formula stay words. */
export function inlineCell(at: string, words: string, style?: number, prefix = ''): string {
  const look = style === undefined ? '' : ` s="${style}"`
  const text = `<${prefix}t xml:space="preserve">${escapeXml(words)}</${prefix}t>`
  const inside = `<${prefix}is>${text}</${prefix}is>`
  return `<${prefix}c r="${at}"${look} t="inlineStr">${inside}</${prefix}c>`
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
    return row(
      at + 1,
      lists.map((choices) => choices[at] ?? ''),
      TEXT_STYLE,
    )
  })
  return `<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

/** `A` for 0, `AA` for 26. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(0x41 + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}
