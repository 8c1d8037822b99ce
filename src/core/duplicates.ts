// Whether two registrations may be of one person although their national numbers differ. Pure.
import { countErrors } from './place/distance.ts'
import { bareName } from './roster/twins.ts'

/** What is compared: both are of one village already. */
export interface Compared {
  name: string
  /** `YYYY-MM-DD` */
  birthOn: string
}

/**
 * Whether name and birth date are likely those of one person: titles, the order of the words, what
 * was shortened or left out, and one typing error a word make no difference; the day must be equal.
 */
export function mayBeSamePerson(one: Compared, other: Compared): boolean {
  const isSameDay = one.birthOn !== '' && one.birthOn === other.birthOn
  return isSameDay && areNamesAlike(one.name, other.name)
}

/** Whether one name may be another, or a part of it, with a typing error a word at most. */
export function areNamesAlike(one: string, other: string): boolean {
  const [fewer = [], more = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length)
  if (fewer.length === 0) return false
  const left = [...more]
  let whole = 0
  for (const word of fewer) {
    const found = left.findIndex((each) => isSameWord(word, each))
    if (found < 0) return false
    // One letter says little: some word must be there as a whole.
    if (Math.min(word.length, left[found]?.length ?? 0) > 2) whole += 1
    left.splice(found, 1)
  }
  return whole > 0
}

/** The words of a name by which it is compared: without titles, spelled plainly. */
export function wordsOf(name: string): string[] {
  return bareName(name)
    .split(' ')
    .filter((word) => word !== '')
}

/** `M` stands for Muhammad, `Moh` too; `Rahmah` and `Rahma` are one. */
export function isSameWord(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length)
  if (short.length < 4) return long.startsWith(short) || (short === 'moh' && long === 'muhammad')
  return countErrors(short, long, 1) <= 1
}
