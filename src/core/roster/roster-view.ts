// A list that was sent, as the official's talk sees it: how it stands and what is asked next.
import * as z from 'zod'
import { type Cohort, cohorts } from '../rates.ts'
import { type NeededField, neededFields } from './fields.ts'
import { findGaps, gapKinds, rowKey, type Said } from './given.ts'
import { countRows, type KeptRoster, type KeptRow } from './kept-roster.ts'

/** Rows whose trouble is told in the chat; the file that goes back tells all of them. */
const mostTold = 5

const option = z.object({ key: z.string(), label: z.string() })

const view = z.object({
  /** `waiting` to be read, `asking` the official, `agreed` and to be written, or refused. */
  state: z.enum(['waiting', 'asking', 'agreed', 'refused']),
  /** Why the whole file was refused. */
  reason: z.string().optional(),
  rowsIn: z.number(),
  /** May be registered now. */
  accepted: z.number(),
  /** Were registered from an earlier list. */
  known: z.number(),
  waiting: z.number(),
  rejected: z.number(),
  /** Those who may be registered now, by group. */
  groups: z.array(z.object({ cohort: z.enum(cohorts), count: z.number() })),
  /** What the list seems to lack, and the columns that may hold it. */
  column: z.object({ field: z.enum(neededFields), options: z.array(option) }).optional(),
  /** The list says of nobody which post they have. */
  lacksPosts: z.boolean(),
  /** A post that is not known. */
  post: option.optional(),
  /** The row that is asked about next. */
  gap: z
    .object({
      key: z.string(),
      at: z.number(),
      name: z.string(),
      position: z.string(),
      kind: z.enum(gapKinds),
    })
    .optional(),
  /** Questions left about single rows. */
  gaps: z.number(),
  troubles: z.array(
    z.object({
      at: z.number(),
      name: z.string(),
      reason: z.string(),
      blanks: z.record(z.string(), z.string()).optional(),
    }),
  ),
})
/** The list as the talk sees it. */
export type RosterView = z.output<typeof view>

/** The fact `roster`; undefined where there is no list to talk about. */
export function readRosterView(fact: unknown): RosterView | undefined {
  return fact === null || fact === undefined ? undefined : view.parse(fact)
}

/** How a list stands before anything of it was judged, or when nothing could be. */
export function blankView(state: RosterView['state'], reason?: string): RosterView {
  const none = {
    rowsIn: 0,
    accepted: 0,
    known: 0,
    waiting: 0,
    rejected: 0,
    lacksPosts: false,
    gaps: 0,
  }
  return { state, ...none, ...(reason && { reason }), groups: [], troubles: [] }
}

/** A judged list, with what was said about it since. */
export function viewRoster(kept: KeptRoster, said: Said): RosterView {
  const column = findColumn(kept, said)
  const [post] = kept.posts
  const gaps = kept.rows.flatMap((row) => gapsOf(row, said))
  const fresh = kept.rows.filter(isToRegister)
  const counts = countRows(kept.rows)
  return {
    state: 'asking',
    rowsIn: kept.rows.length,
    ...counts,
    accepted: fresh.length,
    known: counts.accepted - fresh.length,
    groups: countGroups(fresh),
    ...(column && { column }),
    lacksPosts: !column && kept.sheets.some(({ lacks }) => lacks.includes('post')),
    ...(post && { post: { key: post[0], label: post[1] } }),
    ...(gaps[0] && { gap: gaps[0] }),
    gaps: gaps.length,
    troubles: kept.rows.flatMap(troubleOf).slice(0, mostTold),
  }
}

/** Whether a registration is to be made of this row once the official agrees. */
export function isToRegister({ judged, receipt }: KeptRow): boolean {
  return judged === 'accepted' && receipt === undefined
}

/** Columns are asked about only where the list lacks something that one of them may hold. */
function findColumn({ sheets }: KeptRoster, said: Said): RosterView['column'] {
  for (const { headingAt, lacks, unknown } of sheets) {
    const wanted: readonly NeededField[] = headingAt === undefined ? ['nik', 'name'] : lacks
    const open = wanted.filter((one) => !said.without.includes(one) && !isMapped(said, one))
    const left = unknown.filter(({ key }) => !Object.hasOwn(said.columns, key))
    const [field] = open
    if (field && left.length > 0) {
      return { field, options: left.map(({ key, heading }) => ({ key, label: heading })) }
    }
  }
  return undefined
}

function isMapped({ columns }: Said, field: NeededField): boolean {
  return Object.values(columns).includes(field)
}

function gapsOf({ sheet, at, findings, person }: KeptRow, said: Said) {
  const key = rowKey(sheet, at)
  return findGaps(findings, said.rows[key]).map((kind) => {
    return { key, at, name: person.name ?? '', position: person.post ?? '', kind }
  })
}

function countGroups(rows: KeptRow[]): { cohort: Cohort; count: number }[] {
  return cohorts.flatMap((cohort) => {
    const count = rows.filter(({ person }) => person.cohort === cohort).length
    return count > 0 ? [{ cohort, count }] : []
  })
}

function troubleOf({ at, judged, findings, person }: KeptRow): RosterView['troubles'] {
  const [first] = findings
  if (judged === 'accepted' || !first) return []
  const { reason, blanks } = first
  return [{ at, name: person.name ?? '', reason, ...(blanks && { blanks }) }]
}
