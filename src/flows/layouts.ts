// Reads flows/layouts: how lists of people to be registered look outside.
import { isDay } from '../core/calendar.ts'
import {
  type Layout,
  type LayoutColumn,
  layoutFields,
  layoutKinds,
} from '../core/members/layout.ts'
import { fingerprint } from './compile.ts'
import { entriesOf, textOf, textsOf } from './entries.ts'
import type { Files, SourceFile } from './files.ts'
import type { Problems } from './problems.ts'
import { refuseOtherHeads } from './word-groups.ts'
import type { Entry, Raw } from './yaml.ts'

const heads = ['title', 'for', 'from', 'source', 'unverified', 'sheet', 'dates', 'columns']
const columnHeads = ['field', 'always', 'empty', 'needed', 'codes']
const folder = 'layouts/'

/** Every layout, by kind the oldest first. What is missing, unknown or doubled is a problem. */
export function readLayouts(files: Files): Layout[] {
  const layouts = [...files].flatMap(([name, file]) =>
    name.startsWith(folder) ? [{ layout: readLayout(name, file), file }] : [],
  )
  const seen = new Set<string>()
  for (const { layout, file } of layouts) {
    const key = `${layout.for} ${layout.from}`
    if (seen.has(key)) file.problems.at(1, `sudah ada bentuk ${layout.for} dari ${layout.from}`)
    seen.add(key)
  }
  return layouts
    .map(({ layout }) => layout)
    .sort((one, other) => (`${one.for} ${one.from}` < `${other.for} ${other.from}` ? -1 : 1))
}

function readLayout(path: string, { raw, problems }: SourceFile): Layout {
  refuseOtherHeads(raw, problems, heads)
  const entries = entriesOf(raw, problems)
  const part = (head: string): Entry | undefined => {
    const found = entries.find(({ key }) => key === head)
    if (!found) problems.at(1, `belum ada "${head}:"`)
    return found
  }
  const text = (head: keyof typeof shapes) => {
    const entry = part(head)
    const found = entry ? textOf(entry, problems) : ''
    const [isRight, shape] = shapes[head]
    if (entry && !isRight(found)) problems.at(entry.line, `isi "${head}:" ${shape}`)
    return found
  }
  const unverified = part('unverified')
  return {
    name: path.slice(folder.length),
    version: fingerprint(JSON.stringify(plain(raw))),
    title: text('title'),
    for: pick(layoutKinds, text('for')),
    from: text('from'),
    source: text('source'),
    unverified: unverified ? textsOf(unverified, problems).map((one) => one.text) : [],
    sheet: text('sheet'),
    dates: text('dates'),
    columns: readColumns(part('columns'), problems),
  }
}

/** The longest name of a sheet, and what it may not hold, as spreadsheets have it. */
const sheetShape = /^[^[\]:*?/\\]{1,31}$/
const sources = /^(REG|OFF|NEWS|REPO|DER|MEM)\b.{3}/s

/** What each text has to be, and how that is said. */
const shapes = {
  title: [(text: string) => text !== '', 'belum diisi'],
  for: [(text: string) => isOneOf(layoutKinds, text), `harus ${layoutKinds.join(' atau ')}`],
  from: [isDay, 'harus tanggal seperti 2026-01-31'],
  source: [(text: string) => sources.test(text), 'harus menyebut asalnya setelah REG, OFF, …'],
  sheet: [(text: string) => sheetShape.test(text), 'paling banyak 31 huruf, tanpa [ ] : * ? /'],
  dates: [isDatePattern, 'harus berisi dd, mm dan yyyy, misalnya dd-mm-yyyy'],
} as const satisfies Record<string, [(text: string) => boolean, string]>

function isDatePattern(text: string): boolean {
  return text.replace(/dd|mm|yyyy/g, '#').replace(/[-/. ]/g, '') === '###'
}

function isOneOf<T extends string>(all: readonly T[], text: string): text is T {
  return all.some((one) => one === text)
}

/** A name that was checked; the first one where it is a problem anyhow. */
function pick<T extends string>(all: readonly [T, ...T[]], text: string): T {
  return isOneOf(all, text) ? text : all[0]
}

function readColumns(entry: Entry | undefined, problems: Problems): LayoutColumn[] {
  const written = entry ? entriesOf(entry.value, problems) : []
  if (entry && written.length === 0) problems.at(entry.line, 'belum ada satu kolom pun')
  return written.map((column) => readColumn(column, problems))
}

function readColumn(column: Entry, problems: Problems): LayoutColumn {
  const say = (sentence: string) => problems.at(column.line, sentence, column.key)
  const parts = new Map(entriesOf(column.value, problems).map((part) => [part.key, part]))
  for (const key of parts.keys()) {
    if (!columnHeads.includes(key)) say(`"${key}" tidak dikenal; pilih ${columnHeads.join(', ')}`)
  }
  const kinds = ['field', 'always', 'empty'].filter((key) => parts.has(key))
  if (kinds.length !== 1) say('tulis tepat satu dari field:, always: atau empty:')
  const [field, needed, codes] = [parts.get('field'), parts.get('needed'), parts.get('codes')]
  if (needed && textOf(needed, problems) !== 'yes')
    say('isi "needed:" hanya yes; hapus kalau tidak')
  if ((needed || codes) && !field) say('needed: dan codes: hanya bersama field:')
  const name = field && textOf(field, problems)
  if (name !== undefined && !isOneOf(layoutFields, name)) {
    say(`field "${name}" tidak dikenal (${layoutFields.join(', ')})`)
  }
  const always = parts.get('always')
  return {
    heading: column.key,
    always: always ? textOf(always, problems) : '',
    isNeeded: needed !== undefined,
    ...(name !== undefined && { field: pick(layoutFields, name) }),
    ...(codes && { codes: readCodes(codes, problems) }),
  }
}

function readCodes(codes: Entry, problems: Problems): Map<string, string> {
  const entries = entriesOf(codes.value, problems)
  return new Map(entries.map((code) => [code.key, textOf(code, problems)]))
}

/** What a file says, without the lines on which it stands. */
function plain(raw: Raw): unknown {
  if (raw.is === 'text') return raw.text
  if (raw.is === 'list') return raw.items.map(plain)
  return raw.entries.map(({ key, value }) => [key, plain(value)])
}
