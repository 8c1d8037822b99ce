// Asks for a list of people to be registered, approves it, gives it up: rows first, no file yet.

import type { BranchDesk } from '../branch-desk.ts'
import { findLack, type HeldMember, type Lack } from '../core/members/lay-out.ts'
import { findLayout, type LayoutKind, segmentOf } from '../core/members/layout.ts'
import { getFigure } from '../core/rates.ts'
import type { Tx } from '../registry/database.ts'
import { listExportable } from '../registry/exportable.ts'
import {
  approveExport,
  cancelExport,
  type Export,
  findExport,
  insertExport,
  lockExports,
} from '../registry/exports.ts'
import { ExportRefused } from './export-refused.ts'

/** What somebody wants to take out, and why. */
export interface ExportWish {
  kind: LayoutKind
  /** Codes of regencies, districts or villages with blanks between; empty for everywhere. */
  area: string
  /** Name of a layout; without one, that which holds today. */
  layout?: string
  /** Number of an export whose people are wanted once more. */
  repeats?: number
  reason: string
}

/** Somebody who cannot be on the list yet. */
export interface HeldBack {
  receipt: string
  lack: Lack
}

/** What was asked for. */
export interface AskedExport {
  /** Missing where nobody can go out. */
  id?: number
  rows: number
  /** Whether a second person has to approve it. */
  isLarge: boolean
  heldBack: HeldBack[]
  /** There are more people than one list takes. */
  hasMore: boolean
}

/** People on one list: what a portal and a person can still look through. */
const mostRows = 5_000
const shortestReason = 5

/** Chooses who goes out, so that nobody else's list has them. Throws ExportRefused. */
export async function askExport(
  desk: BranchDesk,
  wish: ExportWish,
  on: string,
): Promise<AskedExport> {
  const { book, actor, seal } = desk
  const { kind, area, repeats, reason } = wish
  if (reason.trim().length < shortestReason) throw new ExportRefused('no-reason')
  const layout = findLayout(book.layouts, kind, on, wish.layout)
  if (!layout) throw new ExportRefused('no-layout')
  return desk.db.transaction(async (tx) => {
    await lockExports(tx)
    if (repeats !== undefined) await checkRepeated(tx, repeats, kind)
    const segment = segmentOf[kind]
    const limit = mostRows + 1
    const found = await listExportable(tx, seal, { segment, area, repeats, limit })
    const lackOf = (held: HeldMember) => findLack(layout, held, book.places)
    const looked = found.slice(0, mostRows).map((held) => ({ held, lack: lackOf(held) }))
    const ready = looked.filter(({ lack }) => lack === undefined).map(({ held }) => held)
    const isLarge = ready.length > getFigure(book.rates, 'export-approval-above', on)
    const heldBack = looked.flatMap(({ held, lack }) =>
      lack ? [{ receipt: held.receipt, lack }] : [],
    )
    const asked = { rows: ready.length, isLarge, heldBack, hasMore: found.length > mostRows }
    if (ready.length === 0) return asked
    const { name, version } = layout
    const one = { kind, layout: name, layoutVersion: version, area, repeats, isLarge, actor }
    const submissions = ready.map(({ submissionId }) => submissionId)
    return { ...asked, id: await insertExport(tx, { ...one, reason: reason.trim() }, submissions) }
  })
}

/** Only what was written can be lost and wanted again; until then it is written as it is. */
async function checkRepeated(tx: Tx, id: number, kind: LayoutKind) {
  const repeated = await getExport(tx, id)
  if (repeated.kind !== kind) throw new ExportRefused('kind-differs')
  if (repeated.state !== 'written') throw new ExportRefused('not-written')
}

/** A second person lets a large list go out. Throws ExportRefused, to whoever asked for it too. */
export async function approve({ db, actor }: BranchDesk, id: number): Promise<Export> {
  return db.transaction(async (tx) => {
    const one = await getExport(tx, id)
    if (one.state !== 'asked') throw new ExportRefused('not-asked')
    if (one.askedBy === actor) throw new ExportRefused('own')
    if (!(await approveExport(tx, id, actor))) throw new ExportRefused('not-asked')
    return one
  })
}

/** Gives up a list that was not written: its people can be on another. Throws ExportRefused. */
export async function cancel({ db, actor }: BranchDesk, id: number) {
  await db.transaction(async (tx) => {
    const { state } = await getExport(tx, id)
    if (await cancelExport(tx, id, actor)) return
    throw new ExportRefused(state === 'cancelled' ? 'cancelled' : 'written')
  })
}

/** The export of this number. Throws ExportRefused where there is none. */
export async function getExport(tx: Tx, id: number): Promise<Export> {
  const found = Number.isSafeInteger(id) && id > 0 ? await findExport(tx, id) : undefined
  if (!found) throw new ExportRefused('unknown')
  return found
}
