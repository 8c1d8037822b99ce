// Writes what a batch of turns came to.
import type { Outbound } from '../core/message.ts'
import type { Session } from '../core/session.ts'
import { byteaArray } from './bytea-array.ts'
import type { Transaction } from './database.ts'
import type { Seal } from './seal.ts'
import { sealOutbound, sessionPlace } from './turns.ts'

/** What one talk became in this transaction. */
export interface TakenTalk {
  addressId: number
  session: Session
  /** Ids of the inbound rows that were answered. */
  answered: number[]
  /** Ids of those among them whose words are not to be kept. */
  hushed: number[]
  /** Replies in order, each with a purpose that is the same when the work is done twice. */
  replies: { purpose: string; message: Outbound }[]
}

/** Sends off sessions, replies and the end of the waiting, all in one statement. */
export function saveTalks(tx: Transaction, seal: Seal, taken: TakenTalk[]) {
  const replies = taken.flatMap(({ addressId, replies }) =>
    replies.map((reply) => ({ ...reply, addressId })),
  )
  tx.send({
    name: 'save-talks',
    text: `WITH saved AS (
             UPDATE session s SET body = w.body, flow = w.flow, version = w.version,
                    updated_at = now()
               FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::text[])
                 AS w (address_id, body, flow, version)
              WHERE s.address_id = w.address_id),
           done AS (
             UPDATE inbound SET state = 'done', done_at = now()
              WHERE id = ANY ($5::bigint[]) AND state = 'waiting')
           INSERT INTO outbound (address_id, purpose, class, body)
           SELECT address_id, purpose, 'reply', body
             FROM unnest($6::bigint[], $7::text[], $8::bytea[]) AS r (address_id, purpose, body)
           ON CONFLICT (purpose) DO NOTHING`,
    values: [
      taken.map((one) => one.addressId),
      byteaArray(
        taken.map((one) => seal.seal(JSON.stringify(one.session), sessionPlace(one.addressId))),
      ),
      taken.map((one) => one.session.talk?.flow ?? null),
      taken.map((one) => one.session.talk?.version ?? null),
      taken.flatMap((one) => one.answered),
      replies.map((one) => one.addressId),
      replies.map((one) => one.purpose),
      byteaArray(replies.map((one) => sealOutbound(seal, one.purpose, one.message))),
    ],
  })
  const hushed = taken.flatMap((one) => one.hushed)
  if (hushed.length > 0) {
    tx.send({ text: 'UPDATE inbound SET words = NULL WHERE id = ANY ($1)', values: [hushed] })
  }
}
