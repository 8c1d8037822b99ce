// People who wait, as an officer sees them in the own chat: only those of the officer's area.
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { hideLongNumbers } from '../core/hide.ts'
import type { TicketTalk, WaitingTicket } from '../core/tickets.ts'
import { findOpenTicket, listOpenTickets, type OpenTicket } from './conversations.ts'
import type { Tx } from './database.ts'
import { type HistoryLine, readHistoryOf } from './history.ts'
import type { Seal } from './seal.ts'
import { plainWords } from './tickets.ts'

/** Tickets in one list: a phone shows no more, and the longest waiting come first. */
const mostListed = 20

/** Newest messages that are shown with a ticket. */
const linesShown = 6

/** Who waits in an area, as this post sees it. */
export async function listBranchTickets(
  tx: Tx,
  seal: Seal,
  book: Book,
  post: { id: number; area: string },
): Promise<WaitingTicket[]> {
  const tickets = await listOpenTickets(tx, seal, post.area, mostListed)
  return tickets.map((one) => toWaiting(book, one, post.id))
}

/** One ticket of the area with what was said last; null when it is not open. */
export async function lookAtTicket(
  tx: Tx,
  seal: Seal,
  book: Book,
  post: { id: number; area: string },
  id: number,
): Promise<TicketTalk | null> {
  const ticket = await findOpenTicket(tx, seal, post.area, id)
  if (!ticket) return null
  const lines = await readHistoryOf(tx, seal, ticket.addressId, linesShown)
  return { ...toWaiting(book, ticket, post.id), lines: lines.flatMap(toLine) }
}

/** Holds a ticket for the transaction that answers it; whether it is open still. */
export async function holdTicket(tx: Tx, area: string, seal: Seal, id: number): Promise<boolean> {
  await tx.query('SELECT FROM ticket WHERE id = $1 FOR UPDATE', [id])
  return (await findOpenTicket(tx, seal, area, id)) !== undefined
}

function toWaiting(book: Book, ticket: OpenTicket, postId: number): WaitingTicket {
  const { waitingSince, heldBy } = ticket
  const waits = waitingSince && Math.floor((Date.now() - waitingSince.getTime()) / 60_000)
  return {
    key: String(ticket.id),
    reason: ticket.reason,
    ...(waits !== null && { waitsMinutes: Math.max(0, waits) }),
    place: ticket.place === '' ? '' : nameArea(book.places, ticket.place),
    heldBy: heldBy === '' ? 'nobody' : heldBy === `post:${postId}` ? 'me' : 'another',
    words: hideLongNumbers(plainWords(ticket.words)),
  }
}

function toLine(line: HistoryLine): TicketTalk['lines'] {
  if (line.from === 'bot') return [{ from: 'bot', words: hideLongNumbers(line.message.text) }]
  const isSaid = line.kind === 'text' && line.words !== ''
  return isSaid ? [{ from: 'person', words: hideLongNumbers(line.words) }] : []
}
