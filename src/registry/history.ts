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
  const { rows } = await tx.query<Row>(
    `WITH here AS (SELECT id FROM address WHERE channel = $1 AND handle = $2)
     SELECT * FROM (
       SELECT 'in' AS side, i.id, i.address_id, i.external_id AS key, i.kind, i.words AS body,
              i.received_at AS at
         FROM inbound i JOIN here ON here.id = i.address_id
       UNION ALL
       SELECT 'out', o.id, o.address_id, o.purpose, NULL, o.body, o.created_at
         FROM outbound o JOIN here ON here.id = o.address_id) lines
      ORDER BY at DESC, side DESC, id DESC LIMIT $3`,
    [channel, handleOf(seal, { channel, address }), newestLines],
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
