// From a post, as villages write it, to the cohort that its holder belongs to.
import type { Cohort } from '../rates.ts'
import { findMapped, type Mapping } from './mapping.ts'
import { type RosterWords, wordKey } from './roster-words.ts'

/** Numbers of RT and RW say where somebody serves, not as what. */
const NUMBERS = /\b(\d+|[ivx]+)\b/g

/** The cohort of a post; `none` where the person said that it is to be left out. */
export function findCohort(
  post: string,
  words: RosterWords,
  mapping: Mapping,
): Cohort | 'none' | undefined {
  const key = postKey(post)
  if (!key) return undefined
  const whole = findMapped(mapping.posts, key) ?? words.posts.get(key)
  if (whole) return whole
  return words.openPosts.find(([start]) => key === start || key.startsWith(`${start} `))?.[1]
}

/** What a post is compared by, and what a mapping keeps it by. */
export function postKey(post: string): string {
  return wordKey(post).replace(NUMBERS, ' ').replace(/\s+/g, ' ').trim()
}
