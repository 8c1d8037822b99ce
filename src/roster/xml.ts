// The little of XML that spreadsheets use. No document types, no entities but the five and numbers.
import { RosterRefused } from './refused.ts'

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** Longest comment or marked section that is waited for, in characters. */
const LONGEST_ASIDE = 1_000_000

/** Words as they were before they were written into XML; Excel writes controls as `_x000D_`. */
export function unescapeXml(text: string): string {
  const plain = text.includes('&') ? text.replace(/&(#?\w{1,8});/g, toCharacter) : text
  if (!plain.includes('_x')) return plain
  return plain.replace(/_x([0-9a-fA-F]{4})_/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

function toCharacter(whole: string, name: string): string {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** Words made safe to stand in XML, as text or as an attribute; controls are left out. */
export function escapeXml(words: string): string {
  return words
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark] ?? '&quot;')
}

/** One tag with its attributes. */
export interface Tag {
  attributes: Map<string, string>
  /** Where it begins and ends in the text. */
  from: number
  to: number
  /** It ends in itself, `<c/>`. */
  isWhole: boolean
}

/** The tags of a name, whatever prefix they carry, in the order in which they stand. */
export function* findTags(text: string, name: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (!isTag(text, at, name)) continue
    const end = text.indexOf('>', at)
    if (end < 0) return
    const attributes = readAttributes(text.slice(at, end))
    yield { attributes, from: at, to: end + 1, isWhole: text[end - 1] === '/' }
  }
}

function isTag(text: string, at: number, name: string): boolean {
  let start = at + 1
  if (!text.startsWith(name, start)) {
    const colon = text.indexOf(':', start)
    if (colon < 0 || colon - start > 20 || !text.startsWith(name, colon + 1)) return false
    if (!/^\w+$/.test(text.slice(start, colon))) return false
    start = colon + 1
  }
  return /[\s/>]/.test(text[start + name.length] ?? '')
}

function readAttributes(tag: string): Map<string, string> {
  const found = tag.matchAll(/\s([\w:]{1,40})\s?=\s?(?:"([^"]*)"|'([^']*)')/g)
  return new Map(Array.from(found, ([, name = '', a, b]) => [name, unescapeXml(a ?? b ?? '')]))
}

/** The text without comments, with marked sections as plain text. Refuses document types. */
export function* withoutAsides(pieces: Iterable<string>): Generator<string> {
  let held = ''
  for (const piece of pieces) {
    const { text, rest } = takeAsides(held + piece)
    if (rest.length > LONGEST_ASIDE) throw new RosterRefused('broken')
    held = rest
    yield text
  }
  if (held) throw new RosterRefused('broken')
}

function takeAsides(text: string): { text: string; rest: string } {
  let taken = ''
  let from = 0
  for (let at = text.indexOf('<!'); at >= 0; at = text.indexOf('<!', from)) {
    taken += text.slice(from, at)
    const start = text.slice(at, at + 9)
    const [, end = ''] = ASIDES.find(([open]) => isBegun(start, open)) ?? []
    if (!end) throw new RosterRefused('unsafe')
    const close = text.indexOf(end, at)
    if (close < 0) return { text: taken, rest: text.slice(at) }
    if (end === ']]>') taken += escapeXml(text.slice(at + 9, close))
    from = close + end.length
  }
  const isCut = text.endsWith('<') && from < text.length
  const to = isCut ? text.length - 1 : text.length
  return { text: taken + text.slice(from, to), rest: text.slice(to) }
}

const ASIDES = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const

/** Whether the text opens so, or may still do once more of it is there. */
function isBegun(start: string, open: string): boolean {
  return start.length < open.length ? open.startsWith(start) : start.startsWith(open)
}
