// Finds people who stand in a list twice. No order of the rows changes what is found.
import { fold } from '../answers/normalise.ts'
import type { ReadRow, RosterPerson } from './person.ts'
import type { Reason } from './reasons.ts'

/** Adds what is found to the rows' findings. */
export function noteTwins(rows: readonly ReadRow[]) {
  for (const same of groupBy(rows, ({ person }) => person.nik)) noteSameNik(same)
  const unnamed = rows.filter(({ person }) => !person.nik && person.name)
  for (const same of groupBy(unnamed, ({ person }) => contentOf(person))) note(same, 'row-alike')
}

/**
 * One NIK: two names cannot both be right; the same row again is one person; one person with two
 * posts or two birth dates is for the village to say.
 */
function noteSameNik(rows: ReadRow[]) {
  const names = new Set(rows.flatMap(({ person }) => person.name ?? []).map(bareName))
  if (names.size > 1) return note(rows, 'nik-two-names')
  // What was read may be the same where what could not be read is not.
  const contents = new Set(
    rows.map(({ person, findings }) => contentOf(person) + findings.map(({ reason }) => reason)),
  )
  if (contents.size === 1) note(rows.slice(1), 'row-twice')
  else note(rows, 'nik-twice')
}

function note(rows: ReadRow[], reason: Reason) {
  for (const { findings } of rows) findings.push({ reason })
}

/** Groups of two and more. */
function groupBy(rows: readonly ReadRow[], keyOf: (row: ReadRow) => string | undefined) {
  const groups = new Map<string, ReadRow[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

function contentOf(person: RosterPerson): string {
  const { name = '', ...rest } = person
  const values = Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([
    bareName(name),
    ...values.map(([key, value]) => [key, fold(String(value))]),
  ])
}

/** A name without its titles, folded: `H. AHMAD YANI, S.Pd` and `Ahmad Yani` are one. */
export function bareName(name: string): string {
  const [person = ''] = name.split(',')
  return fold(person)
    .replace(/\b(hj?|drs?|dra|ir|kh|haji|hajjah)\b\.?/g, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
}
