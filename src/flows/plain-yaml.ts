// Reads at once what is written as plainly as flows mostly are; any other YAML is left to yaml.ts.
import type { Entry, Raw } from './yaml.ts'

/** The lines of a file, and the one that is read next, from 0. */
interface Reading {
  lines: string[]
  at: number
}

/** Signs that YAML or people do not see as they are, and blanks at the end of a line. */
const strange = /[^\P{C}\n]|[^\S\n ]| $/mu

/** `key:` with something behind it or nothing. */
const entryShape = /^([A-Za-z0-9][\w.-]{0,60}):(?: +(\S.*))?$/

/** Words that stand for themselves up to the end of the line. */
const bareShape = /^[^\s\-?:,[\]{}#&*!|>'"%@`](?:(?!: | #).)*(?<!:)$/

const quotedShape = /^"([^"\\]*)"$/

/** What a file says, just as readYaml has it; nothing where a line is not of the plainest. */
export function readPlain(source: string): Raw | undefined {
  if (strange.test(source)) return undefined
  const reading = { lines: source.split('\n'), at: 0 }
  if (findIndent(reading) !== 0) return undefined
  const raw = readBlock(reading, 0)
  return findIndent(reading) === undefined ? raw : undefined
}

/** Goes on to the next line that says something; how far in it begins, nothing at the end. */
function findIndent(reading: Reading): number | undefined {
  for (; reading.at < reading.lines.length; reading.at++) {
    const line = reading.lines[reading.at] ?? ''
    const indent = line.search(/\S/)
    if (indent >= 0 && line[indent] !== '#') return indent
  }
  return undefined
}

/** A list or a map whose lines begin so far in. */
function readBlock(reading: Reading, indent: number): Raw | undefined {
  return isItem(reading, indent) ? readList(reading, indent) : readMap(reading, indent)
}

function isItem({ lines, at }: Reading, indent: number): boolean {
  return lines[at]?.startsWith('- ', indent) === true
}

function readList(reading: Reading, indent: number): Raw | undefined {
  const items: Raw[] = []
  const line = reading.at + 1
  while (findIndent(reading) === indent && isItem(reading, indent)) {
    const words = reading.lines[reading.at]?.slice(indent + 2) ?? ''
    const item = entryShape.test(words)
      ? readMap(withoutDash(reading, indent), indent + 2)
      : readValue(reading, indent, words)
    if (!item) return undefined
    items.push(item)
  }
  return { is: 'list', items, line }
}

/** The first entry of an item stands where the others do. */
function withoutDash(reading: Reading, indent: number): Reading {
  const line = reading.lines[reading.at] ?? ''
  reading.lines[reading.at] = `${' '.repeat(indent + 2)}${line.slice(indent + 2)}`
  return reading
}

function readMap(reading: Reading, indent: number): Raw | undefined {
  const entries: Entry[] = []
  const keys = new Set<string>()
  const first = reading.at + 1
  while (findIndent(reading) === indent) {
    const line = reading.at + 1
    const [, key, words = ''] =
      entryShape.exec(reading.lines[reading.at]?.slice(indent) ?? '') ?? []
    if (key === undefined || keys.has(key)) return undefined
    keys.add(key)
    const value = words ? readValue(reading, indent, words) : readBelow(reading, indent)
    if (!value) return undefined
    entries.push({ key, value, line })
  }
  return entries.length > 0 ? { is: 'map', entries, line: first } : undefined
}

/** What stands below a key that nothing stands behind. */
function readBelow(reading: Reading, indent: number): Raw | undefined {
  reading.at += 1
  const below = findIndent(reading)
  return below !== undefined && below > indent ? readBlock(reading, below) : undefined
}

/** The words behind a key or a dash, which nothing further in may follow. */
function readValue(reading: Reading, indent: number, words: string): Raw | undefined {
  if (words === '|') return readLines(reading, indent)
  if (words === '>-') return fold(readLines(reading, indent))
  const line = reading.at + 1
  reading.at += 1
  const next = findIndent(reading)
  const text = quotedShape.exec(words)?.[1] ?? (bareShape.test(words) ? words : undefined)
  if (text === undefined || (next !== undefined && next > indent)) return undefined
  // A remark further in may have been meant as more of the words.
  const remarks = reading.lines.slice(line, reading.at)
  if (remarks.some((one) => one.indexOf('#') > indent)) return undefined
  return { is: 'text', text: text.trimEnd(), line }
}

/** The lines further in below a `|`, as they are. */
function readLines(reading: Reading, indent: number): Raw | undefined {
  const line = reading.at + 1
  const texts: string[] = []
  const depth = reading.lines[line]?.search(/\S/) ?? -1
  if (depth <= indent) return undefined
  for (reading.at = line; reading.at < reading.lines.length; reading.at++) {
    const one = reading.lines[reading.at] ?? ''
    const own = one.search(/\S/)
    if (own >= 0 && own < depth) break
    texts.push(one.slice(depth))
  }
  const next = findIndent(reading)
  if (next !== undefined && next > indent) return undefined
  return { is: 'text', text: texts.join('\n').trimEnd(), line }
}

/** Lines that are one paragraph, as one line. */
function fold(lines: Raw | undefined): Raw | undefined {
  if (lines?.is !== 'text' || /\n[\n ]/.test(lines.text)) return undefined
  return { ...lines, text: lines.text.replaceAll('\n', ' ') }
}
