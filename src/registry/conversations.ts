// Conversations: officers take tickets, speak through the bot, and give the talk back to it.
import type { Book } from '../core/book.ts'
import { maxOfficerWords } from '../core/limits.ts'
import { sayPhrase } from '../core/phrase.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { queueNotices } from './notices.ts'
import { isTicketOfArea, ticketPlaces } from './office-waiting.ts'
import type { Seal } from './seal.ts'
import { ticketPlace } from './tickets.ts'
import { wordsPlace } from './turns.ts'

/** An open ticket as an officer sees it. */
export interface OpenTicket {
  id: number
  addressId: number
  channel: string
  /** Code of where they are; empty where that is not known. */
  place: string
  reason: string
  /** What was told with it: answers by step as JSON; empty when nothing was. */
  words: string
  createdAt: Date
  /** Who has it, as the audit trail names them; empty while nobody has. */
  heldBy: string
  heldAt: Date | null
  /** Since when the person waits for words of an officer; null while it is the person's turn. */
  waitingSince: Date | null
}

interface OpenRow {
  id: number
  address_id: number
  channel: string
  place: string | null
  reason: string
  words: Buffer | null
  created_at: Date
  held_by: string | null
  held_at: Date | null
  waiting_since: Date | null
}

/** Open ones in the area $1; all of them without one. */
const openSql = (where: string) => `
  SELECT k.id, k.address_id, a.channel, k.reason, k.words, k.created_at, k.held_by, k.held_at,
         k.waiting_since, ${ticketPlaces} AS place
    FROM ticket k JOIN address a ON a.id = k.address_id
   WHERE k.state = 'open' AND ($1::text IS NULL OR ${isTicketOfArea}) AND ${where}`

/**
 * The open tickets of an area, at most `limit`: whoever waits longest first. Somebody of whom no
 * place is known is everybody's. Without an area, all of them.
 */
export async function listOpenTickets(
  tx: Tx,
  seal: Seal,
  area: string | null,
  limit: number,
): Promise<OpenTicket[]> {
  const { rows } = await tx.query<OpenRow>(
    `${openSql('true')} ORDER BY k.waiting_since NULLS LAST, k.id LIMIT $2`,
    [area, limit],
  )
  return rows.map((row) => toTicket(seal, row))
}

/** The open ticket of this number, if it is one of the area's. */
export async function findOpenTicket(tx: Tx, seal: Seal, area: string | null, id: number) {
  const { rows } = await tx.query<OpenRow>(openSql('k.id = $2'), [area, id])
  return rows[0] && toTicket(seal, rows[0])
}

function toTicket(seal: Seal, row: OpenRow): OpenTicket {
  const { id, address_id: addressId, channel, reason, words } = row
  return {
    ...{ id, addressId, channel, reason, place: row.place ?? '' },
    words: words ? seal.open(words, ticketPlace(addressId, reason)) : '',
    createdAt: row.created_at,
    heldBy: row.held_by ?? '',
    heldAt: row.held_at,
    waitingSince: row.waiting_since,
  }
}

/** What an officer says on a ticket. */
export interface OfficerSays {
  ticketId: number
  words: string
  /** Who says it, as the audit trail names them. */
  actor: string
  /** The talk goes back to the bot with these words, which may be none. */
  closes: boolean
  /** Takes the ticket over from a colleague who has it. */
  takesOver?: boolean
}

/** What came of it; with `held`, who has the ticket. */
export type Said =
  | { kind: 'said' | 'closed'; addressId: number }
  | { kind: 'gone' | 'empty' | 'too-long' }
  | { kind: 'held'; by: string }

interface HeldRow {
  address_id: number
  reason: string
  said: number
  held_by: string | null
}

/**
 * Says something to the person whose ticket it is, in their own chat. While the ticket is open the
 * bot is silent there; with `closes` it goes on with the very question it had asked.
 */
export async function sayOnTicket(tx: Tx, seal: Seal, given: OfficerSays): Promise<Said> {
  const { ticketId, actor, closes } = given
  const words = given.words.trim()
  if (words === '' && !closes) return { kind: 'empty' }
  if (words.length > maxOfficerWords) return { kind: 'too-long' }
  const { rows } = await tx.query<HeldRow>(
    `SELECT address_id, reason, said, held_by FROM ticket
      WHERE id = $1 AND state = 'open' FOR UPDATE`,
    [ticketId],
  )
  const row = rows[0]
  if (!row) return { kind: 'gone' }
  if (row.held_by !== null && row.held_by !== actor && !given.takesOver) {
    return { kind: 'held', by: row.held_by }
  }
  await noteSaid(tx, given)
  // Closed without a word to somebody who was never spoken to: they are told nothing.
  if (row.said > 0 || words !== '') await speak(tx, seal, row, { ...given, words })
  return { kind: closes ? 'closed' : 'said', addressId: row.address_id }
}

async function noteSaid(tx: Tx, { ticketId, actor, closes }: OfficerSays) {
  await tx.query(
    `UPDATE ticket SET said = said + 1, waiting_since = NULL, held_by = $2,
            held_at = CASE WHEN held_by = $2 THEN held_at ELSE now() END,
            state = CASE WHEN $3 THEN 'closed' ELSE state END,
            closed_at = CASE WHEN $3 THEN now() END WHERE id = $1`,
    [ticketId, actor, closes],
  )
  const action = closes ? 'close-ticket' : 'say-on-ticket'
  await appendAudit(tx, actor, action, `ticket:${ticketId}`)
}

/** In the line of the person's own messages: said once, and in the order of the talk. */
async function speak(tx: Tx, seal: Seal, row: HeldRow, given: OfficerSays) {
  const purpose = `ticket:${given.ticketId}:${row.said + 1}`
  const kind = given.closes ? 'officer-left' : 'officer'
  const words = given.closes ? `${row.reason} ${given.words}` : given.words
  await tx.query(
    `INSERT INTO inbound (address_id, external_id, kind, words, sent_at)
     VALUES ($1, $2, $3, $4, now())`,
    [row.address_id, purpose, kind, seal.sealWords(words, wordsPlace(row.address_id, purpose))],
  )
}

/** Takes a ticket, also from a colleague; whether it is open still. */
export async function takeTicket(tx: Tx, id: number, actor: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE ticket SET held_by = $2, held_at = now() WHERE id = $1 AND state = 'open'`,
    [id, actor],
  )
  if (rowCount === 0) return false
  await appendAudit(tx, actor, 'take-ticket', `ticket:${id}`)
  return true
}

/**
 * Notes that somebody wrote to the officer who talks with them, and tells the officer in their own
 * chat, once until they answer. `inboundId` is the row of what was written.
 */
export async function noteForOfficer(
  tx: Tx,
  seal: Seal,
  book: Book,
  addressId: number,
  inboundId: number,
) {
  const { rows } = await tx.query<{ id: number; held_by: string | null }>(
    `UPDATE ticket SET waiting_since = now()
      WHERE address_id = $1 AND state = 'open' AND said > 0 AND waiting_since IS NULL
      RETURNING id, held_by`,
    [addressId],
  )
  for (const { id, held_by: holder } of rows) {
    const [, post] = /^post:(\d+)$/.exec(holder ?? '') ?? []
    if (post) await tellHolder(tx, seal, book, { postId: Number(post), ticketId: id, inboundId })
  }
}

interface ToTell {
  postId: number
  ticketId: number
  inboundId: number
}

async function tellHolder(tx: Tx, seal: Seal, book: Book, told: ToTell) {
  const { rows } = await tx.query<{ address_id: number; language: string }>(
    `SELECT p.address_id, a.language FROM post p JOIN address a ON a.id = p.address_id
      WHERE p.id = $1 AND p.revoked_at IS NULL`,
    [told.postId],
  )
  for (const { address_id: addressId, language } of rows) {
    const text = sayPhrase(book, language, 'ticket-heard', { ticket: String(told.ticketId) })
    const purpose = `ticket:${told.ticketId}:heard:${told.inboundId}`
    await queueNotices(tx, seal, [{ addressId, purpose, message: { text } }])
  }
}

/** How many wait for words of an officer longer than `hours`. */
export async function countLongWaits(tx: Tx, hours: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM ticket
      WHERE state = 'open' AND waiting_since < now() - make_interval(hours => $1)`,
    [hours],
  )
  return rows[0]?.count ?? 0
}
