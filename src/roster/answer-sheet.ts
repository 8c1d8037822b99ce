// Writes answers into the XML of one sheet; what is not an answer passes through as it is.
import type { SheetAnswers } from '../core/roster/answers.ts'
import type { AnswerStyles } from './answer-styles.ts'
import { createCutter, isNameEnd } from './cut-xml.ts'
import { maxRowLength } from './limits.ts'
import { rowNumber } from './sheet-row.ts'
import { columnName, inlineCell } from './workbook-parts.ts'
import { findTags } from './xml.ts'

/** Width of the answers' column in characters. */
const WIDTH = 60

/** The sheet's words with its answers, piece by piece. */
export function* writeAnswers(
  pieces: Iterable<string>,
  answers: SheetAnswers,
  styles: AnswerStyles | undefined,
): Generator<string> {
  const cutter = createCutter('row', maxRowLength)
  const rows = new Map(answers.rows.map((row) => [row.at, row]))
  let head: string | undefined = ''
  let last = 0
  for (const text of pieces) {
    const written: string[] = []
    const see = (xml: string, from: number, to: number) => {
      if (head !== undefined) written.push(widen(head, answers.column, cutter.prefix))
      head = undefined
      last = rowNumber(xml, from, xml.indexOf('>', from)) ?? last + 1
      written.push(withAnswer(xml.slice(from, to), last, cutter.prefix))
    }
    cutter.take(text, see, (xml, from, to) => {
      if (head === undefined) written.push(xml.slice(from, to))
      else head += xml.slice(from, to)
    })
    yield written.join('')
  }
  yield (head ?? '') + cutter.end()

  function withAnswer(xml: string, at: number, prefix: string): string {
    const row = rows.get(at)
    const words = at === answers.headingAt ? answers.heading : row?.words
    if (words === undefined) return xml
    const style = row && at !== answers.headingAt ? styles?.[row.judged] : undefined
    const cell = inlineCell(`${columnName(answers.column)}${at}`, words, style, prefix)
    return insertCell(xml, answers.column, cell, prefix)
  }
}

/** The row with a cell put in its column: instead of the one that is there, or between others. */
function insertCell(xml: string, column: number, cell: string, prefix: string): string {
  const tagEnd = xml.indexOf('>')
  const tag = xml.slice(0, tagEnd + 1).replace(/\sspans="[^"]*"/, '')
  if (tag.endsWith('/>')) return `${tag.slice(0, -2)}>${cell}</${prefix}row>`
  const { from, to } = findPlace(xml, tagEnd, column, prefix)
  return tag + xml.slice(tagEnd + 1, from) + cell + xml.slice(to)
}

/** Where the column's cell stands, or where it would stand. */
function findPlace(xml: string, from: number, column: number, prefix: string) {
  const open = `<${prefix}c`
  const close = `</${prefix}c>`
  let before = -1
  for (let at = xml.indexOf(open, from); at >= 0; at = xml.indexOf(open, at + 1)) {
    if (!isNameEnd(xml.charCodeAt(at + open.length))) continue
    const end = xml.indexOf('>', at)
    const here = columnIn(xml.slice(at, end)) ?? before + 1
    if (here > column) return { from: at, to: at }
    const closeAt = xml[end - 1] === '/' ? end + 1 : xml.indexOf(close, end) + close.length
    if (here === column) return { from: at, to: closeAt }
    before = here
  }
  const end = xml.lastIndexOf('</')
  return { from: end, to: end }
}

function columnIn(tag: string): number | undefined {
  const letters = /\sr=["']([A-Z]{1,3})\d/.exec(tag)?.[1]
  if (!letters) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 0x40, 0) - 1
}

/** The beginning of the sheet with its size and the new column's width put right. */
function widen(head: string, column: number, prefix: string): string {
  return widenColumns(widenSize(head, column), column, prefix)
}

function widenSize(head: string, column: number): string {
  return head.replace(
    /(<(?:\w+:)?dimension\s+ref="[A-Z]+\d+:)([A-Z]+)(\d+")/,
    (whole, a, end, b) =>
      (columnIn(` r="${end}1"`) ?? 0) < column ? a + columnName(column) + b : whole,
  )
}

/** Columns may not be described twice: where the new one is described already, it is left so. */
function widenColumns(head: string, column: number, prefix: string): string {
  const number = column + 1
  const col = `<${prefix}col min="${number}" max="${number}" width="${WIDTH}" customWidth="1"/>`
  const columns = [...findTags(head, 'col')]
  const first = columns[0]
  if (!first) {
    const [data] = findTags(head, 'sheetData')
    if (!data || [...findTags(head, 'cols')].length > 0) return head
    const cols = `<${prefix}cols>${col}</${prefix}cols>`
    return head.slice(0, data.from) + cols + head.slice(data.from)
  }
  const lastOf = (attributes: Map<string, string>) => Number(attributes.get('max'))
  const isAhead = columns.every(({ attributes }) => lastOf(attributes) < number)
  const end = columns.at(-1)?.to ?? first.to
  return isAhead ? head.slice(0, end) + col + head.slice(end) : head
}
