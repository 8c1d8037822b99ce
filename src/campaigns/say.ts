// Campaigns in words, the same for the workplace and the command line: reasons, states, durations.
import type { Book } from '../core/book.ts'
import { sayPhrase } from '../core/phrase.ts'

type Words = Pick<Book, 'phrases'>

/** Why somebody is left out or was not reached; the reason's own name where nobody worded it. */
export function sayReason(book: Words, reason: string): string {
  const id = `campaign-reason-${reason}`
  return book.phrases.has(id) ? sayPhrase(book, 'id', id) : reason
}

/** How a campaign stands. */
export function sayCampaignState(book: Words, state: string): string {
  return sayPhrase(book, 'id', `campaign-state-${state}`)
}

/** How the message to one person stands. */
export function sayPersonState(book: Words, state: string): string {
  return sayPhrase(book, 'id', `campaign-person-${state}`)
}

/** About how long so many seconds are; infinitely many are never. */
export function sayDuration(book: Words, seconds: number): string {
  const say = (unit: string, count = 0) =>
    sayPhrase(book, 'id', `campaign-takes-${unit}`, { count: String(Math.ceil(count)) })
  if (seconds === Number.POSITIVE_INFINITY) return say('never')
  if (seconds < 90) return say('seconds', seconds)
  if (seconds < 90 * 60) return say('minutes', seconds / 60)
  return seconds < 36 * 3_600 ? say('hours', seconds / 3_600) : say('days', seconds / 86_400)
}
