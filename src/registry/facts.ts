// Looks up what rules and blanks need to know about an address; one entry for each fact.
import type { Book } from '../core/book.ts'
import { showReceipt } from '../core/text.ts'
import type { Tx } from './database.ts'
import { readMyData } from './rights.ts'
import type { Seal } from './seal.ts'

type LookUp = (tx: Tx, addressId: number, seal: Seal, book: Book) => Promise<unknown>

const lookUps: Record<string, LookUp> = {
  'my-submissions': listSubmissions,
  'my-data': (tx, addressId, seal, book) => readMyData(tx, seal, addressId, book),
  'submissions-today': countSubmissionsToday,
  'has-open-ticket': hasOpenTicket,
  stopped: isStopped,
}

/** The facts of these names for one address. Throws on a name that is no fact. */
export async function lookUpFacts(
  tx: Tx,
  seal: Seal,
  book: Book,
  addressId: number,
  names: string[],
): Promise<Record<string, unknown>> {
  const facts: Record<string, unknown> = {}
  for (const name of names) {
    const lookUp = lookUps[name]
    if (!lookUp) throw new Error(`no fact is called ${name}`)
    facts[name] = await lookUp(tx, addressId, seal, book)
  }
  return facts
}

/** Newest five, because a phone shows no more at once. What waits and what is parked look alike. */
async function listSubmissions(tx: Tx, addressId: number) {
  const { rows } = await tx.query<{ receipt: string; state: string; on: string }>(
    `SELECT s.receipt, s.created_at::date AS on,
            CASE WHEN s.state IN ('refused', 'withdrawn') THEN s.state
                 WHEN EXISTS (SELECT FROM enrolment e
                               WHERE e.submission_id = s.id AND e.state = 'registered')
                 THEN 'registered' ELSE 'received' END AS state
       FROM submission s WHERE s.address_id = $1 ORDER BY s.id DESC LIMIT 5`,
    [addressId],
  )
  return rows.map((row) => ({
    receipt: showReceipt(row.receipt),
    state: row.state,
    createdOn: row.on,
  }))
}

async function countSubmissionsToday(tx: Tx, addressId: number) {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM submission
      WHERE address_id = $1 AND created_at > now() - interval '24 hours'`,
    [addressId],
  )
  return rows[0]?.count ?? 0
}

async function hasOpenTicket(tx: Tx, addressId: number) {
  const { rows } = await tx.query(
    `SELECT FROM ticket WHERE address_id = $1 AND state = 'open' LIMIT 1`,
    [addressId],
  )
  return rows.length > 0
}

async function isStopped(tx: Tx, addressId: number) {
  const { rows } = await tx.query('SELECT FROM address WHERE id = $1 AND stopped_at IS NOT NULL', [
    addressId,
  ])
  return rows.length > 0
}
