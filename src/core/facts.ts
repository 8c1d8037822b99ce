// The facts that rules, blanks and lists may ask of the registry, and what each rests on.
import { heldReviewUses } from './review.ts'
import type { Audience } from './roles.ts'

/** What is known of a fact before it is looked up. */
export interface FactShape {
  /** Step ids of the answers it rests on: with one of them it is forgotten. */
  uses: string[]
  /** Whom it may be told to; everybody when missing. */
  for?: Audience
  /** Looked up in every turn and never kept with the talk. */
  fresh?: boolean
}

/** Every fact, by its name. */
export const facts: Record<string, FactShape> = {
  'my-submissions': { uses: [] },
  'my-data': { uses: [] },
  'my-contributions': { uses: [] },
  'is-reminded': { uses: [] },
  'submissions-today': { uses: [] },
  'has-open-ticket': { uses: [] },
  stopped: { uses: [] },
  post: { uses: [], fresh: true },
  // Looking is a try, and tries are counted: both are looked up once for one answer.
  invite: { uses: ['invite-code'] },
  'pin-check': { uses: ['unlock-pin'], for: 'post' },
  // Holds the invite for the turn that redeems it, so that of two at once only one can.
  'invite-held': { uses: ['invite-code', 'new-pin'] },
  'village-people': { uses: [], for: 'head' },
  'village-cohorts': { uses: [], for: 'official' },
  'village-staff': { uses: [], for: 'official' },
  'village-dues': { uses: [], for: 'official' },
  'village-sadar': { uses: [], for: 'official' },
  // People who wait for an officer. What they said is looked up anew and not kept with the talk.
  // Campaigns of the officer's area that are not over.
  campaigns: { uses: [], for: 'branch', fresh: true },
  'branch-waiting': { uses: [], for: 'branch' },
  'branch-tickets': { uses: [], for: 'branch', fresh: true },
  'branch-ticket': { uses: ['ticket'], for: 'branch' },
  // Holds the ticket for the turn that answers it.
  'ticket-held': { uses: ['ticket', 'ticket-words'], for: 'branch' },
  // Registrations that wait for the branch: whose they are is looked up anew.
  'review-queue': { uses: [], for: 'branch', fresh: true },
  'review-card': { uses: ['submission'], for: 'branch' },
  // Holds the registration for the turn that decides on it.
  'review-held': { uses: heldReviewUses, for: 'branch' },
  // How many come after the one that was looked at.
  'review-left': { uses: ['submission'], for: 'branch' },
  'area-overview': { uses: [], for: 'coordinator' },
  // A job changes it while its flow is open.
  roster: { uses: [], for: 'official', fresh: true },
  'staff-today': { uses: [], for: 'official' },
  'residents-today': { uses: [], for: 'agent' },
  'my-residents': { uses: [], for: 'agent' },
  // Looking is a try here too: whoever has a code still says when they were born.
  'staff-entry': { uses: ['staff-code', 'staff-birth-date'] },
}

/** Whether it is looked up in every turn. */
export function isFresh(name: string): boolean {
  return facts[name]?.fresh === true
}

/** The names of the facts that rest on the answer to this ask. */
export function factsRestingOn(id: string): string[] {
  return Object.keys(facts).filter((name) => facts[name]?.uses.includes(id))
}
