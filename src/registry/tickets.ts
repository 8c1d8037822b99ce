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
     DO UPDATE SET words = coalesce(excluded.words, ticket.words), waiting_since = now()`,
    [addressId, given.reason, given.flow ?? null, given.step ?? null, words],
  )
}

interface TicketRow {
  id: number
  address_id: number
  reason: string
  words: Buffer | null
  state: string
}

/**
 * Makes the tickets of one address another's. Where both wait for the same reason, one of the two
 * waits on, with the words of both.
 */
export async function moveTickets(tx: Tx, seal: Seal, toId: number, fromId: number) {
  const { rows } = await tx.query<TicketRow>(
    `SELECT id, address_id, reason, words, state FROM ticket
      WHERE address_id IN ($1, $2) ORDER BY id FOR NO KEY UPDATE`,
    [toId, fromId],
  )
  const isOpen = (one: TicketRow) => one.address_id === toId && one.state === 'open'
  const open = new Map(rows.filter(isOpen).map((one) => [one.reason, one]))
  for (const row of rows.filter((one) => one.address_id === fromId)) {
    const twin = row.state === 'open' ? open.get(row.reason) : undefined
    const words = readWords(seal, row)
    await tx.query(
      `UPDATE ticket SET address_id = $2, words = $3, state = CASE WHEN $4 THEN 'closed' ELSE state
        END, closed_at = CASE WHEN $4 THEN now() ELSE closed_at END WHERE id = $1`,
      [row.id, toId, twin ? null : sealWords(seal, toId, row.reason, words), twin !== undefined],
    )
    if (!twin) continue
    const both = joinWords(readWords(seal, twin), words)
    const sealed = sealWords(seal, toId, row.reason, both)
    await tx.query('UPDATE ticket SET words = $2 WHERE id = $1', [twin.id, sealed])
  }
}

function readWords(seal: Seal, row: TicketRow): string {
  return row.words ? seal.open(row.words, ticketPlace(row.address_id, row.reason)) : ''
}

function sealWords(seal: Seal, addressId: number, reason: string, words: string): Buffer | null {
  return words ? seal.seal(words, ticketPlace(addressId, reason)) : null
}

/** Words are JSON of answers by step: what both answered to one step stands there twice. */
function joinWords(one: string, other: string): string {
  if (!one || !other) return one || other
  const joined: Record<string, unknown> = JSON.parse(one)
  for (const [step, answer] of Object.entries(JSON.parse(other))) {
    joined[step in joined && joined[step] !== answer ? `${step} 2` : step] = answer
  }
  return JSON.stringify(joined)
}

/** Where the words of a ticket are sealed. */
export function ticketPlace(addressId: number, reason: string): string {
  return `ticket.words:${addressId}:${reason}`
}

/** What an address waits for an answer to, oldest first: the words of each answer to its talk. */
export async function listOpenWords(tx: Tx, seal: Seal, addressId: number): Promise<string[]> {
  const { rows } = await tx.query<TicketRow>(
    `SELECT id, address_id, reason, words, state FROM ticket
      WHERE address_id = $1 AND state = 'open' AND words IS NOT NULL ORDER BY id`,
    [addressId],
  )
  return rows.flatMap((row) => answersIn(readWords(seal, row)))
}

/** What was told with a ticket, without the braces it is kept in. */
export function plainWords(words: string): string {
  return answersIn(words).join(' · ')
}

function answersIn(words: string): string[] {
  return words === '' ? [] : Object.values(JSON.parse(words)).map(String)
}
