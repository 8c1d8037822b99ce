// Lists of people as the job works on them: claimed, read, written, refused.

import type { Said } from '../core/roster/given.ts'
import { countRows, type KeptRoster } from '../core/roster/kept-roster.ts'
import type { Refusal } from '../core/roster/refusal.ts'
import type { Tx } from './database.ts'
import { openBody, rosterPlace } from './rosters.ts'
import type { Seal } from './seal.ts'

/** A list that this transaction works on. */
export interface ClaimedRoster {
  id: number
  receipt: string
  addressId: number
  channel: string
  postId: number
  villageCode: string
  language: string
  startedOn: string
  state: 'waiting' | 'agreed'
  round: number
  tries: number
  flowVersion: string
  /** What `documentReader` gives: where the channel finds the file, and its name. Throws SealError. */
  source(): string
  said(): Said
  file(): Buffer | undefined
  kept(): KeptRoster | undefined
}

interface ClaimedRow {
  id: number
  receipt: string
  said: Buffer
  body: Buffer | null
  address_id: number
  channel: string
  post_id: number
  village_code: string
  language: string
  started_on: string
  state: 'waiting' | 'agreed'
  round: number
  tries: number
  flow_version: string | null
  source: Buffer
  file: Buffer | null
}

const claimedColumns = `r.id, r.receipt, r.address_id, a.channel, r.post_id, r.village_code,
  r.language, r.started_on, r.state, r.round, r.tries, r.flow_version, r.source, r.said, r.file,
  r.body`

/** Claims the oldest list that waits for the program; nobody else can while this transaction lasts. */
export async function claimRoster(tx: Tx, seal: Seal): Promise<ClaimedRoster | undefined> {
  const { rows } = await tx.query<ClaimedRow>(
    `SELECT ${claimedColumns} FROM roster r JOIN address a ON a.id = r.address_id
      WHERE r.state IN ('waiting', 'agreed') AND r.not_before <= now()
      ORDER BY r.id LIMIT 1 FOR NO KEY UPDATE OF r SKIP LOCKED`,
  )
  return rows[0] && toClaimed(seal, rows[0])
}

/** A list by its id, without a lock. */
export async function findRoster(
  tx: Tx,
  seal: Seal,
  id: number,
): Promise<ClaimedRoster | undefined> {
  const { rows } = await tx.query<ClaimedRow>(
    `SELECT ${claimedColumns} FROM roster r JOIN address a ON a.id = r.address_id WHERE r.id = $1`,
    [id],
  )
  return rows[0] && toClaimed(seal, rows[0])
}

function toClaimed(seal: Seal, row: ClaimedRow): ClaimedRoster {
  const { receipt } = row
  const open = (part: 'source' | 'said' | 'file', sealed: Buffer) =>
    seal.open(sealed, rosterPlace(part, receipt))
  return {
    id: row.id,
    receipt,
    addressId: row.address_id,
    channel: row.channel,
    postId: row.post_id,
    villageCode: row.village_code,
    language: row.language,
    startedOn: row.started_on,
    state: row.state,
    round: row.round,
    tries: row.tries,
    flowVersion: row.flow_version ?? '',
    source: () => open('source', row.source),
    said: () => JSON.parse(open('said', row.said)),
    file: () => (row.file ? Buffer.from(open('file', row.file), 'base64') : undefined),
    kept: () => openBody(seal, row),
  }
}

/** Keeps a list's file and verdicts: from now on the official is asked about it. */
export async function saveVerdicts(
  tx: Tx,
  seal: Seal,
  { id, receipt }: ClaimedRoster,
  { file, kept }: { file: Buffer; kept: KeptRoster },
) {
  await tx.query(`UPDATE roster SET state = 'asking', file = $2, tries = 0 WHERE id = $1`, [
    id,
    seal.seal(file.toString('base64'), rosterPlace('file', receipt)),
  ])
  await saveBody(tx, seal, { id, receipt }, kept)
}

/** Keeps what has come of each row of a list that was agreed to. */
export async function closeRoster(
  tx: Tx,
  seal: Seal,
  { id, receipt }: ClaimedRoster,
  kept: KeptRoster,
) {
  await tx.query(`UPDATE roster SET state = 'written', closed_at = now() WHERE id = $1`, [id])
  await saveBody(tx, seal, { id, receipt }, kept)
}

async function saveBody(
  tx: Tx,
  seal: Seal,
  { id, receipt }: Pick<ClaimedRoster, 'id' | 'receipt'>,
  kept: KeptRoster,
) {
  const { accepted, waiting, rejected } = countRows(kept.rows)
  await tx.query(
    `UPDATE roster SET body = $2, rows_in = $3, accepted = $4, waiting = $5, rejected = $6
      WHERE id = $1`,
    [
      id,
      seal.seal(JSON.stringify(kept), rosterPlace('body', receipt)),
      ...[kept.rows.length, accepted, waiting, rejected],
    ],
  )
}

/** Notes why the whole file is not read. */
export async function refuseRoster(tx: Tx, id: number, reason: Refusal) {
  await tx.query(`UPDATE roster SET state = 'refused', reason = $2, file = NULL WHERE id = $1`, [
    id,
    reason,
  ])
}

/** Lets a list wait for another try. */
export async function deferRoster(tx: Tx, id: number, delayMs: number) {
  await tx.query(
    `UPDATE roster SET tries = tries + 1, not_before = now() + make_interval(secs => $2)
      WHERE id = $1`,
    [id, delayMs / 1000],
  )
}

/** How many lists have waited for the program for longer than `seconds`. */
export async function countWaitingRosters(tx: Tx, seconds: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM roster
      WHERE state IN ('waiting', 'agreed')
        AND greatest(not_before, created_at) < now() - make_interval(secs => $1)`,
    [seconds],
  )
  return rows[0]?.count ?? 0
}
