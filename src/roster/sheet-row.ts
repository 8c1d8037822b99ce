// Reads one row of a sheet's XML into cells. Here the time goes, so it looks at characters.
import type { Cell, SheetRow } from '../core/roster/cell.ts'
import { isNameEnd } from './cut-xml.ts'
import { findDay } from './day-number.ts'
import { maxCellLength, maxColumns } from './limits.ts'
import { RosterRefused } from './refused.ts'
import { readRich } from './shared-strings.ts'
import { unescapeXml } from './xml.ts'

/** What the cells of a workbook rest on. */
export interface CellGround {
  strings: readonly string[]
  areDays: readonly boolean[]
  is1904: boolean
  marks: CellMarks
}

/** How the cells of a sheet begin and end, with the prefix that its tags carry. */
export interface CellMarks {
  cell: string
  cellEnd: string
  value: string
}

/** The marks for a prefix, `x:` or nothing. */
export function cellMarks(prefix: string): CellMarks {
  return { cell: `<${prefix}c`, cellEnd: `</${prefix}c>`, value: `<${prefix}v` }
}

const QUOTE = 0x22
const APOSTROPHE = 0x27
const SLASH = 0x2f
const GREATER = 0x3e
const EQUALS = 0x3d

/** What a cell's tag says; kept and filled again for the next one. */
interface CellTag {
  /** Column from 0, or -1 where the tag names none. */
  column: number
  style: number
  type: string
  end: number
}

/** The row that stands between two places; `before` is the number of the row before it. */
export function readRow(
  xml: string,
  from: number,
  to: number,
  before: number,
  ground: CellGround,
): SheetRow {
  const tagEnd = xml.indexOf('>', from)
  const at = rowNumber(xml, from, tagEnd) ?? before + 1
  const isHidden = /\shidden="(1|true)"/.test(xml.slice(from, tagEnd))
  return { at, cells: readCells(xml, tagEnd, to, ground), isHidden }
}

/** The number that a row's tag, between two places, names. */
export function rowNumber(xml: string, from: number, tagEnd: number): number | undefined {
  const start = xml.indexOf(' r="', from) + 4
  if (start < 4 || start > tagEnd) return undefined
  const number = digitsAt(xml, start, xml.indexOf('"', start))
  return number === undefined || number === 0 || number > LAST_ROW ? undefined : number
}

/** Excel has no rows below. */
const LAST_ROW = 1_048_576
/** More digits are not surely kept in a number. */
const MOST_DIGITS = 15

/** The whole number between two places of a text; undefined for anything else. */
function digitsAt(text: string, from: number, to: number): number | undefined {
  if (to <= from || to - from > MOST_DIGITS) return undefined
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (!(digit >= 0 && digit <= 9)) return undefined
    number = number * 10 + digit
  }
  return number
}

function readCells(xml: string, from: number, to: number, ground: CellGround): Cell[] {
  const cells: Cell[] = []
  const tag: CellTag = { column: -1, style: 0, type: '', end: 0 }
  const { cell: open, cellEnd: close } = ground.marks
  let column = -1
  for (let at = xml.indexOf(open, from); at >= 0 && at < to; at = xml.indexOf(open, tag.end)) {
    const start = at + open.length
    tag.end = start
    if (!isNameEnd(xml.charCodeAt(start)) || !readTag(xml, start, tag)) continue
    column = tag.column < 0 ? column + 1 : tag.column
    if (xml.charCodeAt(tag.end - 2) === SLASH) continue
    const end = xml.indexOf(close, tag.end)
    if (end < 0 || end > to) break
    const cell = readCell(xml, tag, end, ground)
    tag.end = end
    if (cell === '') continue
    if (column >= maxColumns) throw new RosterRefused('too-many-columns')
    while (cells.length < column) cells.push('')
    cells[column] = cell
  }
  return cells
}

/** Reads the attributes r, s and t; false when the tag does not end. */
function readTag(xml: string, start: number, tag: CellTag): boolean {
  tag.column = -1
  tag.style = 0
  tag.type = ''
  let at = start
  for (;;) {
    const code = xml.charCodeAt(at)
    if (Number.isNaN(code)) return false
    if (code === GREATER) break
    const isShort = xml.charCodeAt(at + 1) === EQUALS
    const quote = xml.charCodeAt(at + 2)
    if (!isShort || (quote !== QUOTE && quote !== APOSTROPHE)) {
      at = code === QUOTE || code === APOSTROPHE ? xml.indexOf(xml[at] ?? '', at + 1) + 1 : at + 1
      if (at === 0) return false
      continue
    }
    const end = xml.indexOf(quote === QUOTE ? '"' : "'", at + 3)
    if (end < 0) return false
    keepAttribute(xml, code, at + 3, end, tag)
    at = end + 1
  }
  tag.end = at + 1
  return true
}

function keepAttribute(xml: string, name: number, from: number, to: number, tag: CellTag) {
  if (name === 0x72) tag.column = columnOf(xml, from, to)
  else if (name === 0x73) tag.style = digitsAt(xml, from, to) ?? 0
  else if (name === 0x74) tag.type = xml.slice(from, to)
}

/** `A1` is 0, `AA1` is 26; -1 for what is no reference. */
function columnOf(xml: string, from: number, to: number): number {
  let column = 0
  for (let at = from; at < to; at++) {
    const letter = xml.charCodeAt(at) - 0x40
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column > 16_384 ? -1 : column - 1
}

function readCell(xml: string, tag: CellTag, end: number, ground: CellGround): Cell {
  if (tag.type === 'inlineStr') return readRich(xml, tag.end, end)
  const open = xml.indexOf(ground.marks.value, tag.end)
  if (open < 0 || open >= end) return ''
  const from = xml.indexOf('>', open) + 1
  if (from === 0 || from > end || xml.charCodeAt(from - 2) === SLASH) return ''
  const to = xml.indexOf('<', from)
  if (tag.type === 's') return ground.strings[digitsAt(xml, from, to) ?? -1] ?? ''
  const value = xml.slice(from, to)
  switch (tag.type) {
    case '':
    case 'n':
      return readNumber(value, tag.style, ground)
    case 'str':
      return value.length > maxCellLength ? '' : unescapeXml(value)
    case 'd':
      return { is: 'date', on: value.slice(0, 10) }
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    default:
      return { is: 'error', text: value.slice(0, 20) }
  }
}

const NUMBER = /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i

function readNumber(value: string, style: number, ground: CellGround): Cell {
  if (value === '') return ''
  const whole = digitsAt(value, 0, value.length)
  const text = whole === undefined ? value.trim() : value
  if (whole === undefined && !NUMBER.test(text)) return { is: 'error', text: text.slice(0, 20) }
  const day = ground.areDays[style] ? findDay(whole ?? Number(text), ground.is1904) : undefined
  return day === undefined ? { is: 'number', text } : { is: 'date', on: day }
}
