// Writes a list with semicolons to a file, whole or not at all; nobody else may read it.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { writeCell } from './csv.ts'

const separator = ';'
const rowsPerPage = 2_000
/** Enough to find somebody in a file, too few to know who it is. */
const shownDigits = 4

/** The last digits of a number that names somebody; empty where there is none. */
export function showDigits(text: string): string {
  const digits = text.normalize('NFKC').replace(/\D/g, '')
  return digits.length > shownDigits ? `****${digits.slice(-shownDigits)}` : ''
}

/** One line of a list, with its end. */
export function listLine(cells: string[]): string {
  return `${cells.map((cell) => writeCell(cell, separator)).join(separator)}\r\n`
}

/** Pages of cells of the rows that `list` gives after a line, at most so many at a time. */
export async function* pagesOf<Row extends { line: number }>(
  list: (after: number, limit: number) => Promise<Row[]>,
  cellsOf: (row: Row) => string[],
) {
  for (let after = -1; ; ) {
    const page = await list(after, rowsPerPage)
    const last = page.at(-1)
    if (!last) return
    yield page.map(cellsOf)
    after = last.line
  }
}

/** Writes headings and pages of rows to `path`, in the place of what was there. */
export async function writeList(
  path: string,
  headings: string[],
  pages: AsyncIterable<string[][]> | Iterable<string[][]>,
) {
  const partPath = `${path}.part`
  await rm(partPath, { force: true })
  const out = createWriteStream(partPath, { mode: 0o600 })
  out.write(listLine(headings))
  for await (const page of pages) {
    if (!out.write(page.map(listLine).join(''))) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  await rename(partPath, path)
}
