// What the columns of a roster may hold, and what a person needs to be registered.

/** Every meaning that a column may have. */
export const fields = [
  'nik',
  'name',
  /** Place and date of birth in one cell. */
  'birth',
  'birth-place',
  'birth-date',
  'sex',
  'post',
  'occupation',
  'phone',
  'mother-name',
  'wage',
  'address',
  'rt',
  'rw',
  'village',
  /** What the bot itself wrote into an earlier copy. */
  'verdict',
  /** Known, and not needed: numbers of decrees, religion, education. */
  'ignored',
] as const

/** One of them. */
export type Field = (typeof fields)[number]

/** What is asked for afterwards when a row or the whole file lacks it. */
export const neededFields = ['nik', 'name', 'birth-date', 'post', 'phone'] as const

/** One of the needed ones. */
export type NeededField = (typeof neededFields)[number]
