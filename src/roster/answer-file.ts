// Makes the copy of a roster that goes back to the person: the same file with the answers in it.
import type { SheetAnswers } from '../core/roster/answers.ts'
import { writeAnswers } from './answer-sheet.ts'
import { type AnswerStyles, addAnswerStyles } from './answer-styles.ts'
import { findSeparator, readCsv, type Separator, writeCell } from './csv.ts'
import { decodeText, encodeText } from './decode-text.ts'
import { inflatePart, inflateText } from './inflate.ts'
import { findKind } from './kind.ts'
import { readWorkbook, type Workbook } from './workbook.ts'
import { withoutAsides } from './xml.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'
import { packEntry, writeZip } from './zip-write.ts'

/** The file with its answers. Throws RosterRefused for what could not be read either. */
export async function answerFile(file: Buffer, answers: SheetAnswers[]): Promise<Buffer> {
  if (findKind(file) === 'zip') return answerXlsx(file, answers)
  const [first] = answers
  return first ? answerText(file, first) : file
}

async function answerXlsx(file: Buffer, answers: SheetAnswers[]): Promise<Buffer> {
  const entries = readZipDirectory(file)
  const workbook = readWorkbook(entries)
  const styles = await addStyles(entries, workbook)
  for (const { index, path } of workbook.sheets) {
    const answer = answers.find(({ sheet }) => sheet === index)
    const entry = entries.get(path)
    if (!answer || !entry) continue
    const text = withoutAsides(inflateText(entry))
    entries.set(path, await packEntry(path, writeAnswers(text, answer, styles)))
  }
  return writeZip(entries.values())
}

/** Puts the colours into the workbook; without them the answers are still there, in words. */
async function addStyles(
  entries: Map<string, ZipEntry>,
  { stylesPath }: Workbook,
): Promise<AnswerStyles | undefined> {
  const entry = stylesPath === undefined ? undefined : entries.get(stylesPath)
  const added = entry && addAnswerStyles(inflatePart(entry))
  if (!entry || !added) return undefined
  entries.set(entry.name, await packEntry(entry.name, [added.xml]))
  return added.styles
}

function answerText(file: Buffer, answers: SheetAnswers): Buffer {
  const decoded = decodeText(file)
  const { separator, start } = findSeparator(decoded.text)
  const words = new Map(answers.rows.map((row) => [row.at, row.words]))
  words.set(answers.headingAt, answers.heading)
  let text = decoded.text.slice(0, start)
  let at = 0
  for (const { cells, end } of readCsv(decoded.text, separator, start)) {
    at += 1
    const answer = words.get(at)
    if (answer !== undefined) {
      while (cells.length < answers.column) cells.push('')
      cells[answers.column] = answer
    }
    text += writeRecord(cells, separator) + end
  }
  return encodeText({ ...decoded, text })
}

function writeRecord(cells: string[], separator: Separator): string {
  return cells.map((cell) => writeCell(cell, separator)).join(separator)
}
