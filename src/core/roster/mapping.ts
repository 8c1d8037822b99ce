// What a person said about a list that was not understood; kept as data and applied again.
import type { Cohort } from '../rates.ts'
import type { Field } from './fields.ts'

/** Plain JSON; every part may be empty. */
export interface Mapping {
  /** Fields by the key of a heading. */
  columns: Record<string, Field>
  /** Cohorts by the key of a post; `none` is nobody to be registered. */
  posts: Record<string, Cohort | 'none'>
  /** Everybody on this list belongs to it, whatever the post. */
  cohort?: Cohort
}

/** Nothing said. */
export const noMapping: Mapping = { columns: {}, posts: {} }

/** What the person said of this key. */
export function findMapped<T>(said: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(said, key) ? said[key] : undefined
}
