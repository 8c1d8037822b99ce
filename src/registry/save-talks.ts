// Writes what a batch of turns came to.
import type { Outbound } from '../core/message.ts'
import type { Session } from '../core/session.ts'
import type { Transaction } from './database.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'
import { type StoredTalk, sealOutbound, sealSession } from './turns.ts'

/** What one talk became in this transaction. */
export interface TakenTalk {
  addressId: number
  session: Session
  /** Ids of the inbound rows that had waited and are answered now. */
  waited: number[]
  /** Ids of the inbound rows whose words are not to be kept. */
  hushed: number[]
  /** Replies in order, each with a purpose that is the same when the work is done twice. */
  replies: { purpose: string; message: Outbound }[]
}

/** Sends off sessions, replies and the end of the waiting; gives the talks as they are kept then. */
export function saveTalks(tx: Transaction, seal: Seal, taken: TakenTalk[]): StoredTalk[] {
  const waited = taken.flatMap((one) => one.waited)
  if (waited.length > 0) endWaiting(tx, waited)
  const replies = taken.flatMap(({ addressId, replies }) =>
    replies.map((reply) => ({ ...reply, addressId })),
  )
  const saved = taken.map(({ addressId, session }): StoredTalk => {
    return { addressId, body: sealSession(seal, addressId, session), language: null }
  })
  tx.send({
    name: 'save-talks',
    text: `WITH saved AS (
             UPDATE session s SET body = w.body, updated_at = now()
               FROM unnest($1::bigint[], $2::bytea[]) AS w (address_id, body)
              WHERE s.address_id = w.address_id)
           INSERT INTO outbound (address_id, purpose, class, body)
           SELECT address_id, purpose, 'reply', body
             FROM unnest($3::bigint[], $4::text[], $5::bytea[]) AS r (address_id, purpose, body)`,
    values: [
      bigintArray(saved.map((one) => one.addressId)),
      byteaArray(saved.map((one) => one.body)),
      bigintArray(replies.map((one) => one.addressId)),
      textArray(replies.map((one) => one.purpose)),
      byteaArray(replies.map((one) => sealOutbound(seal, one.purpose, one.message))),
    ],
  })
  const hushed = taken.flatMap((one) => one.hushed)
  if (hushed.length > 0) {
    tx.send({ text: 'UPDATE inbound SET words = NULL WHERE id = ANY ($1)', values: [hushed] })
  }
  return saved
}

function endWaiting(tx: Transaction, ids: number[]) {
  tx.send({
    name: 'end-waiting',
    text: `UPDATE inbound SET state = 'done', done_at = now() WHERE id = ANY ($1::bigint[])`,
    values: [bigintArray(ids)],
  })
}
