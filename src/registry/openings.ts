// Has a flow opened at somebody when a job has made ready what it shows: a message from nobody.
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { wordsPlace } from './turns.ts'

/** What is to be opened, and where. */
export interface Opening {
  addressId: number
  /** The same for the same reason: it opens once. */
  purpose: string
  flow: string
}

/** Puts it in the line of the person's messages: it is answered like them, in its turn and once. */
export async function queueOpening(tx: Tx, seal: Seal, { addressId, purpose, flow }: Opening) {
  await tx.query(
    `INSERT INTO inbound (address_id, external_id, kind, words, sent_at)
     VALUES ($1, $2, 'open', $3, now()) ON CONFLICT (address_id, external_id) DO NOTHING`,
    [addressId, purpose, seal.sealWords(flow, wordsPlace(addressId, purpose))],
  )
}
