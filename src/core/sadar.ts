// Desa Sadar: when a village becomes one, when it no longer is one, and what a certificate says.
import * as z from 'zod'
import type { Book } from './book.ts'
import { sayPhrase } from './phrase.ts'
import type { Cohort, Rates } from './rates.ts'
import { type CohortState, findLacks, type Lack } from './village-staff.ts'

const status = z.object({
  isSadar: z.boolean(),
  /** The day from which it is so, or no longer so. */
  sinceOn: z.string(),
  /** The number of the agreement; missing until an officer has recorded it. */
  agreement: z.string().optional(),
  /** The code of the certificate; there is one once there is an agreement. */
  code: z.string().optional(),
})
/** What a village was found to be when it was last judged. */
export type SadarStatus = z.output<typeof status>

/** The fact `village-sadar`; undefined for a village that never was one. */
export function readSadarStatus(fact: unknown): SadarStatus | undefined {
  return fact === null || fact === undefined ? undefined : status.parse(fact)
}

/** What changed: the status was given, is confirmed by an agreement, or was lost. */
export interface Verdict {
  reason: 'given' | 'agreed' | 'lost'
  isSadar: boolean
  sinceOn: string
  lacks: Lack[]
  /** How many people in the village's posts are registered. */
  people: number
  agreement?: string
}

/** What a village is judged by. */
export interface Judged {
  states: CohortState[]
  /** What it was found to be before. */
  last: SadarStatus | undefined
  /** The number of the agreement that holds for it. */
  agreement: string | undefined
  on: string
}

/**
 * Judges a village by the branch's criteria of a day; undefined where nothing has changed. The
 * status is given on the day on which the criteria are met: it rests on who is registered. A
 * certificate waits for the agreement, whose number it carries.
 */
export function judgeVillage(given: Judged, rates: Rates): Verdict | undefined {
  const { states, last, agreement, on } = given
  const lacks = findLacks(states, on, rates)
  const people = states.reduce((sum, { registered }) => sum + registered, 0)
  const wasSadar = last?.isSadar ?? false
  const isSadar = lacks.length === 0 && people > 0
  const found = { isSadar, lacks, people, ...(agreement !== undefined && { agreement }) }
  if (isSadar !== wasSadar) return { ...found, reason: isSadar ? 'given' : 'lost', sinceOn: on }
  const isNew = isSadar && agreement !== undefined && agreement !== last?.agreement
  return last && isNew ? { ...found, reason: 'agreed', sinceOn: last.sinceOn } : undefined
}

/** What is lacking, one line for each group: numbers of people, nobody's name. */
export function sayLacks(book: Pick<Book, 'phrases'>, language: string, lacks: Lack[]): string {
  const line = (cohort: Cohort, people: number | undefined) => {
    const name = sayPhrase(book, language, `cohort-${cohort}`)
    if (people === undefined) return sayPhrase(book, language, 'lack-unset', { name })
    return sayPhrase(book, language, 'lack-people', { name, count: String(people) })
  }
  return lacks.map(({ cohort, people }) => line(cohort, people)).join('\n')
}
