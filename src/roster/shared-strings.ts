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
export async function readSharedStrings(entry: ZipEntry): Promise<string[]> {
  const strings: string[] = []
  const cutter = createCutter('si', MAX_LENGTH)
  for await (const text of withoutAsides(inflateText(entry))) {
    for (const piece of cutter.take(text)) if (piece.isElement) strings.push(readRich(piece.text))
  }
  return strings
}

const PLAIN = /^<si><t(?: xml:space="preserve")?>([^<]*)<\/t><\/si>$/

/** The words of a text in pieces, without the pronunciation that may be written over them. */
export function readRich(xml: string): string {
  const plain = PLAIN.exec(xml)?.[1]
  const words = plain === undefined ? joinTexts(xml) : unescapeXml(plain)
  if (words.length > maxCellLength) throw new RosterRefused('unsafe')
  return words
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
