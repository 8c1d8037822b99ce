// A list of people, judged row by row: rows in = accepted + waiting + rejected, always.
import type { Reader, Reading } from '../answers/reading.ts'
import type { Cohort } from '../rates.ts'
import type { Judged } from './answers.ts'
import type { SheetRow, SheetRows } from './cell.ts'
import { fillRow, type GivenRow, rowKey } from './given.ts'
import { findLayout, findUnknown, type Layout, type UnknownColumn } from './layout.ts'
import { createRowKinds, type RowKind } from './people.ts'
import { type ReadRow, type RosterPerson, type RowGround, readPerson } from './person.ts'
import { postKey } from './post.ts'
import { type Finding, judgeFindings } from './reasons.ts'
import { noteTwins } from './twins.ts'

/** What became of one row. */
export interface RowVerdict {
  sheet: number
  at: number
  judged: Judged
  findings: Finding[]
  person: RosterPerson
}

/** What became of one sheet. */
export interface JudgedSheet {
  sheet: number
  name: string
  /** Undefined where no headings were recognised: nothing of it was judged. */
  layout: Layout | undefined
  /** Columns that a person may be asked about. */
  unknown: UnknownColumn[]
  /** Columns that hold something, the widest row's. */
  width: number
  /** Rows below the headings that are no person: totals, numbers of columns, signatures. */
  skipped: number
}

/** What became of a file. */
export interface JudgedRoster {
  sheets: JudgedSheet[]
  rows: RowVerdict[]
  /** Posts that a person may be asked about, by what a mapping keeps them by. */
  unknownPosts: Map<string, string>
  /** How many rows were judged, and how. */
  rowsIn: number
  counts: Record<Judged, number>
}

/** Takes a file's rows in their order and judges them at the end. */
export interface RosterJudge {
  add(batch: SheetRows): void
  finish(): JudgedRoster
}

/** What judging rests on. */
export type JudgeGround = Omit<RowGround, 'layout' | 'isTyped'> & {
  /** What was said about single rows, by sheet and row. */
  given?: Record<string, GivenRow>
  /** The groups that the village has posts for; all of them when missing. */
  cohorts?: readonly Cohort[]
}

/** A judge of one file. Pure: a file judged again is judged the same. */
export function createRosterJudge(ground: JudgeGround): RosterJudge {
  const readers = { ...ground.readers, place: remembering(ground.readers.place) }
  const sheets: OpenSheet[] = []
  const open = { ...ground, readers }
  return {
    add(batch) {
      let sheet = sheets.at(-1)
      if (sheet?.about.sheet !== batch.sheet) {
        sheet = openSheet(batch, open)
        sheets.push(sheet)
      }
      for (const row of batch.rows) sheet.take(row)
    },
    finish: () => judgeAll(sheets),
  }
}

interface OpenSheet {
  about: JudgedSheet
  rows: ReadRow[]
  take(row: SheetRow): void
}

/** The first batch of a sheet holds its headings: they stand in the first rows or nowhere. */
function openSheet(batch: SheetRows, ground: JudgeGround): OpenSheet {
  const { sheet, name, isTyped } = batch
  const layout = findLayout(batch.rows, ground.words, ground.mapping)
  const unknown = layout?.unknown ?? findUnknown(batch.rows)
  const about: JudgedSheet = { sheet, name, layout, unknown, width: 0, skipped: 0 }
  const rows: ReadRow[] = []
  const kindOf = layout && createRowKinds(layout, ground.words)
  return {
    about,
    rows,
    take(row) {
      about.width = Math.max(about.width, row.cells.length)
      if (!layout || !kindOf || row.at <= layout.headingAt) return
      const kind = kindOf(row)
      if (kind === 'not-a-person') about.skipped += 1
      else {
        const read = readRow(row, kind, { ...ground, layout, isTyped })
        if (ground.given) fillRow(read, ground.given[rowKey(sheet, row.at)])
        noteUnset(read, ground.cohorts)
        rows.push(read)
      }
    },
  }
}

function readRow(row: SheetRow, kind: RowKind, ground: RowGround): ReadRow {
  if (kind === 'person') return readPerson(row, ground)
  return { at: row.at, person: {}, findings: [{ reason: 'vacant', field: 'name' }] }
}

/** Whom the village has no posts for waits until it has set them up. */
function noteUnset({ person, findings }: ReadRow, cohorts: readonly Cohort[] | undefined) {
  const { cohort } = person
  if (cohort && cohorts && !cohorts.includes(cohort)) {
    findings.push({ reason: 'cohort-unset', field: 'post' })
  }
}

function judgeAll(sheets: OpenSheet[]): JudgedRoster {
  noteTwins(sheets.flatMap(({ rows }) => rows))
  const rows = sheets.flatMap(({ about, rows: read }) =>
    read.map(({ at, person, findings }) => {
      return { sheet: about.sheet, at, judged: judgeFindings(findings), findings, person }
    }),
  )
  const counts: Record<Judged, number> = { accepted: 0, waiting: 0, rejected: 0 }
  for (const { judged } of rows) counts[judged] += 1
  const unknownPosts = findUnknownPosts(rows)
  return {
    sheets: sheets.map(({ about }) => about),
    rows,
    unknownPosts,
    rowsIn: rows.length,
    counts,
  }
}

function findUnknownPosts(rows: RowVerdict[]): Map<string, string> {
  const unknown = rows.filter(({ findings }) =>
    findings.some(({ reason }) => reason === 'post-unknown'),
  )
  const posts = unknown.map(({ person }) => person.post ?? '')
  return new Map(posts.map((post) => [postKey(post), post]))
}

/** A reader that reads the same words once: one village stands in every row of a list. */
function remembering(reader: Reader): Reader {
  const read = new Map<string, Reading>()
  return {
    ...reader,
    read(words, context) {
      const reading = read.get(words) ?? reader.read(words, context)
      read.set(words, reading)
      return reading
    },
  }
}
