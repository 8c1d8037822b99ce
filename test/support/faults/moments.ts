// The named moments of receive, send and submit at which the program is killed.
import type { Moment } from './postgres-proxy.ts'

/** A message comes in from somebody alone: kept, answered and saved in one statement. */
const receivingAtOnce: Moment[] = [
  { when: 'before', of: 'keep-whole-turn' },
  { when: 'after', of: 'keep-whole-turn' },
  { when: 'before', of: 'commit of keep-whole-turn' },
  { when: 'after', of: 'commit of keep-whole-turn' },
]

/** A message comes in: kept, answered and saved in one transaction, under the lock of its talk. */
const receiving: Moment[] = [
  { when: 'before', of: 'lock-talks' },
  { when: 'before', of: 'keep-inbounds' },
  { when: 'after', of: 'keep-inbounds' },
  { when: 'after', of: 'save-talks' },
  { when: 'before', of: 'commit of save-talks' },
  // Saved, and neither was a bell rung nor Telegram told.
  { when: 'after', of: 'commit of save-talks' },
]

/** A message goes out: the address is leased, the message taken, sent and noted. */
const sending: Moment[] = [
  { when: 'before', of: 'claim-addresses' },
  { when: 'after', of: 'claim-addresses' },
  { when: 'after', of: 'take-next' },
  // Telegram has it, and no row says so.
  { when: 'before', of: 'note-sent' },
  { when: 'after', of: 'note-sent' },
  { when: 'before', of: 'release-address' },
]

/** A submission becomes enrolments. */
const submitting: Moment[] = [
  { when: 'after', of: 'INSERT INTO submission' },
  { when: 'after', of: 'claim-submissions' },
  { when: 'after', of: 'insert-persons' },
  { when: 'before', of: 'insert-enrolments' },
  { when: 'before', of: 'commit of close-submissions' },
  { when: 'after', of: 'commit of close-submissions' },
]

/** Moments to be killed at, by what is going on when they come. */
export interface Moments {
  talking: Moment[]
  /** While somebody begins: of who is answered at once, few turns but the first are under a lock. */
  beginning: Moment[]
  /** While a submission is handled. */
  submitting: Moment[]
}

/** Every moment of a channel that never answers at once. */
export const lockedMoments: Moments = { talking: sending, beginning: receiving, submitting }

/** Every moment. */
export const allMoments: Moments = {
  ...lockedMoments,
  talking: sending.flatMap((moment, index) => [...receivingAtOnce.slice(index, index + 1), moment]),
}

/** A third of the moments, for the short form of a tour: each has its own, by what comes first. */
export function everyThird(first: 0 | 1 | 2): Moments {
  const third = (moments: Moment[]) => moments.filter((_, index) => index % 3 === first)
  return {
    talking: [...third(receivingAtOnce), ...third(sending)],
    beginning: third(receiving),
    submitting: third(submitting),
  }
}
