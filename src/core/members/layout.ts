// How a list of people to be registered looks outside: a layout of flows/layouts, as data.

/** What lists are for: wage earners at the employers' portal, or people who work for themselves. */
export const layoutKinds = ['sipp', 'bpu'] as const

/** One of them. */
export type LayoutKind = (typeof layoutKinds)[number]

/** The segment of enrolments that each kind of list is for. */
export const segmentOf = { sipp: 'PU', bpu: 'BPU' } as const satisfies Record<LayoutKind, string>

/** What we hold of a person and a column may show. */
export const layoutFields = [
  'export-row',
  'receipt',
  'branch',
  'name',
  'name-first',
  'name-middle',
  'name-last',
  'nik',
  'birth-place',
  'birth-date',
  'sex',
  'mother-name',
  'phone',
  'phone-local',
  'address',
  'village',
  'occupation',
  'work-place',
  'wage',
  'programmes',
  'months',
] as const

/** One of them. */
export type LayoutField = (typeof layoutFields)[number]

/** One column of a list: what we hold, the same words in every row, or nothing at all. */
export interface LayoutColumn {
  heading: string
  field?: LayoutField
  /** Empty where the column stays empty. */
  always: string
  /** A row without it is not exported. */
  isNeeded: boolean
  /** How a value is written there; what is not among them cannot be. */
  codes?: Map<string, string>
}

/** One layout, checked. */
export interface Layout {
  /** Name of its file, e.g. `sipp-2`. */
  name: string
  /** Fingerprint of what it says. */
  version: string
  title: string
  for: LayoutKind
  /** The day from which it is taken unless another one is named. */
  from: string
  source: string
  /** What nobody has verified about it, in sentences; never told as facts. */
  unverified: string[]
  sheet: string
  /** How days are written, e.g. `dd-mm-yyyy`. */
  dates: string
  columns: LayoutColumn[]
}

/** The layout of a kind by its name; without one, that which holds on a day. */
export function findLayout(
  layouts: readonly Layout[],
  kind: LayoutKind,
  on: string,
  name?: string,
): Layout | undefined {
  const ofKind = layouts.filter((one) => one.for === kind)
  if (name !== undefined) return ofKind.find((one) => one.name === name)
  return ofKind.findLast(({ from }) => from <= on)
}
