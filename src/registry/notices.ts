// Messages that the program itself sends, each with a purpose that makes a second one impossible.
import type { Outbound } from '../core/message.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { sealOutbound } from './turns.ts'

/** Queues a message once for its purpose; a second call changes nothing. */
export async function queueNotice(
  tx: Tx,
  seal: Seal,
  addressId: number,
  purpose: string,
  message: Outbound,
) {
  await tx.query(
    `INSERT INTO outbound (address_id, purpose, class, body) VALUES ($1, $2, 'notice', $3)
     ON CONFLICT (purpose) DO NOTHING`,
    [addressId, purpose, sealOutbound(seal, purpose, message)],
  )
}
