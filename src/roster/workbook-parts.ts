// The parts that every workbook written here has: what it holds, how it looks, one row of a sheet.
import { escapeXml } from './xml.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const PACKED = 'application/vnd.openxmlformats-package'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What every part begins with. */
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Numbers of the styles. Every cell is text (format 49): a NIK stays as it is typed. */
export const cellStyles = { text: 1, heading: 2, example: 3 } as const

/** A part of the file by its path. */
export type WorkbookPart = [path: string, words: Iterable<string>]

/** A sheet of a workbook that is written. */
export interface WrittenSheet {
  name: string
  isHidden?: boolean
  /** What stands inside `<worksheet>`. */
  inside: Iterable<string>
}

/** What a file says about itself. */
export interface Properties {
  title: string
  creator: string
  description: string
  /** When it was made, `2026-12-24T05:00:00Z`. */
  at: string
}

/** Every part of a workbook with these sheets. */
export function workbookParts(sheets: WrittenSheet[], properties?: Properties): WorkbookPart[] {
  const paths = sheets.map((_, index) => `worksheets/sheet${index + 1}`)
  const office = relation(1, `${OFFICE}/officeDocument`, 'xl/workbook.xml')
  const core = relation(2, `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml')
  return [
    ['[Content_Types].xml', [contentTypes(paths, properties !== undefined)]],
    ['_rels/.rels', [relations([office, ...(properties ? [core] : [])])]],
    ...(properties ? [['docProps/core.xml', [writeProperties(properties)]] as WorkbookPart] : []),
    ['xl/workbook.xml', [workbook(sheets)]],
    ['xl/_rels/workbook.xml.rels', [relations(sheetRelations(paths))]],
    ['xl/styles.xml', [styles()]],
    ...sheets.map(
      ({ inside }, index): WorkbookPart => [`xl/${paths[index]}.xml`, wrapSheet(inside)],
    ),
  ]
}

function* wrapSheet(inside: Iterable<string>): Generator<string> {
  yield `${xmlHead}<worksheet xmlns="${MAIN}">`
  yield* inside
  yield '</worksheet>'
}

function contentTypes(sheets: string[], hasProperties: boolean): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${CONTENT}.${type}+xml"/>`
  const override = '<Override PartName="/docProps/core.xml" ContentType='
  const core = `${override}"${PACKED}.core-properties+xml"/>`
  return (
    `${xmlHead}<Types xmlns="${PACKAGE}/content-types">` +
    `<Default Extension="rels" ContentType="${PACKED}.relationships+xml"/>` +
    part('workbook', 'sheet.main') +
    sheets.map((path) => part(path, 'worksheet')).join('') +
    `${part('styles', 'styles')}${hasProperties ? core : ''}</Types>`
  )
}

function relations(lines: string[]): string {
  const space = `xmlns="${PACKAGE}/relationships"`
  return `${xmlHead}<Relationships ${space}>${lines.join('')}</Relationships>`
}

function relation(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${type}" Target="${target}"/>`
}

function sheetRelations(sheets: string[]): string[] {
  const targets = [...sheets.map((path) => ['worksheet', path]), ['styles', 'styles']]
  return targets.map(([type, path], index) =>
    relation(index + 1, `${OFFICE}/${type}`, `${path}.xml`),
  )
}

function workbook(sheets: WrittenSheet[]): string {
  const listed = sheets.map(({ name, isHidden }, index) => {
    const state = isHidden ? ' state="hidden"' : ''
    const at = index + 1
    return `<sheet name="${escapeXml(name)}" sheetId="${at}"${state} r:id="rId${at}"/>`
  })
  return (
    `${xmlHead}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">` +
    `<sheets>${listed.join('')}</sheets></workbook>`
  )
}

function writeProperties({ title, creator, description, at }: Properties): string {
  const dc = 'http://purl.org/dc'
  const moment = `<dcterms:created xsi:type="dcterms:W3CDTF">${escapeXml(at)}</dcterms:created>`
  return (
    `${xmlHead}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
    `xmlns:dc="${dc}/elements/1.1/" xmlns:dcterms="${dc}/terms/" ` +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(creator)}</dc:creator>` +
    `<dc:description>${escapeXml(description)}</dc:description>${moment}</cp:coreProperties>`
  )
}

function styles(): string {
  const fill = (colour: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/></patternFill></fill>`
  const style = (font: number, fillId: number) =>
    `<xf numFmtId="49" fontId="${font}" fillId="${fillId}" borderId="0" xfId="0" ` +
    'applyNumberFormat="1" applyFont="1" applyFill="1"/>'
  return (
    `${xmlHead}<styleSheet xmlns="${MAIN}"><fonts count="3">` +
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

/** Columns so many characters wide, below a first row that stays in sight. */
export function columnsOf(widths: number[]): string {
  const columns = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${cellStyles.text}" ` +
      'customWidth="1"/>',
  )
  return (
    '<sheetViews><sheetView workbookViewId="0">' +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>' +
    `</sheetViews><cols>${columns.join('')}</cols>`
  )
}

/** One row of a sheet, its number counted from 1. */
export function sheetRow(at: number, cells: string[], style: number): string {
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

/** `A` for 0, `AA` for 26. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(0x41 + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}
