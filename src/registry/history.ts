// The conversation of one address as its page shows it again.
import type { Inbound, Outbound } from '../core/message.ts'
import { handleOf } from './addresses.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { openOutbound, wordsPlace } from './turns.ts'

/** One message that went either way. */
export type HistoryLine =
  | { id: string; from: 'bot'; message: Outbound; at: Date }
  | { externalId: string; from: 'person'; kind: Inbound['kind']; words: string; at: Date }

/** Newest messages shown again: a page of a phone, many times over. */
const newestLines = 200

interface Row {
  side: 'in' | 'out'
  id: number
  address_id: number
  key: string
  kind: Inbound['kind']
  body: Buffer | null
  at: Date
}

/** What was said at an address, oldest first. */
export async function readHistory(
  tx: Tx,
  seal: Seal,
  channel: string,
  address: string,
): Promise<HistoryLine[]> {
  const id = await findAddressId(tx, seal, channel, address)
  return id === undefined ? [] : readHistoryOf(tx, seal, id, newestLines)
}

/** The newest that was said at the address of this id, oldest first, at most `limit`. */
export async function readHistoryOf(
  tx: Tx,
  seal: Seal,
  addressId: number,
  limit: number,
): Promise<HistoryLine[]> {
  const { rows } = await tx.query<Row>(
    `SELECT * FROM (
       SELECT 'in' AS side, id, address_id, external_id AS key, kind, words AS body,
              received_at AS at
         FROM inbound WHERE address_id = $1 AND kind NOT IN ('open', 'officer', 'officer-left')
       UNION ALL
       SELECT 'out', id, address_id, purpose, NULL, body, created_at
         FROM outbound WHERE address_id = $1) lines
      ORDER BY at DESC, side DESC, id DESC LIMIT $2`,
    [addressId, limit],
  )
  return rows.reverse().flatMap((row) => toLine(seal, row))
}

function toLine(seal: Seal, row: Row): HistoryLine[] {
  if (!row.body) return []
  if (row.side === 'out') {
    const id = `out-${row.id}`
    return [{ id, from: 'bot', message: openOutbound(seal, row.key, row.body), at: row.at }]
  }
  const words = seal.open(row.body, wordsPlace(row.address_id, row.key))
  return [{ externalId: row.key, from: 'person', kind: row.kind, words, at: row.at }]
}

/** The id of an address, if anything was ever kept for it. */
export async function findAddressId(tx: Tx, seal: Seal, channel: string, address: string) {
  const { rows } = await tx.query<{ id: number }>(
    'SELECT id FROM address WHERE channel = $1 AND handle = $2',
    [channel, handleOf(seal, { channel, address })],
  )
  return rows[0]?.id
}
