// Tickets: somebody waits for a person. At most one open ticket per address and reason.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** What a ticket is about. */
export interface TicketGiven {
  reason: string
  flow?: string
  step?: string
  /** What the person said about it, as they said it. */
  words?: string
}

/** Opens a ticket; an open one of the same reason gets the newer words. */
export async function openTicket(tx: Tx, seal: Seal, addressId: number, given: TicketGiven) {
  const words = given.words ? seal.seal(given.words, ticketPlace(addressId, given.reason)) : null
  await tx.query(
    `INSERT INTO ticket (address_id, reason, flow, step, words) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (address_id, reason) WHERE state = 'open'
     DO UPDATE SET words = coalesce(excluded.words, ticket.words)`,
    [addressId, given.reason, given.flow ?? null, given.step ?? null, words],
  )
}

function ticketPlace(addressId: number, reason: string): string {
  return `ticket.words:${addressId}:${reason}`
}

/** An open ticket as an officer sees it. */
export interface OpenTicket {
  id: number
  addressId: number
  channel: string
  reason: string
  flow: string | null
  words: string
  createdAt: Date
}

/** The open tickets, oldest first, at most `limit`. */
export async function listOpenTickets(tx: Tx, seal: Seal, limit: number): Promise<OpenTicket[]> {
  const { rows } = await tx.query<{
    id: number
    address_id: number
    channel: string
    reason: string
    flow: string | null
    words: Buffer | null
    created_at: Date
  }>(
    `SELECT t.id, t.address_id, a.channel, t.reason, t.flow, t.words, t.created_at
       FROM ticket t JOIN address a ON a.id = t.address_id
      WHERE t.state = 'open' ORDER BY t.id LIMIT $1`,
    [limit],
  )
  return rows.map((row) => ({
    id: row.id,
    addressId: row.address_id,
    channel: row.channel,
    reason: row.reason,
    flow: row.flow,
    words: row.words ? seal.open(row.words, ticketPlace(row.address_id, row.reason)) : '',
    createdAt: row.created_at,
  }))
}
