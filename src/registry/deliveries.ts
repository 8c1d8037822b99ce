// What became of messages after they were sent, as the platform tells later and in any order.
import type { Outbound } from '../core/message.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { openOutbound } from './turns.ts'

/** What the platform says of a message that it took. */
export interface Delivery {
  state: 'delivered' | 'read' | 'failed'
  at: Date
  /** Why it failed: the platform's code. */
  reason?: string
  /** Milliseconds after which it is worth another try. */
  retryMs?: number
}

/** Tries before a message that the platform takes and does not deliver is given up. */
const lastTry = 8

/** A message can be asked for again for so many days after it was sent. */
const resendDays = 7

/**
 * Notes a delivery; told twice or in the wrong order, the same comes of it. What arrived did not
 * fail, whatever else is said; what failed and is worth another try waits for it. False when no
 * message has that id: it may be noted as sent a moment later, so tell it again before giving up.
 */
export async function noteDelivery(
  tx: Tx,
  channel: string,
  providerId: string,
  { state, at, reason, retryMs }: Delivery,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'note-delivery',
    text: `UPDATE outbound o
              SET delivered_at = CASE WHEN $3 = 'failed' THEN o.delivered_at
                                      ELSE least(o.delivered_at, $4) END,
                  read_at = CASE WHEN $3 = 'read' THEN least(o.read_at, $4) ELSE o.read_at END,
                  state = CASE WHEN $3 <> 'failed' THEN 'sent'
                               WHEN o.delivered_at IS NOT NULL THEN o.state
                               WHEN $6::float8 IS NULL OR o.tries >= $7 THEN 'failed'
                               ELSE 'waiting' END,
                  provider_id = CASE WHEN $3 = 'failed' AND o.delivered_at IS NULL
                                      AND $6::float8 IS NOT NULL AND o.tries < $7
                                     THEN NULL ELSE o.provider_id END,
                  not_before = now() + make_interval(secs => coalesce($6::float8, 0) / 1000),
                  reason = CASE WHEN $3 = 'failed' AND o.delivered_at IS NULL THEN $5 END
             FROM address a
            WHERE o.provider_id = $2 AND a.id = o.address_id AND a.channel = $1`,
    values: [channel, providerId, state, at, reason ?? 'failed', retryMs ?? null, lastTry],
  })
  return (rowCount ?? 0) > 0
}

/**
 * Notes that a message was sent although the answer to that call never came: the platform tells the
 * key that it was sent with. It is not sent again then. False when it was known, or is not ours.
 */
export async function noteSentByKey(
  tx: Tx,
  channel: string,
  key: string,
  providerId: string,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'note-sent-by-key',
    text: `UPDATE outbound o SET state = 'sent', provider_id = $3, reason = NULL, sent_at = now()
             FROM address a
            WHERE o.purpose = $2 AND o.provider_id IS NULL
              AND o.state IN ('waiting', 'sending', 'failed')
              AND a.id = o.address_id AND a.channel = $1`,
    values: [channel, key, providerId],
  })
  return (rowCount ?? 0) > 0
}

/** The message that the platform took under this id, for a week after it was sent. */
export async function findSentMessage(
  tx: Tx,
  seal: Seal,
  channel: string,
  providerId: string,
): Promise<Outbound | undefined> {
  const { rows } = await tx.query<{ purpose: string; body: Buffer }>(
    `SELECT o.purpose, o.body FROM outbound o JOIN address a ON a.id = o.address_id
      WHERE o.provider_id = $2 AND a.channel = $1
        AND o.sent_at > now() - make_interval(days => $3)`,
    [channel, providerId, resendDays],
  )
  const row = rows[0]
  return row && openOutbound(seal, row.purpose, row.body)
}

/** How many messages that nobody had asked for were sent on a channel since then. */
export async function countInitiated(tx: Tx, channel: string, since: Date): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM outbound o JOIN address a ON a.id = o.address_id
      WHERE o.class <> 'reply' AND o.sent_at >= $2 AND a.channel = $1`,
    [channel, since],
  )
  return rows[0]?.count ?? 0
}
