// Adds the colours of the answers to a workbook's styles.
import type { Judged } from '../core/roster/answers.ts'
import { findTags } from './xml.ts'

/** Light green, yellow and red, as spreadsheets themselves use them for good, neutral and bad. */
const COLOURS: Record<Judged, string> = {
  accepted: 'C6EFCE',
  waiting: 'FFEB9C',
  rejected: 'FFC7CE',
}

/** The numbers of the new styles. */
export type AnswerStyles = Record<Judged, number>

/** The styles with the colours added; undefined where the styles are not as they should be. */
export function addAnswerStyles(xml: string): { xml: string; styles: AnswerStyles } | undefined {
  const [fills] = findTags(xml, 'fills')
  const [looks] = findTags(xml, 'cellXfs')
  if (!fills || !looks || fills.isWhole || looks.isWhole || looks.from < fills.to) return undefined
  const fillCount = countIn(xml, fills.to, 'fills', 'fill')
  const lookCount = countIn(xml, looks.to, 'cellXfs', 'xf')
  const prefix = xml.slice(fills.from + 1, xml.indexOf('fills', fills.from))
  const judged = Object.keys(COLOURS) as Judged[]
  const newFills = judged.map((each) => fillOf(COLOURS[each], prefix))
  const newLooks = judged.map((_, index) => lookOf(fillCount + index, prefix))
  // From the back, so that places further ahead stay where they are.
  const withLooks = append(xml, 'cellXfs', looks, lookCount, newLooks)
  const withFills = append(withLooks, 'fills', fills, fillCount, newFills)
  const styles = Object.fromEntries(judged.map((each, index) => [each, lookCount + index]))
  return { xml: withFills, styles: styles as AnswerStyles }
}

function closeOf(xml: string, from: number, name: string): number {
  const found = new RegExp(`</(\\w+:)?${name}>`, 'g')
  found.lastIndex = from
  return found.exec(xml)?.index ?? xml.length
}

function countIn(xml: string, from: number, name: string, child: string): number {
  return [...findTags(xml.slice(from, closeOf(xml, from, name)), child)].length
}

function append(
  xml: string,
  name: string,
  { from, to }: { from: number; to: number },
  count: number,
  added: string[],
): string {
  const tag = xml.slice(from, to).replace(/count="\d*"/, `count="${count + added.length}"`)
  const close = closeOf(xml, to, name)
  return xml.slice(0, from) + tag + xml.slice(to, close) + added.join('') + xml.slice(close)
}

function fillOf(colour: string, p: string): string {
  const pattern = `<${p}patternFill patternType="solid"><${p}fgColor rgb="FF${colour}"/>`
  return `<${p}fill>${pattern}</${p}patternFill></${p}fill>`
}

function lookOf(fill: number, prefix: string): string {
  return (
    `<${prefix}xf numFmtId="0" fontId="0" fillId="${fill}" borderId="0" xfId="0" applyFill="1" ` +
    `applyAlignment="1"><${prefix}alignment vertical="top" wrapText="1"/></${prefix}xf>`
  )
}
