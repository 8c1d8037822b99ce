// Messages that the program itself sends, each with a purpose that makes a second one impossible.
import type { Outbound } from '../core/message.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { sealOutbound } from './turns.ts'

/** A message to be sent once. */
export interface Notice {
  addressId: number
  /** The same for the same reason to write: a second notice of one purpose is not made. */
  purpose: string
  message: Outbound
  /** The zone in which it waits while it is quiet; missing where the hour is no matter. */
  zone?: string
  /** It is sent after so many seconds, so that it can still be taken back. */
  delaySeconds?: number
}

/** Queues notices; those whose purpose is there already change nothing. */
export async function queueNotices(tx: Tx, seal: Seal, notices: Notice[]) {
  await tx.query({
    name: 'queue-notices',
    text: `INSERT INTO outbound (address_id, purpose, class, body, zone, not_before)
           SELECT address_id, purpose, 'notice', body, zone, now() + make_interval(secs => delay)
             FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::text[], $5::float8[])
               AS n (address_id, purpose, body, zone, delay)
           ON CONFLICT (purpose) DO NOTHING`,
    values: [
      notices.map((one) => one.addressId),
      notices.map((one) => one.purpose),
      notices.map((one) => sealOutbound(seal, one.purpose, one.message)),
      notices.map(({ zone }) => zone ?? null),
      notices.map((one) => one.delaySeconds ?? 0),
    ],
  })
}

/**
 * Takes back notices of which none is on its way yet. False, and nothing is taken back, where one
 * of them is, or there never was any.
 */
export async function takeBackNotices(tx: Tx, purposes: string[]): Promise<boolean> {
  const { rows } = await tx.query<{ waits: boolean }>(
    `SELECT state = 'waiting' AND tries = 0 AS waits FROM outbound
      WHERE purpose = ANY ($1::text[]) FOR UPDATE`,
    [purposes],
  )
  if (rows.length === 0 || rows.some(({ waits }) => !waits)) return false
  await tx.query('DELETE FROM outbound WHERE purpose = ANY ($1::text[])', [purposes])
  return true
}
