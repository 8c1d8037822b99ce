// Tickets: somebody waits for a person. At most one open ticket per address and reason.
import type { Tx } from './database.ts'
import type { PrismaClient } from './generated/client.ts'
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
  channel: string
  reason: string
  words: string
  createdAt: Date
}

/** The open tickets, oldest first, at most `limit`. */
export async function listOpenTickets(
  prisma: PrismaClient,
  seal: Seal,
  limit: number,
): Promise<OpenTicket[]> {
  const rows = await prisma.ticket.findMany({
    where: { state: 'open' },
    orderBy: { id: 'asc' },
    take: limit,
    include: { address: { select: { channel: true } } },
  })
  return rows.map(({ id, addressId, address, reason, words, createdAt }) => ({
    id: Number(id),
    channel: address.channel,
    reason,
    words: words ? seal.open(words, ticketPlace(Number(addressId), reason)) : '',
    createdAt,
  }))
}
