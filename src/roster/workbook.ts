// Finds the sheets of a workbook, its shared words, and which of its numbers are days.
import { posix } from 'node:path'
import { inflatePart } from './inflate.ts'
import { RosterRefused } from './refused.ts'
import { findTags } from './xml.ts'
import type { ZipEntry } from './zip-directory.ts'

/** One sheet that people see. */
export interface Sheet {
  /** Number among all sheets of the file, from 0. */
  index: number
  name: string
  /** Path in the zip file. */
  path: string
}

/** What has to be known before the sheets of a workbook can be read. */
export interface Workbook {
  sheets: Sheet[]
  /** By number of a cell's style: whether its numbers are days. */
  areDays: boolean[]
  /** Days are counted from 1904, as Excel on old Macs did. */
  is1904: boolean
  sharedStrings: ZipEntry | undefined
  /** Path of the styles, if there are any. */
  stylesPath: string | undefined
}

/** Reads what a workbook says about itself. Throws RosterRefused when it is none. */
export function readWorkbook(entries: Map<string, ZipEntry>): Workbook {
  const path = findWorkbookPath(entries)
  const text = getPart(entries, path)
  const relations = readRelations(entries, path)
  const ofType = (type: string) => [...relations.values()].find((one) => one.type === type)?.path
  const stylesPath = ofType('styles')
  const shared = ofType('sharedStrings')
  const styles = stylesPath && entries.get(stylesPath)
  const sheets = [...findTags(text, 'sheet')].flatMap(({ attributes }, index) => {
    const relation = relations.get(idOf(attributes))
    const isHidden = (attributes.get('state') ?? 'visible') !== 'visible'
    if (isHidden || relation?.type !== 'worksheet') return []
    if (!entries.has(relation.path)) throw new RosterRefused('broken')
    return [{ index, name: attributes.get('name') ?? '', path: relation.path }]
  })
  const properties = [...findTags(text, 'workbookPr')][0]?.attributes
  return {
    sheets,
    areDays: styles ? readDayStyles(inflatePart(styles)) : [],
    is1904: ['1', 'true'].includes(properties?.get('date1904') ?? ''),
    sharedStrings: shared === undefined ? undefined : entries.get(shared),
    stylesPath: styles ? stylesPath : undefined,
  }
}

/** The relation's id carries a prefix that every writer may choose. */
function idOf(attributes: Map<string, string>): string {
  return [...attributes].find(([name]) => /:id$/.test(name))?.[1] ?? ''
}

function getPart(entries: Map<string, ZipEntry>, path: string): string {
  const entry = entries.get(path)
  if (!entry) throw new RosterRefused('broken')
  const text = inflatePart(entry)
  if (/<!(doctype|entity)/i.test(text)) throw new RosterRefused('unsafe')
  return text
}

function findWorkbookPath(entries: Map<string, ZipEntry>): string {
  const mime = entries.get('mimetype')
  if (mime) throw new RosterRefused('kind-ods')
  if (entries.has('xl/workbook.bin')) throw new RosterRefused('kind-xls')
  if (!entries.has('_rels/.rels')) throw new RosterRefused('kind-zip')
  const relations = readRelations(entries, '')
  const main = [...relations.values()].find(({ type }) => type === 'officeDocument')?.path
  if (!main) throw new RosterRefused('kind-zip')
  if (!main.startsWith('xl/') && !main.endsWith('workbook.xml')) {
    throw new RosterRefused('kind-other')
  }
  return main
}

interface Relation {
  type: string
  path: string
}

/** What a part refers to, by id; nothing outside of the file is ever followed. */
function readRelations(entries: Map<string, ZipEntry>, part: string): Map<string, Relation> {
  const folder = posix.dirname(part)
  const text = getPart(entries, posix.join(folder, '_rels', `${posix.basename(part)}.rels`))
  const relations = new Map<string, Relation>()
  for (const { attributes } of findTags(text, 'Relationship')) {
    if (attributes.get('TargetMode') === 'External') continue
    const target = attributes.get('Target') ?? ''
    const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
    const type = attributes.get('Type') ?? ''
    const id = attributes.get('Id') ?? ''
    relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), path })
  }
  return relations
}

/** Formats that are days without being written out (ECMA-376 18.8.30, with East Asian ones). */
const DAY_FORMATS = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]

function readDayStyles(styles: string): boolean[] {
  const days = new Set(DAY_FORMATS.map(String))
  for (const { attributes } of findTags(styles, 'numFmt')) {
    const id = attributes.get('numFmtId') ?? ''
    if (isDayFormat(attributes.get('formatCode') ?? '')) days.add(id)
    else days.delete(id)
  }
  const [open] = findTags(styles, 'cellXfs')
  const part = open ? styles.slice(open.to, endOf(styles, open.to)) : ''
  return Array.from(findTags(part, 'xf'), ({ attributes }) =>
    days.has(attributes.get('numFmtId') ?? ''),
  )
}

function endOf(styles: string, from: number): number {
  const end = styles.slice(from).search(/<\/(\w+:)?cellXfs>/)
  return end < 0 ? styles.length : from + end
}

/** `dd/mm/yyyy` is one, `"tgl "0` and `[Red]0` and `mm:ss` are not. */
function isDayFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  return /[dy]/i.test(bare) && !/general/i.test(bare)
}
