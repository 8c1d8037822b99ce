// Whether the work goes on, told from the rows: what waits, what failed, what is held back.
import type { Tx } from './database.ts'
import { isTicketOfArea } from './office-waiting.ts'

/** Kinds of rows that something has to be done with. */
export type WorkKind = 'inbound' | 'outbound' | 'submission' | 'roster'

/** How much of one kind there is to do. */
export interface WorkState {
  kind: WorkKind
  /** Due, and not done. */
  waiting: number
  /** Given up; a person has to look at it. */
  failed: number
  /** Since when the oldest is due; missing where none is. */
  oldestAt: Date | null
}

/** Every kind of work, counted. Failures are those of the last seven days. */
export async function readWork(tx: Tx): Promise<WorkState[]> {
  const { rows } = await tx.query<WorkState>(
    `SELECT 'inbound' AS kind, count(*) AS waiting,
            (SELECT count(*) FROM inbound WHERE state = 'parked') AS failed,
            min(received_at) AS "oldestAt"
       FROM inbound WHERE state = 'waiting'
      UNION ALL
     SELECT 'outbound', count(*),
            (SELECT count(*) FROM outbound
              WHERE state = 'failed' AND created_at > now() - interval '7 days'),
            min(not_before)
       FROM outbound WHERE state IN ('waiting', 'sending') AND not_before <= now()
      UNION ALL
     SELECT 'submission', count(*), 0, min(created_at) FROM submission WHERE state = 'waiting'
      UNION ALL
     SELECT 'roster', count(*), 0, min(created_at) FROM roster
      WHERE state IN ('waiting', 'agreed')`,
  )
  return rows
}

/** Messages that wait on purpose. */
export interface HeldBack {
  channel: string
  class: string
  /** Why the last try was put off; empty where there was none: they were made for later. */
  reason: string
  count: number
  untilAt: Date
}

/** What is held back, by channel, kind of message and reason; the soonest first. */
export async function listHeldBack(tx: Tx): Promise<HeldBack[]> {
  const { rows } = await tx.query<HeldBack>(
    `SELECT a.channel, o.class, coalesce(o.reason, '') AS reason, count(*) AS count,
            min(o.not_before) AS "untilAt"
       FROM outbound o JOIN address a ON a.id = o.address_id
      WHERE o.state = 'waiting' AND o.not_before > now()
      GROUP BY 1, 2, 3 ORDER BY "untilAt" LIMIT 50`,
  )
  return rows
}

/** Who uses an account of a platform now. */
export interface HeldAccount {
  name: string
  holder: string
  until: Date
}

/** The accounts that a process has at this moment. */
export async function listHeldAccounts(tx: Tx): Promise<HeldAccount[]> {
  const { rows } = await tx.query<HeldAccount>(
    `SELECT name, holder, until FROM channel_lease
      WHERE until > clock_timestamp() ORDER BY name`,
  )
  return rows
}

/** Somebody of the area who asked to be erased and is registered, so that an officer decides. */
export interface Erasure {
  id: number
  askedAt: Date
  /** When an officer closed it; null while it is open. */
  closedAt: Date | null
}

/** Requests to be erased: those that are open, the oldest first, then what was closed last. */
export async function listErasures(tx: Tx, area: string, limit: number): Promise<Erasure[]> {
  const { rows } = await tx.query<Erasure>(
    `SELECT k.id, k.created_at AS "askedAt", k.closed_at AS "closedAt" FROM ticket k
      WHERE k.reason = 'erasure' AND ${isTicketOfArea}
      ORDER BY k.closed_at DESC NULLS FIRST, k.id LIMIT $2`,
    [area, limit],
  )
  return rows
}
