// Reads and writes lists with commas, semicolons or tabs between their cells (RFC 4180).
import { maxCellLength } from './limits.ts'
import { RosterRefused } from './refused.ts'

/** What stands between two cells. */
export type Separator = ',' | ';' | '\t' | '|'

/** One record of a CSV file. */
export interface CsvRecord {
  cells: string[]
  /** The line end after it; nothing after the last one of some files. */
  end: string
}

/**
 * Where a program reads the beginning of a formula, full-width forms too: at the start of a cell,
 * and after whatever it may take for the start of one, because it was told of another separator.
 */
const FORMULA = /(?<=^|[,;|\t\r\n]"*)(?=[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20])/g
/** The same with the apostrophe that stands before it. */
const GUARDED = new RegExp(FORMULA.source.replace('(?=', "'(?="), 'g')
const SEPARATORS: Separator[] = [';', ',', '\t', '|']
const LOOKED_AT = 20_000

/**
 * The separator of a text, and where its first record begins: Excel understands a line `sep=;`
 * before everything else.
 */
export function findSeparator(text: string): { separator: Separator; start: number } {
  const said = /^sep=([;,\t|])\r?\n/i.exec(text)
  if (said) return { separator: said[1] as Separator, start: said[0].length }
  const head = text.slice(0, LOOKED_AT).replace(/"[^"]*"/g, '')
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  const scores = SEPARATORS.map((separator) => ({ separator, score: evenness(lines, separator) }))
  scores.sort((one, other) => other.score - one.score)
  return { separator: scores[0]?.separator ?? ',', start: 0 }
}

/** How many of the lines are cut into as many cells as most of them are; more cells are better. */
function evenness(lines: string[], separator: string): number {
  const counts = new Map<number, number>()
  for (const line of lines) {
    const count = line.split(separator).length
    if (count > 1) counts.set(count, (counts.get(count) ?? 0) + 1)
  }
  return Math.max(0, ...Array.from(counts, ([count, times]) => times + Math.min(count, 40) / 100))
}

/** The records of a text. Throws RosterRefused where a quoted cell never ends. */
export function* readCsv(text: string, separator: Separator, start: number): Generator<CsvRecord> {
  let at = start
  let cells: string[] = []
  while (at < text.length) {
    const { cell, next } =
      text[at] === '"' ? readQuoted(text, at, separator) : readBare(text, at, separator)
    cells.push(withoutGuard(cell))
    if (text[next] === separator) {
      at = next + 1
      if (at < text.length) continue
      cells.push('')
    }
    const end = text.startsWith('\r\n', next) ? '\r\n' : (text[next] ?? '')
    yield { cells, end: at === text.length ? '' : end }
    cells = []
    at = Math.max(at, next + end.length)
  }
}

function readBare(text: string, at: number, separator: string) {
  let next = at
  while (next < text.length && text[next] !== separator && !isLineEnd(text.charCodeAt(next))) next++
  return { cell: checkLength(text.slice(at, next)), next }
}

function readQuoted(text: string, at: number, separator: string) {
  let close = text.indexOf('"', at + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) throw new RosterRefused('broken')
  const cell = text.slice(at + 1, close).replaceAll('""', '"')
  // `"Ahmad" Yani` is no CSV, but what follows the quotes is kept.
  const rest = readBare(text, close + 1, separator)
  return { cell: checkLength(cell + rest.cell), next: rest.next }
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d
}

function checkLength(cell: string): string {
  if (cell.length > maxCellLength) throw new RosterRefused('broken')
  return cell
}

/** Takes away the apostrophes that `writeCell` put before what looks like a formula. */
function withoutGuard(cell: string): string {
  return cell.includes("'") ? cell.replace(GUARDED, '') : cell
}

/** A cell as it stands in the file: never the beginning of a formula, quoted where it must be. */
export function writeCell(cell: string, separator: Separator): string {
  const guarded = cell.replace(FORMULA, "'")
  const isPlain = !/["\r\n]|^\s|\s$/.test(guarded) && !guarded.includes(separator)
  return isPlain ? guarded : `"${guarded.replaceAll('"', '""')}"`
}
