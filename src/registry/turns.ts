// The rows of a turn: keeps what came in, locks the talks, writes what came of them. Many at once.
import type { Inbound, InboundKind, Outbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import type { Session } from '../core/session.ts'
import { byteaArray } from './bytea-array.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

/** A conversation whose row this transaction has locked. */
export interface LockedTalk {
  addressId: number
  channel: string
  language: string
  /** The session, sealed; empty when there is none. Opened by whoever takes the turn. */
  body: Buffer
}

/** One message of a locked talk that is to be answered now. */
export interface WaitingInbound {
  /** The row's id. */
  id: number
  addressId: number
  inbound: Inbound
}

interface TalkRow {
  address_id: number
  channel: string
  handle: Buffer
  language: string
  body: Buffer
}

/** The key under which one channel's opaque id is found. */
function keyOf(channel: string, handle: Buffer): string {
  return `${channel}:${handle.toString('base64')}`
}

/** The blind index of an address. */
export function handleOf(seal: Seal, channel: string, address: string): Buffer {
  return seal.blindIndex('address', `${channel}:${address}`)
}

interface Wanted {
  channel: string
  handle: Buffer
  address: string
}

/**
 * Locks the talks of these messages in the order of their ids, making those that are new. Gives
 * one for each message, the same one for messages of one address.
 */
export async function lockTalks(
  tx: Tx,
  seal: Seal,
  inbounds: Pick<Inbound, 'channel' | 'address'>[],
): Promise<LockedTalk[]> {
  const wanted = new Map<string, Wanted>()
  const keys = inbounds.map(({ channel, address }) => {
    const handle = handleOf(seal, channel, address)
    const key = keyOf(channel, handle)
    wanted.set(key, { channel, handle, address })
    return key
  })
  let talks = await selectTalks(tx, [...wanted.values()])
  const missing = [...wanted].flatMap(([key, one]) => (talks.has(key) ? [] : [one]))
  if (missing.length > 0) {
    const inserted = insertAddresses(tx, seal, missing)
    talks = (await Promise.all([inserted, selectTalks(tx, [...wanted.values()])]))[1]
  }
  return keys.map((key) => must(talks.get(key), 'a locked talk'))
}

async function selectTalks(tx: Tx, wanted: Wanted[]) {
  const { rows } = await tx.query<TalkRow>({
    name: 'lock-talks',
    text: `SELECT s.address_id, a.channel, a.handle, a.language, s.body
             FROM unnest($1::text[], $2::bytea[]) AS w (channel, handle)
             JOIN address a USING (channel, handle)
             JOIN session s ON s.address_id = coalesce(a.merged_into, a.id)
            ORDER BY s.address_id FOR NO KEY UPDATE OF s`,
    values: [wanted.map((one) => one.channel), byteaArray(wanted.map((one) => one.handle))],
  })
  // An address that was merged has the other one's talk; there is one of each.
  const talks = new Map(rows.map((row) => [row.address_id, toTalk(row)]))
  return new Map(
    rows.map((row) => [keyOf(row.channel, row.handle), must(talks.get(row.address_id), 'a talk')]),
  )
}

/** Locks talks by the ids of their addresses. */
export async function lockTalksById(tx: Tx, ids: number[]): Promise<LockedTalk[]> {
  const { rows } = await tx.query<TalkRow>(
    `SELECT s.address_id, a.channel, a.handle, a.language, s.body
       FROM session s JOIN address a ON a.id = s.address_id
      WHERE s.address_id = ANY ($1::bigint[])
      ORDER BY s.address_id FOR NO KEY UPDATE OF s`,
    [ids],
  )
  return rows.map(toTalk)
}

function toTalk(row: TalkRow): LockedTalk {
  return {
    addressId: row.address_id,
    channel: row.channel,
    language: row.language,
    body: row.body,
  }
}

/** A talk as it stands now, without a lock, and the platform's sealed id of its address. */
export interface SeenTalk extends LockedTalk {
  handle: Buffer
  sealed: Buffer
}

/** The talk of an address as it stands now. */
export async function findTalk(tx: Tx, addressId: number): Promise<SeenTalk | undefined> {
  const { rows } = await tx.query<TalkRow & { sealed: Buffer }>(
    `SELECT s.address_id, a.channel, a.handle, a.sealed, a.language, s.body
       FROM address a JOIN session s ON s.address_id = coalesce(a.merged_into, a.id)
      WHERE a.id = $1`,
    [addressId],
  )
  const row = rows[0]
  return row && { ...toTalk(row), handle: row.handle, sealed: row.sealed }
}

/** The platform's id of a talk's address. Throws SealError. */
export function openAddress(seal: Seal, { channel, handle, sealed }: SeenTalk): string {
  return seal.open(sealed, addressPlace(channel, handle))
}

/** The session of a locked talk; a new one where there is none. Throws SealError. */
export function openSession(seal: Seal, talk: LockedTalk): Session {
  if (talk.body.length === 0) return { language: talk.language }
  return JSON.parse(seal.open(talk.body, sessionPlace(talk.addressId))) as Session
}

/** Where a session is sealed. */
export function sessionPlace(addressId: number): string {
  return `session.body:${addressId}`
}

async function insertAddresses(tx: Tx, seal: Seal, missing: Wanted[]) {
  // In one order everywhere, or two batches that make the same addresses would wait on each other.
  const sorted = [...missing].sort((one, other) => one.handle.compare(other.handle))
  const channels = sorted.map((one) => one.channel)
  const handles = sorted.map((one) => one.handle)
  await Promise.all([
    tx.query(
      `INSERT INTO address (channel, handle, sealed)
       SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[])
       ON CONFLICT (channel, handle) DO NOTHING`,
      [
        channels,
        handles,
        sorted.map((one) => seal.seal(one.address, addressPlace(one.channel, one.handle))),
      ],
    ),
    tx.query(
      `INSERT INTO session (address_id, body)
       SELECT coalesce(a.merged_into, a.id), ''
         FROM unnest($1::text[], $2::bytea[]) AS w (channel, handle)
         JOIN address a USING (channel, handle) ORDER BY 1
       ON CONFLICT (address_id) DO NOTHING`,
      [channels, handles],
    ),
  ])
}

/** Where an address is sealed. */
export function addressPlace(channel: string, handle: Buffer): string {
  return `address.sealed:${keyOf(channel, handle)}`
}

/** Where the words of an inbound message are sealed. */
export function wordsPlace(addressId: number, externalId: string): string {
  return `inbound.words:${addressId}:${externalId}`
}

/**
 * Keeps new messages of locked talks and gives, in order, those to be answered now: what waited
 * already and what is new. A repeat is not among them. With `answered` they are kept as done,
 * because this very transaction answers them.
 */
export async function keepInbounds(
  tx: Tx,
  seal: Seal,
  given: { talk: LockedTalk; inbound: Inbound }[],
  ids: number[],
  answered: boolean,
): Promise<WaitingInbound[]> {
  const { rows } = await tx.query<InboundRow>({
    name: 'keep-inbounds',
    text: `WITH kept AS (
             INSERT INTO inbound (address_id, external_id, kind, words, sent_at, state, done_at)
             SELECT address_id, external_id, kind, words, sent_at, $6,
                    CASE WHEN $6 = 'done' THEN now() END
               FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::timestamptz[])
                 AS g (address_id, external_id, kind, words, sent_at)
             ON CONFLICT (address_id, external_id) DO NOTHING
             RETURNING id, address_id, external_id)
           SELECT id, address_id, external_id, NULL AS kind, NULL::bytea AS words,
                  NULL::timestamptz AS sent_at FROM kept
           UNION ALL
           SELECT id, address_id, external_id, kind, words, sent_at FROM inbound
            WHERE address_id = ANY ($7::bigint[]) AND state = 'waiting'
            ORDER BY id`,
    values: [
      given.map(({ talk }) => talk.addressId),
      given.map(({ inbound }) => inbound.externalId),
      given.map(({ inbound }) => inbound.kind),
      byteaArray(
        given.map(({ talk, inbound }) =>
          seal.seal(inbound.words, wordsPlace(talk.addressId, inbound.externalId)),
        ),
      ),
      given.map(({ inbound }) => inbound.at),
      answered ? 'done' : 'waiting',
      ids,
    ],
  })
  const fresh = new Map(
    given.map(({ talk, inbound }) => [`${talk.addressId}:${inbound.externalId}`, inbound]),
  )
  return rows.map((row) => ({
    id: row.id,
    addressId: row.address_id,
    inbound: fresh.get(`${row.address_id}:${row.external_id}`) ?? openInbound(seal, row),
  }))
}

interface InboundRow {
  id: number
  address_id: number
  external_id: string
  kind: InboundKind
  words: Buffer | null
  sent_at: Date
}

function openInbound(seal: Seal, row: InboundRow): Inbound {
  const place = wordsPlace(row.address_id, row.external_id)
  return {
    channel: '',
    address: '',
    externalId: row.external_id,
    kind: row.kind,
    words: row.words ? seal.open(row.words, place) : '',
    at: row.sent_at.toISOString(),
  }
}

/** A message sealed as it is kept in `outbound.body`. */
export function sealOutbound(seal: Seal, purpose: string, message: Outbound): Buffer {
  return seal.seal(JSON.stringify(message), `outbound.body:${purpose}`)
}

/** The message of an `outbound.body`. */
export function openOutbound(seal: Seal, purpose: string, body: Buffer): Outbound {
  return JSON.parse(seal.open(body, `outbound.body:${purpose}`)) as Outbound
}

/** Notes one more failed try of the oldest waiting message; parks it after the last. */
export async function noteFailure(tx: Tx, addressId: number, lastTry: number) {
  const { rows } = await tx.query<{ id: number; state: string }>(
    `UPDATE inbound SET tries = tries + 1,
            state = CASE WHEN tries + 1 >= $2 THEN 'parked' ELSE 'waiting' END
      WHERE id = (SELECT min(id) FROM inbound WHERE address_id = $1 AND state = 'waiting')
      RETURNING id, state`,
    [addressId, lastTry],
  )
  return rows[0]
}

/** Addresses with messages that have waited longer than `seconds`, oldest first. */
export async function findWaitingTalks(tx: Tx, seconds: number, limit: number): Promise<number[]> {
  const { rows } = await tx.query<{ address_id: number }>(
    `SELECT address_id FROM inbound
      WHERE state = 'waiting' AND received_at < now() - make_interval(secs => $1)
      GROUP BY address_id ORDER BY min(id) LIMIT $2`,
    [seconds, limit],
  )
  return rows.map((row) => row.address_id)
}
