// What waits for officers of an area: how much, and since when.
import type { Tx } from './database.ts'
import { isAnyInside, isInside } from './village-states.ts'

/**
 * A submission by its alias `s` that no officer has decided on: found from the few that wait, not
 * by looking through all that ever were.
 */
export const isUndecided = `(s.state IN ('parked', 'recorded') AND s.id IN (
  SELECT id FROM submission WHERE state = 'parked'
   UNION SELECT submission_id FROM enrolment WHERE state = 'submitted'))`

/** A submission by its alias `s` in the area $1; without a village it is for the whole branch. */
export const isOfArea = `(s.village_code IS NULL OR ${isInside('s.village_code')})`

/**
 * Where a ticket by its alias `k` comes from: the post of its address, else its newest submission.
 * Missing where nothing is known of it: then it is for the whole branch.
 */
export const ticketPlaces = `coalesce(
  (SELECT p.area FROM post p WHERE p.address_id = k.address_id AND p.revoked_at IS NULL),
  (SELECT s.village_code FROM submission s WHERE s.address_id = k.address_id
      AND s.village_code IS NOT NULL ORDER BY s.id DESC LIMIT 1))`

/** A ticket by its alias `k` in the area $1. */
export const isTicketOfArea = `(${ticketPlaces} IS NULL OR ${isAnyInside(ticketPlaces)})`

/** How much of one kind waits, and since when; `since` is missing where nothing does. */
export interface Waiting {
  count: number
  since: Date | null
}

/** Counts what `from` selects; it also says since when, and from where. */
export async function countWaiting(tx: Tx, from: string, values: string[]): Promise<Waiting> {
  const { rows } = await tx.query<Waiting>(`SELECT count(*) AS count, ${from}`, values)
  return rows[0] ?? { count: 0, since: null }
}

/** Submissions of an area that wait for an officer. */
export function countUndecided(tx: Tx, area: string): Promise<Waiting> {
  const from = `min(s.created_at) AS since FROM submission s WHERE ${isUndecided} AND ${isOfArea}`
  return countWaiting(tx, from, [area])
}

/** What is listed of each kind, in the area $1. */
const listed = {
  submissions: `submission s WHERE ${isUndecided} AND ${isOfArea} AND s.id`,
  tickets: `ticket k WHERE k.state = 'open' AND ${isTicketOfArea} AND k.id`,
}

/** Number of the newest of an area that is listed; what comes later has a larger one. */
export async function findNewest(tx: Tx, area: string, kind: keyof typeof listed): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT coalesce(max(id), 0) AS id FROM ${listed[kind]} > 0`,
    [area],
  )
  return rows[0]?.id ?? 0
}

/** How many of an area are listed that came after that number. */
export async function countNewer(
  tx: Tx,
  area: string,
  kind: keyof typeof listed,
  after: number,
): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM ${listed[kind]} > $2`,
    [area, after],
  )
  return rows[0]?.count ?? 0
}

/** People of an area who wait for an officer's words; not those whose turn it is themselves. */
export function countWaitingTickets(tx: Tx, area: string): Promise<Waiting> {
  const from = `min(k.waiting_since) AS since FROM ticket k
                 WHERE k.state = 'open' AND k.waiting_since IS NOT NULL AND ${isTicketOfArea}`
  return countWaiting(tx, from, [area])
}

/** What is wrong with the program itself: the same for every area. */
export function countOpenAlarms(tx: Tx): Promise<Waiting> {
  return countWaiting(tx, 'min(raised_at) AS since FROM alarm WHERE closed_at IS NULL', [])
}
