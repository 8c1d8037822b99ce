// What the official said afterwards about the rows of a list: it fills what the list lacks.
import { isNik, nikDiffers } from '../nik.ts'
import type { Field } from './fields.ts'
import type { Mapping } from './mapping.ts'
import type { ReadRow } from './person.ts'
import type { Reason } from './reasons.ts'

/** What may be asked about one row afterwards. */
export const gapKinds = ['nik', 'name', 'birth', 'phone', 'sure'] as const
/** One of them; `sure`: whether a NIK that shows another birth date or sex is right all the same. */
export type GapKind = (typeof gapKinds)[number]

/** What was said about one row; an empty text is "nobody knows": it is not asked again. */
export type GivenRow = Partial<Record<GapKind, string>>

/** Everything that was said about a list: what its columns and posts mean, what its rows lack. */
export interface Said extends Mapping {
  /** By sheet and row, `0:12`. */
  rows: Record<string, GivenRow>
  /** What no column of the list holds. */
  without: Field[]
}

/** Nothing said. */
export const nothingSaid: Said = { columns: {}, posts: {}, rows: {}, without: [] }

/** What a row is kept by. */
export function rowKey(sheet: number, at: number): string {
  return `${sheet}:${at}`
}

const reasonsOfGaps: Record<GapKind, Reason[]> = {
  nik: ['nik-missing', 'nik-excel', 'nik-letters', 'nik-length', 'nik-odd'],
  name: ['name-missing', 'name-odd'],
  birth: ['birth-missing', 'birth-unclear', 'birth-impossible', 'birth-future'],
  phone: ['phone-missing', 'phone-odd', 'phone-excel', 'phone-mobile', 'phone-which'],
  sure: ['nik-birth-differs', 'nik-sex-differs'],
}

/** Whoever stands in such a row is not asked about: the list itself has to change. */
const hopeless: Reason[] = [
  ...(['vacant', 'post-left-out', 'other-village', 'row-twice'] as const),
  ...(['nik-two-names', 'nik-twice', 'row-hidden', 'cell-error'] as const),
]

/** What is still to be asked about a row, in the order of asking; `given` is what was said. */
export function findGaps(findings: readonly { reason: Reason }[], given: GivenRow = {}): GapKind[] {
  const found = findings.map(({ reason }) => reason)
  if (found.some((reason) => hopeless.includes(reason))) return []
  return gapKinds.filter(
    (kind) =>
      given[kind] === undefined && reasonsOfGaps[kind].some((reason) => found.includes(reason)),
  )
}

/** Puts what was said in the place of what the row lacked; a phone may stay unknown. */
export function fillRow(row: ReadRow, given: GivenRow | undefined) {
  if (!given) return
  const { person } = row
  if (given.nik) person.nik = given.nik
  if (given.name) person.name = given.name
  if (given.birth) person.birthOn = given.birth
  if (given.phone) person.phone = given.phone
  const filled = gapKinds.filter((kind) => given[kind] || (kind === 'phone' && kind in given))
  const gone = filled.flatMap((kind) => reasonsOfGaps[kind])
  row.findings = row.findings.filter(({ reason }) => !gone.includes(reason))
  if ((given.nik || given.birth) && !given.sure) compare(row)
}

/** The NIK or the day is a new one: whether both agree is seen anew. */
function compare(row: ReadRow) {
  const { nik, birthOn, sex } = row.person
  if (!nik || !birthOn || !isNik(nik)) return
  row.findings = row.findings.filter(({ reason }) => !reasonsOfGaps.sure.includes(reason))
  const differences = nikDiffers(nik, birthOn, sex)
  if (differences.includes('birth')) row.findings.push({ reason: 'nik-birth-differs' })
  if (differences.includes('sex')) row.findings.push({ reason: 'nik-sex-differs' })
}
