// Writes workbooks for tests, as Excel and other programs do, with all their ways of writing a cell.
import { crc32, deflateRawSync } from 'node:zlib'
import type { ZipEntry } from '../../../src/roster/zip-directory.ts'
import { writeZip } from '../../../src/roster/zip-write.ts'

/** A cell of a test's workbook. */
export type TestCell =
  | string
  | { number: string; style?: number }
  /** A day, as the number by which Excel counts it. */
  | { day: number }
  | { inline: string }
  | { formula: string; result: string }
  | { truth: boolean }
  | { error: string }
  /** Words in pieces, with a pronunciation over them. */
  | { rich: string[]; phonetic?: string }

/** A sheet of a test's workbook. */
export interface TestSheet {
  name: string
  rows: TestCell[][]
  /** Numbers of the rows, where they are not 1, 2, 3 … */
  numbers?: number[]
  isHidden?: boolean
  hiddenRows?: number[]
  merged?: string[]
}

/** What a test's workbook is made of. */
export interface TestWorkbook {
  sheets: TestSheet[]
  is1904?: boolean
  /** Prefix of all tags, as some programs write it, e.g. `x:`. */
  prefix?: string
  /** More parts by path, or others instead of the usual ones; undefined leaves one out. */
  parts?: Record<string, string | Buffer | undefined>
}

/** Styles by number: 1 a day, 2 a long day of our own, 3 whole numbers. */
export const DAY_STYLE = 1
export const LONG_DAY_STYLE = 2
export const WHOLE_STYLE = 3

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The bytes of a workbook. */
export function buildXlsx(workbook: TestWorkbook): Buffer {
  const strings = new Map<string, number>()
  const { sheets, parts = {} } = workbook
  const written = sheets.map((sheet) => sheetXml(sheet, workbook, strings))
  const all: Record<string, string | Buffer | undefined> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookXml(workbook),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at): [string, string] => ['worksheet', `worksheets/sheet${at + 1}.xml`]),
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': stylesXml(workbook.prefix ?? ''),
    'xl/sharedStrings.xml': stringsXml([...strings.keys()], workbook.prefix ?? ''),
    ...Object.fromEntries(written.map((xml, at) => [`xl/worksheets/sheet${at + 1}.xml`, xml])),
    ...parts,
  }
  const entries = Object.entries(all).flatMap(([name, content]) =>
    content === undefined ? [] : [packNow(name, content)],
  )
  return writeZip(entries)
}

/** One entry of a zip file, deflated at once. */
export function packNow(name: string, content: string | Buffer): ZipEntry {
  const bytes = Buffer.from(content)
  return { name, method: 8, crc: crc32(bytes), size: bytes.length, data: deflateRawSync(bytes) }
}

function relations(targets: [type: string, target: string][]): string {
  const lines = targets.map(
    ([type, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `${HEAD}<Relationships xmlns="${PACKAGE}">${lines.join('')}</Relationships>`
}

function root(name: string, prefix: string, inner: string): string {
  const space = prefix ? `xmlns:${prefix.slice(0, -1)}` : 'xmlns'
  return `${HEAD}<${prefix}${name} ${space}="${MAIN}" xmlns:r="${OFFICE}">${inner}</${prefix}${name}>`
}

function workbookXml({ sheets, is1904, prefix = '' }: TestWorkbook): string {
  const listed = sheets.map(({ name, isHidden }, at) => {
    const state = isHidden ? ' state="hidden"' : ''
    return `<${prefix}sheet name="${plain(name)}" sheetId="${at + 1}"${state} r:id="rId${at + 1}"/>`
  })
  const properties = is1904 ? `<${prefix}workbookPr date1904="1"/>` : ''
  const sheetsXml = `<${prefix}sheets>${listed.join('')}</${prefix}sheets>`
  return root('workbook', prefix, properties + sheetsXml)
}

function stylesXml(p: string): string {
  const look = (format: number) =>
    `<${p}xf numFmtId="${format}" fontId="0" fillId="0" borderId="0"/>`
  const formats = `<${p}numFmt numFmtId="164" formatCode="[$-421]dd\\ mmmm\\ yyyy;@"/>`
  return root(
    'styleSheet',
    p,
    `<${p}numFmts count="1">${formats}</${p}numFmts>` +
      `<${p}fonts count="1"><${p}font/></${p}fonts>` +
      `<${p}fills count="2"><${p}fill/><${p}fill/></${p}fills>` +
      `<${p}borders count="1"><${p}border/></${p}borders>` +
      `<${p}cellStyleXfs count="1">${look(0)}</${p}cellStyleXfs>` +
      `<${p}cellXfs count="4">${[0, 14, 164, 1].map(look).join('')}</${p}cellXfs>`,
  )
}

function stringsXml(strings: string[], p: string): string {
  return root('sst', p, strings.map((xml) => `<${p}si>${xml}</${p}si>`).join(''))
}

function sheetXml(sheet: TestSheet, workbook: TestWorkbook, strings: Map<string, number>): string {
  const p = workbook.prefix ?? ''
  const rows = sheet.rows.map((cells, index) => {
    const at = sheet.numbers?.[index] ?? index + 1
    const hidden = sheet.hiddenRows?.includes(at) ? ' hidden="1"' : ''
    const written = cells.map((cell, column) => cellXml(cell, nameOf(column) + at, p, strings))
    return `<${p}row r="${at}"${hidden} spans="1:${cells.length}">${written.join('')}</${p}row>`
  })
  const merged = sheet.merged?.map((ref) => `<${p}mergeCell ref="${ref}"/>`).join('')
  const end = merged ? `<${p}mergeCells>${merged}</${p}mergeCells>` : ''
  const widest = Math.max(1, ...sheet.rows.map((row) => row.length))
  const size = `<${p}dimension ref="A1:${nameOf(widest - 1)}${sheet.rows.length}"/>`
  return root('worksheet', p, `${size}<${p}sheetData>${rows.join('')}</${p}sheetData>${end}`)
}

function cellXml(cell: TestCell, at: string, p: string, strings: Map<string, number>): string {
  const tag = (type: string, inner: string) => `<${p}c r="${at}"${type}>${inner}</${p}c>`
  const value = (text: string) => `<${p}v>${plain(text)}</${p}v>`
  const text = (words: string) => `<${p}t xml:space="preserve">${plain(words)}</${p}t>`
  const shared = (xml: string) => tag(' t="s"', value(String(numberOf(xml, strings))))
  if (typeof cell === 'string') return cell === '' ? '' : shared(text(cell))
  if ('number' in cell) return tag(` s="${cell.style ?? 0}"`, value(cell.number))
  if ('day' in cell) return tag(` s="${DAY_STYLE}"`, value(String(cell.day)))
  if ('inline' in cell) return tag(' t="inlineStr"', `<${p}is>${text(cell.inline)}</${p}is>`)
  if ('truth' in cell) return tag(' t="b"', value(cell.truth ? '1' : '0'))
  if ('error' in cell) return tag(' t="e"', value(cell.error))
  if ('formula' in cell) {
    return tag(' t="str"', `<${p}f>${plain(cell.formula)}</${p}f>${value(cell.result)}`)
  }
  const pieces = cell.rich.map((words) => `<${p}r>${text(words)}</${p}r>`).join('')
  const spoken = cell.phonetic ? `<${p}rPh sb="0" eb="1">${text(cell.phonetic)}</${p}rPh>` : ''
  return shared(pieces + spoken)
}

function numberOf(xml: string, strings: Map<string, number>): number {
  const known = strings.get(xml) ?? strings.size
  strings.set(xml, known)
  return known
}

function nameOf(column: number): string {
  const letter = String.fromCharCode(0x41 + (column % 26))
  return column < 26 ? letter : nameOf(Math.floor(column / 26) - 1) + letter
}

function plain(words: string): string {
  return words.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
