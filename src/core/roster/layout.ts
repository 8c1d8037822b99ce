// Finds the headings of a list and what each of its columns holds.
import { cellText, isBlank, type SheetRow } from './cell.ts'
import { type Field, type NeededField, neededFields } from './fields.ts'
import { findMapped, type Mapping } from './mapping.ts'
import { headingKey, type RosterWords } from './roster-words.ts'

/** A column whose heading says nothing that is known: the person is asked. */
export interface UnknownColumn {
  column: number
  heading: string
  /** What a mapping keeps it by. */
  key: string
}

/** Where things stand in a list. */
export interface Layout {
  /** The row of the headings, the lower one of two. */
  headingAt: number
  /** Columns by field; where several hold the same, the surest first. */
  columns: Map<Field, number[]>
  unknown: UnknownColumn[]
  /** What the list says of nobody, and is asked for afterwards. */
  lacks: NeededField[]
  /** Keys of the headings by column, to know them again further down. */
  headings: Map<number, string>
}

/** Rows that are looked through for headings. */
const headingRows = 15
/** A row that names fewer things is a title or a person. */
const LEAST_KNOWN = 2
/** How much longer than this a heading is never. */
const LONGEST_HEADING = 100

/** One column's heading, as tried. */
interface Tried {
  column: number
  heading: string
  key: string
  field: Field | undefined
  rank: number
}

/**
 * The layout of a list by its first rows; undefined where no row reads like headings. Then
 * `findUnknown` gives what a person may map.
 */
export function findLayout(
  rows: SheetRow[],
  words: RosterWords,
  mapping: Mapping,
): Layout | undefined {
  let best: { tried: Tried[]; at: number; score: number } | undefined
  for (const [index, row] of rows.entries()) {
    if (row.at > headingRows) break
    const below = rows[index + 1]
    const single = tryHeadings(row, undefined, words, mapping)
    const double = below && tryHeadings(row, below, words, mapping)
    const singleScore = scoreOf(single)
    const doubleScore = double ? scoreOf(double) : 0
    if (singleScore > (best?.score ?? 0)) best = { tried: single, at: row.at, score: singleScore }
    if (double && below && doubleScore > (best?.score ?? 0)) {
      best = { tried: double, at: below.at, score: doubleScore }
    }
  }
  return best && best.score >= LEAST_KNOWN ? layoutOf(best.tried, best.at, mapping) : undefined
}

/** The columns of the row that looks most like headings, where none could be recognised. */
export function findUnknown(rows: SheetRow[]): UnknownColumn[] {
  const first = rows.filter(({ at }) => at <= headingRows)
  const widest = Math.max(0, ...first.map(countTexts))
  const row = first.find((one) => countTexts(one) === widest)
  return (row?.cells ?? []).flatMap((cell, column) => {
    const heading = cellText(cell)
    const key = headingKey(heading)
    return key ? [{ column, heading, key }] : []
  })
}

function countTexts({ cells }: SheetRow): number {
  return cells.filter((cell) => typeof cell === 'string' && headingKey(cell) !== '').length
}

function tryHeadings(
  row: SheetRow,
  below: SheetRow | undefined,
  words: RosterWords,
  mapping: Mapping,
): Tried[] {
  const width = Math.max(row.cells.length, below?.cells.length ?? 0)
  const tried: Tried[] = []
  let over = ''
  for (let column = 0; column < width; column++) {
    const top = headingText(row, column)
    const bottom = below ? headingText(below, column) : ''
    if (top) over = top
    // A merged heading stands in its first column only, over several of the row below it.
    const candidates = bottom && below ? pairs(top || over, bottom) : [top]
    const found = candidates
      .map((heading) => ({ heading, known: lookUp(heading, words, mapping) }))
      .find(({ known }) => known)
    const heading = found?.heading ?? [top, bottom].filter(Boolean).join(' ')
    const { field, rank = 0 } = found?.known ?? {}
    if (heading) tried.push({ column, heading, key: headingKey(heading), field, rank })
  }
  return tried
}

function headingText(row: SheetRow, column: number): string {
  const cell = row.cells[column]
  if (typeof cell !== 'string' || isBlank(cell) || cell.length > LONGEST_HEADING) return ''
  return cell.trim()
}

/** `KELAHIRAN` over `TEMPAT` may be said in either order; else the lower one alone. */
function pairs(top: string, bottom: string): string[] {
  return [`${top} ${bottom}`, `${bottom} ${top}`, bottom, top]
}

function lookUp(heading: string, words: RosterWords, mapping: Mapping) {
  const whole = headingKey(heading)
  const bare = headingKey(heading.replace(/[([{].*?[)\]}]/g, ' '))
  for (const key of [whole, bare]) {
    const said = findMapped(mapping.columns, key)
    if (said) return { field: said, rank: -1 }
    const known = words.headings.get(key)
    if (known) return known
  }
  return undefined
}

/** How many different things the headings name; without a name or a NIK it is no list of people. */
function scoreOf(tried: Tried[]): number {
  const known = tried.flatMap(({ field }) => field ?? [])
  if (!known.includes('name') && !known.includes('nik')) return 0
  const ignored = known.filter((field) => field === 'ignored').length
  return new Set(known.filter((field) => field !== 'ignored')).size + Math.min(ignored, 9) / 10
}

function layoutOf(tried: Tried[], headingAt: number, mapping: Mapping): Layout {
  const columns = new Map<Field, number[]>()
  const byRank = [...tried].sort((one, other) => one.rank - other.rank)
  for (const { field, column } of byRank) {
    if (field) columns.set(field, [...(columns.get(field) ?? []), column])
  }
  const unknown = tried.filter(({ field, key }) => !field && key)
  return {
    headingAt,
    columns,
    unknown: unknown.map(({ column, heading, key }) => ({ column, heading, key })),
    lacks: neededFields.filter((field) => !isThere(field, columns, mapping)),
    headings: new Map(tried.filter(({ key }) => key).map(({ column, key }) => [column, key])),
  }
}

function isThere(field: NeededField, columns: Map<Field, number[]>, mapping: Mapping): boolean {
  if (field === 'post' && mapping.cohort) return true
  return columns.has(field) || (field === 'birth-date' && columns.has('birth'))
}
