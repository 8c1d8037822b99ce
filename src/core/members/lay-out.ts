// Writes what we hold about a person as the row of a layout, or says why it cannot be one yet.
import type { EnrolledPerson, EnrolmentRow } from '../enrolment.ts'
import type { Places } from '../place.ts'
import type { Layout, LayoutColumn, LayoutField } from './layout.ts'

/** A person who waits to be registered, as the registry holds them. */
export interface HeldMember {
  submissionId: number
  receipt: string
  person: EnrolledPerson
  /** The village of the enrolment. */
  villageCode: string
  /** Whether the person lives there by their own word; a post says nothing of it. */
  livesThere: boolean
  occupation: string
  workPlace: string
  baseRupiah: number
  months: number
  programmes: EnrolmentRow['programme'][]
  /** The person does not want what somebody else has registered. */
  hasObjected: boolean
  /** The post that the person was registered for is held no longer. */
  hasLeft: boolean
}

/** Why somebody cannot be on a list yet. */
export const lacks = ['fields', 'code', 'objected', 'left'] as const

/** That, with the headings that it is about. */
export interface Lack {
  why: (typeof lacks)[number]
  headings: string[]
}

/** What stands in a row besides what is held about its person. */
export interface RowPlace {
  /** Number of the row by which its answer is found again, `E12-3`. */
  exportRow: string
  branch: string
  places: Pick<Places, 'label'>
}

/** The cells of a row in the order of the layout. What is not held stays empty, never guessed. */
export function layOut(layout: Layout, held: HeldMember, place: RowPlace): string[] {
  return layout.columns.map((column) => cellOf(layout, column, held, place) ?? '')
}

/** Why this person cannot be a row of the layout yet; nothing when they can. */
export function findLack(
  layout: Layout,
  held: HeldMember,
  places: RowPlace['places'],
): Lack | undefined {
  if (held.hasObjected) return { why: 'objected', headings: [] }
  if (held.hasLeft) return { why: 'left', headings: [] }
  const nowhere = { exportRow: '-', branch: '-', places }
  const cells = layout.columns.map((column) => cellOf(layout, column, held, nowhere))
  const headingsOf = (is: (cell: string | undefined, column: LayoutColumn) => boolean) =>
    layout.columns.filter((column, index) => is(cells[index], column)).map(({ heading }) => heading)
  const uncoded = headingsOf((cell) => cell === undefined)
  if (uncoded.length > 0) return { why: 'code', headings: uncoded }
  const missing = headingsOf((cell, { isNeeded }) => isNeeded && cell === '')
  return missing.length > 0 ? { why: 'fields', headings: missing } : undefined
}

/** The words of one cell; undefined where the layout has no code for them. */
function cellOf(
  { dates }: Layout,
  { field, always, codes }: LayoutColumn,
  held: HeldMember,
  place: RowPlace,
): string | undefined {
  if (field === undefined) return always
  const value = oneLine(wordsFor(field, held, place, dates))
  return value === '' || !codes ? value : codes.get(value)
}

/** A cell is one line: line ends and other controls would begin something new. */
function oneLine(words: string): string {
  return words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

function wordsFor(field: LayoutField, held: HeldMember, place: RowPlace, dates: string): string {
  const { person } = held
  const village = () => place.places.label(held.villageCode)
  const values: Record<LayoutField, () => string> = {
    'export-row': () => place.exportRow,
    branch: () => place.branch,
    receipt: () => held.receipt,
    name: () => person.name,
    'name-first': () => splitName(person.name)[0],
    'name-middle': () => splitName(person.name)[1],
    'name-last': () => splitName(person.name)[2],
    nik: () => person.nik,
    'birth-place': () => person.birthPlace,
    'birth-date': () => writeDay(person.birthOn, dates),
    sex: () => person.sex,
    'mother-name': () => person.motherName,
    phone: () => person.phone,
    'phone-local': () => person.phone.replace(/^\+62/, '0'),
    address: () =>
      [person.addressLine, held.livesThere ? village() : ''].filter(Boolean).join(', '),
    village,
    occupation: () => held.occupation,
    'work-place': () => held.workPlace,
    wage: () => String(held.baseRupiah),
    programmes: () => held.programmes.join(' '),
    months: () => String(held.months),
  }
  return values[field]()
}

/** First, middle and last words of a name; a name of one word is only a first one. */
function splitName(name: string): [first: string, middle: string, last: string] {
  const words = name.split(/\s+/).filter(Boolean)
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return [words[0] ?? '', words.slice(1, -1).join(' '), last]
}

function writeDay(day: string, dates: string): string {
  const [year, month, date] = day.split('-')
  if (!year || !month || !date) return ''
  return dates.replace('yyyy', year).replace('mm', month).replace('dd', date)
}
