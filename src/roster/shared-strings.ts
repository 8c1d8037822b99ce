// Reads the words that the cells of a workbook share.
import { createCutter } from './cut-xml.ts'
import { inflateText } from './inflate.ts'
import { maxCellLength } from './limits.ts'
import { RosterRefused } from './refused.ts'
import { findTags, unescapeXml, withoutAsides } from './xml.ts'
import type { ZipEntry } from './zip-directory.ts'

/** One text with its marks: many pieces of different looks. */
const MAX_LENGTH = 500_000

/** The shared words in their order. */
export function readSharedStrings(entry: ZipEntry): string[] {
  const strings: string[] = []
  const cutter = createCutter('si', MAX_LENGTH)
  for (const text of withoutAsides(inflateText(entry))) {
    cutter.take(text, (xml, from, to) => strings.push(readRich(xml, from, to)))
  }
  return strings
}

const PLAIN_START = '<si><t'
const PLAIN_END = '</t></si>'

/** The words of a text in pieces, without the pronunciation that may be written over them. */
export function readRich(xml: string, from: number, to: number): string {
  const words = readPlain(xml, from, to) ?? joinTexts(xml.slice(from, to))
  if (words.length > maxCellLength) throw new RosterRefused('unsafe')
  return words
}

/** Most texts are one piece without looks of its own: to see that is quick. */
function readPlain(xml: string, from: number, to: number): string | undefined {
  if (!xml.startsWith(PLAIN_START, from)) return undefined
  const start = xml.indexOf('>', from + PLAIN_START.length) + 1
  const end = xml.indexOf('<', start)
  if (end !== to - PLAIN_END.length || !xml.startsWith(PLAIN_END, end)) return undefined
  return unescapeXml(xml.slice(start, end))
}

function joinTexts(xml: string): string {
  const spoken = [...findTags(xml, 'rPh')].map(({ to }) => [to, xml.indexOf('rPh>', to)] as const)
  let words = ''
  for (const { to, isWhole } of findTags(xml, 't')) {
    if (isWhole || spoken.some(([from, end]) => to > from && to < end)) continue
    const end = xml.indexOf('<', to)
    words += unescapeXml(xml.slice(to, end < 0 ? xml.length : end))
  }
  return words
}
