// Messages on their way out: who may send to which
// address now, in which order, and what became of it.
import type { MessageClass, Outbound, Sending } from '../core/message.ts'
import { addressPlace } from './addresses.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { openOutbound } from './turns.ts'

/** An address that this sender alone may send to until the lease ends. */
export interface Lease {
  addressId: number
  /** The platform's id of it; throws SealError. */
  open(): string
}

/** A message to be sent next. */
export interface NextOutbound {
  id: number
  tries: number
  /** The platform's id of what was sent for this row before: it is changed, not sent again. */
  sentAs?: string
  sending: Sending
  /** The person has said BERHENTI; does not agree to campaigns. */
  isStopped: boolean
  isDeclined: boolean
  /** The zone in which it must not be quiet when it arrives; missing where the hour is no matter. */
  zone?: string
  /** The message itself; throws SealError. */
  open(): Outbound
}

/** Whose message goes first, at one address and among all of them. */
const classes: MessageClass[] = ['reply', 'notice', 'reminder', 'campaign']

/** The same as SQL. Named, they lead to what waits for one address without reading all it was sent. */
const classList = `ARRAY['${classes.join("','")}']`

/** Addresses with a message of this class that is due, as many as those before it leave room for. */
function claimableSql(one: MessageClass, before: MessageClass[]): string {
  const taken = before.map((other) => `SELECT id FROM ${other}`).join(' UNION ALL ')
  return `${one} AS (
    SELECT a.id FROM address a
     WHERE a.channel = $1 AND (a.sending_until IS NULL OR a.sending_until < now())
       AND a.id IN (SELECT o.address_id FROM outbound o
                     WHERE o.class = '${one}' AND o.state IN ('waiting', 'sending')
                       AND o.not_before <= now())
       ${taken && `AND a.id NOT IN (${taken})`}
     ORDER BY a.id LIMIT $4::int ${taken && `- (SELECT count(*) FROM (${taken}) AS t)`}
       FOR NO KEY UPDATE SKIP LOCKED)`
}

const claimSql = `
  WITH ${classes.map((one, index) => claimableSql(one, classes.slice(0, index))).join(',\n')},
  free AS (${classes.map((one) => `SELECT id FROM ${one}`).join(' UNION ALL ')})
  UPDATE address a SET sending_until = now() + make_interval(secs => $3), sending_by = $2
    FROM free WHERE a.id = free.id
  RETURNING a.id, a.handle, a.sealed`

/**
 * Claims up to `limit` addresses of a channel that have something due and no other sender: first
 * those that wait for an answer, last those that a campaign goes to.
 */
export async function claimAddresses(
  tx: Tx,
  seal: Seal,
  given: { channel: string; sender: string; leaseSeconds: number; limit: number },
): Promise<Lease[]> {
  const { rows } = await tx.query<{ id: number; handle: Buffer; sealed: Buffer }>({
    name: 'claim-addresses',
    text: claimSql,
    values: [given.channel, given.sender, given.leaseSeconds, given.limit],
  })
  return rows.map((row) => ({
    addressId: row.id,
    open: () => seal.open(row.sealed, addressPlace(given.channel, row.handle)),
  }))
}

/**
 * The next message of a leased address, marked as being sent from now on: replies before notices
 * before reminders before campaigns, each in order. Nothing when none is due or the lease is lost,
 * or when the message has just become another address's. Where the channel `typesFirst`, the person
 * can see it only after `noteBegun`.
 */
export async function takeNext(
  tx: Tx,
  seal: Seal,
  addressId: number,
  sender: string,
  typesFirst = false,
): Promise<NextOutbound | undefined> {
  const { rows } = await tx.query<NextRow>({
    name: 'take-next',
    text: `UPDATE outbound SET state = 'sending', tries = tries + 1,
                  attempt_at = CASE WHEN $3 THEN attempt_at ELSE now() END
            WHERE address_id = $1 AND id = (
              SELECT o.id FROM outbound o JOIN address a ON a.id = o.address_id
               WHERE o.address_id = $1 AND a.sending_by = $2 AND a.sending_until > now()
                 AND o.state IN ('waiting', 'sending') AND o.not_before <= now()
                 AND o.class = ANY (${classList})
               ORDER BY array_position(${classList}, o.class), o.id
               LIMIT 1)
          RETURNING id, purpose, class, body, tries, reason, zone, provider_id,
                    (SELECT updated_at FROM session s WHERE s.address_id = $1) AS heard_at,
                    (SELECT language FROM address a WHERE a.id = $1) AS language,
                    (SELECT stopped_at IS NOT NULL FROM address a WHERE a.id = $1) AS is_stopped,
                    (SELECT campaigns_at IS NULL FROM address a WHERE a.id = $1) AS is_declined`,
    values: [addressId, sender, typesFirst],
  })
  return rows[0] && readNext(seal, rows[0])
}

function readNext(seal: Seal, row: NextRow): NextOutbound {
  return {
    id: row.id,
    tries: row.tries,
    isStopped: row.is_stopped,
    isDeclined: row.is_declined,
    ...(row.zone !== null && { zone: row.zone }),
    ...(row.provider_id !== null && { sentAs: row.provider_id }),
    sending: {
      ...{ key: row.purpose, class: row.class, language: row.language },
      ...(row.heard_at && { heardAt: row.heard_at }),
      ...(row.reason && { failedAs: row.reason }),
    },
    open: () => openOutbound(seal, row.purpose, row.body),
  }
}

interface NextRow {
  id: number
  purpose: string
  class: MessageClass
  body: Buffer
  tries: number
  reason: string | null
  provider_id: string | null
  /** A session is written when the person wrote, and then only. */
  heard_at: Date | null
  language: string
  is_stopped: boolean
  is_declined: boolean
  zone: string | null
}

/** Notes that a message which was typed first is handed to its platform from now on. */
export async function noteBegun(tx: Tx, id: number) {
  await tx.query('UPDATE outbound SET attempt_at = now() WHERE id = $1', [id])
}

/** Whether something that answers an address has not begun to be sent: nobody can have seen it. */
export async function hasUnseenReply(tx: Tx, addressId: number): Promise<boolean> {
  const { rows } = await tx.query<{ is_unseen: boolean }>({
    name: 'has-unseen-reply',
    text: `SELECT EXISTS (SELECT 1 FROM outbound
                           WHERE address_id = $1 AND class = 'reply'
                             AND state IN ('waiting', 'sending') AND attempt_at IS NULL)
                  AS is_unseen`,
    values: [addressId],
  })
  return rows[0]?.is_unseen ?? false
}

/** What became of a message that was being sent. */
export type Sent =
  | { state: 'sent'; providerId: string }
  | {
      state: 'waiting'
      reason: string
      delayMs: number
      /** It was tried; otherwise the channel did not even begin, and no try is counted. */
      isTry: boolean
      /** Only what the bot says first has to wait. */
      initiatedOnly: boolean
    }
  | { state: 'failed' | 'dropped'; reason: string }

/** Notes what became of a message, unless the platform has told it meanwhile. */
export async function noteSent(tx: Tx, id: number, sent: Sent) {
  await tx.query({
    name: 'note-sent',
    text: `UPDATE outbound SET state = $2, provider_id = $3, reason = $4,
                  sent_at = CASE WHEN $2 = 'sent' THEN now() END,
                  not_before = now() + make_interval(secs => $5),
                  tries = tries - CASE WHEN $6 THEN 0 ELSE 1 END
            WHERE id = $1 AND state IN ('waiting', 'sending')`,
    values: [
      id,
      sent.state,
      sent.state === 'sent' ? sent.providerId : null,
      sent.state === 'sent' ? null : sent.reason,
      sent.state === 'waiting' ? sent.delayMs / 1000 : 0,
      sent.state !== 'waiting' || sent.isTry,
    ],
  })
}

/** Makes a lease last so long from now, unless it was lost. */
export async function renewLease(tx: Tx, addressId: number, sender: string, seconds: number) {
  await tx.query({
    name: 'renew-lease',
    text: `UPDATE address SET sending_until = now() + make_interval(secs => $3)
            WHERE id = $1 AND sending_by = $2`,
    values: [addressId, sender, seconds],
  })
}

/**
 * Gives a leased address back, and notes that it blocked the bot when it did. With `holdMs` nobody
 * sends there for so long: what comes later must not overtake the message that has to wait.
 */
export async function releaseAddress(
  tx: Tx,
  addressId: number,
  sender: string,
  { blocked, holdMs }: { blocked: boolean; holdMs: number },
) {
  await tx.query({
    name: 'release-address',
    text: `UPDATE address SET sending_by = NULL,
                  sending_until = CASE WHEN $4::float8 > 0
                                       THEN now() + make_interval(secs => $4) END,
                  blocked_at = CASE WHEN $3 THEN now() ELSE NULL END
            WHERE id = $1 AND sending_by = $2`,
    values: [addressId, sender, blocked, holdMs / 1000],
  })
}

/**
 * Drops what still waited for an address when the message `triedId` was tried there and found that
 * it cannot be reached. What was written since then answers somebody who has come back.
 */
export async function dropWaiting(tx: Tx, addressId: number, reason: string, triedId: number) {
  await tx.query(
    `UPDATE outbound SET state = 'dropped', reason = $2
      WHERE address_id = $1 AND state IN ('waiting', 'sending') AND class = ANY (${classList})
        AND created_at <= (SELECT coalesce(attempt_at, now()) FROM outbound WHERE id = $3)`,
    [addressId, reason, triedId],
  )
}

/** Channels with messages that have been due for longer than `seconds`. */
export async function findUnsentChannels(tx: Tx, seconds: number): Promise<string[]> {
  const { rows } = await tx.query<{ channel: string }>(
    `SELECT DISTINCT a.channel FROM outbound o JOIN address a ON a.id = o.address_id
      WHERE o.state IN ('waiting', 'sending')
        AND greatest(o.not_before, o.created_at) < now() - make_interval(secs => $1)`,
    [seconds],
  )
  return rows.map((row) => row.channel)
}
