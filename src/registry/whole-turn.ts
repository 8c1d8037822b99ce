// Keeps a message and all that came of it in one statement.
import type { Inbound } from '../core/message.ts'
import type { Session } from '../core/session.ts'
import type { Transaction } from './database.ts'
import type { TakenTalk } from './save-talks.ts'
import type { Seal } from './seal.ts'
import { byteaArray, textArray } from './sql-array.ts'
import { type StoredTalk, sealOutbound, sealSession, wordsPlace } from './turns.ts'

/** A message, the talk on which its turn was taken, and what came of it. */
export interface WholeTurn {
  inbound: Inbound
  before: StoredTalk
  session: Session
  replies: TakenTalk['replies']
}

/**
 * Sends off a message with all that came of it; gives the talk as it is kept then. The transaction
 * fails where the talk has moved on since the turn was taken, where another message waits before
 * this one (for both, it finds no address to be kept at), or where this one is kept already.
 */
export function sendWholeTurn(tx: Transaction, seal: Seal, turn: WholeTurn): StoredTalk {
  const { before, inbound, replies } = turn
  const { addressId } = before
  const { externalId, kind, words, at } = inbound
  const body = sealSession(seal, addressId, turn.session)
  tx.send({
    name: 'keep-whole-turn',
    text: `WITH talk AS (
             UPDATE session SET body = $3, updated_at = now()
              WHERE address_id = $1 AND body = $2 AND NOT EXISTS (
                    SELECT FROM inbound WHERE address_id = $1 AND state = 'waiting')
             RETURNING address_id),
           kept AS (
             INSERT INTO inbound (address_id, external_id, kind, words, sent_at, state, done_at)
             VALUES ((SELECT address_id FROM talk), $4, $5, $6, $7, 'done', now()))
           INSERT INTO outbound (address_id, purpose, class, body)
           SELECT $1, purpose, 'reply', body
             FROM unnest($8::text[], $9::bytea[]) AS r (purpose, body)`,
    values: [
      addressId,
      before.body,
      body,
      externalId,
      kind,
      seal.sealWords(words, wordsPlace(addressId, externalId)),
      at,
      textArray(replies.map((one) => one.purpose)),
      byteaArray(replies.map((one) => sealOutbound(seal, one.purpose, one.message))),
    ],
  })
  return { addressId, body, language: null }
}
