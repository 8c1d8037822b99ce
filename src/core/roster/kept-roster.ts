// A judged list as it is kept until it is done with: what is to be asked, told and registered.
import type { Judged } from './answers.ts'
import type { NeededField } from './fields.ts'
import type { UnknownColumn } from './layout.ts'
import type { Reason } from './reasons.ts'
import type { JudgedRoster, JudgedSheet, RowVerdict } from './roster.ts'

/** One sheet, without its rows. */
export interface KeptSheet {
  sheet: number
  /** The row of its headings; missing where none were recognised and nothing was judged. */
  headingAt?: number
  /** The column in which the verdicts go back. */
  column: number
  lacks: NeededField[]
  unknown: UnknownColumn[]
}

/** A row's verdict, and what has come of it. */
export interface KeptRow extends RowVerdict {
  /** The code of the registration that was made of it. */
  receipt?: string
}

/** A judged list. JSON. */
export interface KeptRoster {
  sheets: KeptSheet[]
  rows: KeptRow[]
  /** Posts that a person may be asked about: what a mapping keeps them by, and their words. */
  posts: [key: string, post: string][]
}

/** What is kept of a judged list. */
export function keepRoster(judged: JudgedRoster): KeptRoster {
  return {
    sheets: judged.sheets.map(keepSheet),
    rows: judged.rows,
    posts: [...judged.unknownPosts],
  }
}

function keepSheet({ sheet, layout, unknown, width }: JudgedSheet): KeptSheet {
  // An earlier answer is written over; else the answers stand in the first free column.
  const column = layout?.columns.get('verdict')?.[0] ?? width
  const found = layout && { headingAt: layout.headingAt }
  return { sheet, ...found, column, lacks: layout?.lacks ?? [], unknown }
}

/** How many rows were judged how. */
export function countRows(rows: readonly { judged: Judged }[]): Record<Judged, number> {
  const counts: Record<Judged, number> = { accepted: 0, waiting: 0, rejected: 0 }
  for (const { judged } of rows) counts[judged] += 1
  return counts
}

/** The row with the code of its registration, and why it was not made just now. */
export function withReceipt(row: KeptRow, receipt: string, reason?: Reason): KeptRow {
  const findings = reason ? [...row.findings, { reason }] : row.findings
  return { ...row, findings, receipt }
}
