// Pictures and files of campaigns: kept sealed, as they were uploaded.
import { createHash } from 'node:crypto'
import { must } from '../core/must.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

function placeOf(contentHash: Buffer): string {
  return `campaign_file.bytes:${contentHash.toString('hex')}`
}

/** Keeps what was uploaded for a campaign; its number. */
export async function keepCampaignFile(
  tx: Tx,
  seal: Seal,
  campaignId: number,
  bytes: Uint8Array,
): Promise<number> {
  const contentHash = createHash('sha256').update(bytes).digest()
  const sealed = seal.seal(Buffer.from(bytes).toString('base64'), placeOf(contentHash))
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO campaign_file (campaign_id, content_hash, bytes) VALUES ($1, $2, $3)
     RETURNING id`,
    [campaignId, contentHash, sealed],
  )
  return must(rows[0], 'the file').id
}

/** The bytes of a file; undefined when there is none of this number. */
export async function findCampaignFile(
  tx: Tx,
  seal: Seal,
  id: number,
): Promise<Buffer | undefined> {
  const { rows } = await tx.query<{ content_hash: Buffer; bytes: Buffer }>(
    'SELECT content_hash, bytes FROM campaign_file WHERE id = $1',
    [id],
  )
  const row = rows[0]
  return row && Buffer.from(seal.open(row.bytes, placeOf(row.content_hash)), 'base64')
}
