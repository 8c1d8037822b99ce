// Reads one row of a sheet's XML into cells. This is where the time goes, so it looks at characters.
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
  /** Prefix of the sheet's tags, `x:` or nothing. */
  prefix: string
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

/** The row; undefined when nothing is in it. `before` is the number of the row before it. */
export function readRow(xml: string, before: number, ground: CellGround): SheetRow | undefined {
  const tagEnd = xml.indexOf('>')
  const tag = xml.slice(0, tagEnd)
  const at = rowNumber(tag) ?? before + 1
  const cells = readCells(xml, tagEnd, ground)
  if (cells.length === 0) return undefined
  return /\shidden="(1|true)"/.test(tag) ? { at, cells, isHidden: true } : { at, cells }
}

/** The number that a row's tag names. */
export function rowNumber(tag: string): number | undefined {
  const found = /\sr="(\d{1,7})"/.exec(tag)?.[1]
  return found === undefined ? undefined : Number(found)
}

function readCells(xml: string, from: number, ground: CellGround): Cell[] {
  const cells: Cell[] = []
  const tag: CellTag = { column: -1, style: 0, type: '', end: 0 }
  const open = `<${ground.prefix}c`
  const close = `</${ground.prefix}c>`
  let column = -1
  for (let at = xml.indexOf(open, from); at >= 0; at = xml.indexOf(open, tag.end)) {
    const start = at + open.length
    tag.end = start
    if (!isNameEnd(xml.charCodeAt(start)) || !readTag(xml, start, tag)) continue
    column = tag.column < 0 ? column + 1 : tag.column
    if (xml.charCodeAt(tag.end - 2) === SLASH) continue
    const end = xml.indexOf(close, tag.end)
    if (end < 0) break
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
  else if (name === 0x73) tag.style = Number(xml.slice(from, to))
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
  if (tag.type === 'inlineStr') return readRich(xml.slice(tag.end, end))
  const value = readValue(xml, tag.end, end, ground.prefix)
  if (value === '') return ''
  switch (tag.type) {
    case 's':
      return ground.strings[Number(value)] ?? ''
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

function readValue(xml: string, from: number, end: number, prefix: string): string {
  const open = xml.indexOf(`<${prefix}v`, from)
  if (open < 0 || open >= end) return ''
  const start = xml.indexOf('>', open) + 1
  if (start === 0 || start > end || xml.charCodeAt(start - 2) === SLASH) return ''
  const close = xml.indexOf('<', start)
  return xml.slice(start, close)
}

function readNumber(value: string, style: number, ground: CellGround): Cell {
  const text = value.trim()
  if (!/^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(text)) return { is: 'error', text: text.slice(0, 20) }
  const day = ground.areDays[style] ? findDay(Number(text), ground.is1904) : undefined
  return day === undefined ? { is: 'number', text } : { is: 'date', on: day }
}
