// A message that tells how far long work is: one row, one message, changed as the work goes on.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { sealOutbound } from './turns.ts'

/**
 * Shows a text in the message of this purpose. Sent once; afterwards it is changed where the
 * platform can change messages. While it is being sent, what is newer is left out.
 */
export async function showProgress(
  tx: Tx,
  seal: Seal,
  { addressId, purpose, text }: { addressId: number; purpose: string; text: string },
) {
  await tx.query(
    `INSERT INTO outbound (address_id, purpose, class, body) VALUES ($1, $2, 'reply', $3)
     ON CONFLICT (purpose) DO UPDATE SET body = excluded.body, state = 'waiting', tries = 0
      WHERE outbound.state IN ('waiting', 'sent')`,
    [addressId, purpose, sealOutbound(seal, purpose, { text, isChanged: true })],
  )
}
