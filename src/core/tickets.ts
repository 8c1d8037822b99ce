// What an officer sees in the chat of people who wait: whose turn it is, and what was said.
import * as z from 'zod'
import type { Book } from './book.ts'
import { sayPhrase } from './phrase.ts'

const ticket = z.object({
  key: z.string(),
  /** Why they wait, e.g. `question`, `accident`. */
  reason: z.string(),
  /** Minutes since the person waits for words; missing while it is the person's turn. */
  waitsMinutes: z.number().optional(),
  /** Where they are, as people read it; empty where that is not known. */
  place: z.string(),
  /** Who has the ticket. */
  heldBy: z.enum(['nobody', 'me', 'another']),
  /** The first of what they told with it; long numbers are hidden. */
  words: z.string(),
})
/** Somebody who waits for an officer. */
export type WaitingTicket = z.output<typeof ticket>

const conversation = ticket.extend({
  /** The newest messages both ways, oldest first; long numbers are hidden. */
  lines: z.array(z.object({ from: z.enum(['bot', 'person']), words: z.string() })),
})
/** One ticket with what was said last. */
export type TicketTalk = z.output<typeof conversation>

/** What somebody waits for, in words; `other` where nobody has named the reason. */
export function sayReason(book: Book, language: string, reason: string): string {
  const id = `waits-for-${reason}`
  return sayPhrase(book, language, book.phrases.has(id) ? id : 'waits-for-other')
}

/** The fact `branch-tickets`: who waits in the officer's area, the longest first. */
export function readTickets(fact: unknown): WaitingTicket[] {
  return z.array(ticket).parse(fact)
}

/** The fact `branch-ticket`; undefined when it is not open, or elsewhere. */
export function readTicketTalk(fact: unknown): TicketTalk | undefined {
  return fact === null || fact === undefined ? undefined : conversation.parse(fact)
}
