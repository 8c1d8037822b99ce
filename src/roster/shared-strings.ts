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
    for (const piece of cutter.take(text)) if (piece.isElement) strings.push(readRich(piece.text))
  }
  return strings
}

const PLAIN_START = '<si><t'
const PLAIN_END = '</t></si>'

/** The words of a text in pieces, without the pronunciation that may be written over them. */
export function readRich(xml: string): string {
  const words = readPlain(xml) ?? joinTexts(xml)
  if (words.length > maxCellLength) throw new RosterRefused('unsafe')
  return words
}

/** Most texts are one piece without looks of its own: to see that is quick. */
function readPlain(xml: string): string | undefined {
  if (!xml.startsWith(PLAIN_START) || !xml.endsWith(PLAIN_END)) return undefined
  const from = xml.indexOf('>', PLAIN_START.length) + 1
  const to = xml.length - PLAIN_END.length
  if (from > to || xml.indexOf('<', from) !== to) return undefined
  return unescapeXml(xml.slice(from, to))
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
