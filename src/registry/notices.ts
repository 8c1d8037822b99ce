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
}

/** Queues notices; those whose purpose is there already change nothing. */
export async function queueNotices(tx: Tx, seal: Seal, notices: Notice[]) {
  await tx.query({
    name: 'queue-notices',
    text: `INSERT INTO outbound (address_id, purpose, class, body)
           SELECT address_id, purpose, 'notice', body
             FROM unnest($1::bigint[], $2::text[], $3::bytea[]) AS n (address_id, purpose, body)
           ON CONFLICT (purpose) DO NOTHING`,
    values: [
      notices.map((one) => one.addressId),
      notices.map((one) => one.purpose),
      notices.map((one) => sealOutbound(seal, one.purpose, one.message)),
    ],
  })
}
