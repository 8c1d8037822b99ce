// Writes the file of an approved export, once: its rows as they are held now, and the watermark.

import type { BranchDesk } from '../branch-desk.ts'
import { showExportRow } from '../core/members/export-row.ts'
import { findLack, layOut } from '../core/members/lay-out.ts'
import { findLayout, type Layout } from '../core/members/layout.ts'
import type { MemberWords } from '../core/members/member-words.ts'
import { must } from '../core/must.ts'
import { fillWords } from '../core/phrase.ts'
import { showReceipt } from '../core/text.ts'
import { openExported } from '../registry/exportable.ts'
import { type Export, takeForWriting } from '../registry/exports.ts'
import { listLine } from '../roster/write-list.ts'
import { writeTable } from '../roster/write-table.ts'
import { getExport } from './export-members.ts'
import { ExportRefused } from './export-refused.ts'

/** How a list is written. */
export type ExportFormat = 'xlsx' | 'csv'

/** What was written. */
export interface WrittenExport {
  rows: number
  /** Rows that are no longer to be registered since the list was asked for. */
  dropped: number
}

/** What the file of an export is called. */
export function nameExportFile({ id, layout }: Export, format: ExportFormat): string {
  return `ekspor-${id}-${layout}.${format}`
}

/**
 * Writes an approved export, once: who loses the file asks for its rows again, with a reason.
 * `keep` is given the bytes, which nothing here keeps; when it throws, the export is not written.
 * `when` is told in the watermark. Throws ExportRefused and SealError.
 */
export async function writeExport(
  { db, seal, book, actor }: BranchDesk,
  id: number,
  format: ExportFormat,
  when: Date,
  keep: (bytes: Buffer) => Promise<void>,
): Promise<WrittenExport> {
  return db.transaction(async (tx) => {
    const one = await getExport(tx, id)
    if (!(await takeForWriting(tx, id, actor))) throw new ExportRefused(whyNot(one))
    const layout = findLayout(book.layouts, one.kind, '', one.layout)
    if (layout?.version !== one.layoutVersion) throw new ExportRefused('layout-changed')
    const { places, branch } = book
    const members = await openExported(tx, seal, id)
    const rows = members
      .filter(({ held }) => !findLack(layout, held, places))
      .map(({ number, held }) => {
        const exportRow = showExportRow({ exportId: id, number })
        const receipt = showReceipt(held.receipt)
        return layOut(layout, { ...held, receipt }, { exportRow, branch: branch.operator, places })
      })
    const marks = sayMarks(book.members, layout, { ...one, rows: rows.length }, actor, when)
    await keep(await writeRows(format, layout, rows, marks))
    return { rows: rows.length, dropped: one.rows - rows.length }
  })
}

function whyNot({ state }: Export) {
  if (state === 'written' || state === 'cancelled') return state
  return 'not-approved'
}

interface Marks {
  sheet: string
  title: string
  /** Who, when, which export, why: the first line is in every file. */
  lines: string[]
  actor: string
  when: Date
}

function sayMarks(
  { watermark }: MemberWords,
  layout: Layout,
  one: Export,
  actor: string,
  when: Date,
): Marks {
  const fills: Record<string, string> = {
    number: String(one.id),
    count: String(one.rows),
    when: when.toISOString(),
    actor: one.approvedBy ? `${actor} / ${one.approvedBy}` : actor,
    layout: layout.name,
    version: layout.version,
    reason: one.reason,
  }
  const say = (id: Parameters<MemberWords['watermark']['get']>[0]) =>
    fillWords(must(watermark.get(id), `watermark ${id}`), (blank) => fills[blank] ?? '')
  const { title, source, unverified } = layout
  const doubts = unverified.length > 0 ? [say('unverified'), ...unverified] : []
  const lines = [say('line'), title, source, ...doubts]
  return { sheet: say('sheet'), title: say('title'), lines, actor, when }
}

async function writeRows(format: ExportFormat, layout: Layout, rows: string[][], marks: Marks) {
  const headings = layout.columns.map(({ heading }) => heading)
  const [description = ''] = marks.lines
  if (format === 'csv') {
    return Buffer.from([headings, ...rows, [description]].map(listLine).join(''))
  }
  return writeTable({
    name: layout.sheet,
    headings,
    rows,
    notes: { name: marks.sheet, lines: marks.lines },
    properties: {
      title: marks.title,
      creator: marks.actor,
      description,
      at: `${marks.when.toISOString().slice(0, 19)}Z`,
    },
  })
}
