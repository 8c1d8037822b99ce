// The rows of a turn: keeps what came in, locks the talks, writes what came of them. Many at once.
import type { Inbound, InboundKind, Outbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import type { Session } from '../core/session.ts'
import { readSession, writeSession } from '../core/session-text.ts'
import { type Addressed, addressPlace, handleOf } from './addresses.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'
import { bigintArray, byteaArray, textArray } from './sql-array.ts'

/** A conversation, as it stands in a row that this transaction has locked or only read. */
export interface StoredTalk {
  addressId: number
  /** The session, sealed; empty when there is none. Opened by whoever takes the turn. */
  body: Buffer
  /** The person's language where there is no session: else it is in there. */
  language: string | null
}

/** One message of a locked talk that is to be answered now. */
export interface WaitingInbound {
  /** The row's id. */
  id: number
  addressId: number
  /** It was kept earlier and waited since; otherwise it is kept as done by this transaction. */
  waited: boolean
  inbound: Inbound
}

interface TalkRow {
  address_id: number
  body: Buffer
  language: string | null
}

/** Locks the talks of these addresses in the order of their ids; gives them by address. */
export async function lockTalks(tx: Tx, ids: number[]): Promise<Map<number, StoredTalk>> {
  const { rows } = await tx.query<TalkRow>({
    name: 'lock-talks',
    // Their addresses are not read: for most that would be half the cost of the lock.
    text: `SELECT s.address_id, s.body, CASE WHEN s.body = '' THEN (
                    SELECT language FROM address a WHERE a.id = s.address_id) END AS language
             FROM session s
            WHERE s.address_id = ANY ($1::bigint[])
            ORDER BY s.address_id FOR NO KEY UPDATE OF s`,
    values: [bigintArray(ids)],
  })
  return new Map(
    rows.map(({ address_id: addressId, body, language }) => {
      return [addressId, { addressId, body, language }]
    }),
  )
}

/** The talk of who is known by this name as it stands now, without a lock. */
export async function readTalk(
  tx: Tx,
  seal: Seal,
  one: Addressed,
): Promise<StoredTalk | undefined> {
  const { rows } = await tx.query<TalkRow>({
    name: 'read-talk',
    text: `SELECT s.address_id, s.body, a.language
             FROM address a JOIN session s ON s.address_id = coalesce(a.merged_into, a.id)
            WHERE a.channel = $1 AND a.handle = $2`,
    values: [one.channel, handleOf(seal, one)],
  })
  const [row] = rows
  return row && { addressId: row.address_id, body: row.body, language: row.language }
}

/** A talk as it stands now, without a lock, and the platform's sealed id of its address. */
export interface SeenTalk extends StoredTalk {
  channel: string
  handle: Buffer
  sealed: Buffer
}

/** The talk of an address as it stands now. */
export async function findTalk(tx: Tx, addressId: number): Promise<SeenTalk | undefined> {
  const { rows } = await tx.query<TalkRow & Pick<SeenTalk, 'channel' | 'handle' | 'sealed'>>(
    `SELECT s.address_id, a.channel, a.handle, a.sealed, a.language, s.body
       FROM address a JOIN session s ON s.address_id = coalesce(a.merged_into, a.id)
      WHERE a.id = $1`,
    [addressId],
  )
  const row = rows[0]
  if (!row) return undefined
  const { address_id: id, channel, language, body, handle, sealed } = row
  return { addressId: id, channel, language, body, handle, sealed }
}

/** The platform's id of a talk's address. Throws SealError. */
export function openAddress(seal: Seal, { channel, handle, sealed }: SeenTalk): string {
  return seal.open(sealed, addressPlace(channel, handle))
}

/** The session of a stored talk; a new one where there is none. Throws SealError. */
export function openSession(
  seal: Seal,
  talk: Pick<StoredTalk, 'addressId' | 'body' | 'language'>,
): Session {
  if (talk.body.length === 0) return { language: must(talk.language, 'a language') }
  return readSession(seal.open(talk.body, sessionPlace(talk.addressId)))
}

/** A session sealed as it is kept in `session.body`. */
export function sealSession(seal: Seal, addressId: number, session: Session): Buffer {
  return seal.sealWords(writeSession(session), sessionPlace(addressId))
}

function sessionPlace(addressId: number): string {
  return `session.body:${addressId}`
}

/** Where the words of an inbound message are sealed. */
export function wordsPlace(addressId: number, externalId: string): string {
  return `inbound.words:${addressId}:${externalId}`
}

/** A message and the id of the address that it came from. */
export interface GivenInbound {
  addressId: number
  inbound: Inbound
}

/**
 * Keeps new messages of talks that are locked, and gives in order those to be answered now: what
 * waits at `ids` and what is new. A repeat is not among them. With `answered` they are kept as
 * done, because this very transaction answers them.
 */
export async function keepInbounds(
  tx: Tx,
  seal: Seal,
  given: GivenInbound[],
  ids: number[],
  answered: boolean,
): Promise<WaitingInbound[]> {
  const { rows } = await tx.query<InboundRow>({
    name: 'keep-inbounds',
    text: keepSql,
    values: [
      bigintArray(given.map((one) => one.addressId)),
      textArray(given.map(({ inbound }) => inbound.externalId)),
      textArray(given.map(({ inbound }) => inbound.kind)),
      byteaArray(
        given.map(({ addressId, inbound }) =>
          seal.sealWords(inbound.words, wordsPlace(addressId, inbound.externalId)),
        ),
      ),
      given.map(({ inbound }) => inbound.at),
      answered ? 'done' : 'waiting',
      bigintArray(ids),
    ],
  })
  const fresh = new Map(
    given.map(({ addressId, inbound }) => [`${addressId}:${inbound.externalId}`, inbound]),
  )
  return rows.map((row) => ({
    id: row.id,
    addressId: row.address_id,
    waited: row.kind !== null,
    inbound: fresh.get(`${row.address_id}:${row.external_id}`) ?? openInbound(seal, row),
  }))
}

const keepSql = `
  WITH kept AS (
    INSERT INTO inbound (address_id, external_id, kind, words, sent_at, state, done_at)
    SELECT address_id, external_id, kind, words, sent_at, $6, CASE WHEN $6 = 'done' THEN now() END
      FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::timestamptz[])
        AS g (address_id, external_id, kind, words, sent_at)
    ON CONFLICT (address_id, external_id) DO NOTHING
    RETURNING id, address_id, external_id)
  SELECT id, address_id, external_id, NULL AS channel, NULL AS kind, NULL::bytea AS words,
         NULL::timestamptz AS sent_at FROM kept
  UNION ALL
  SELECT i.id, address_id, external_id, channel, kind, words, sent_at
    FROM inbound i JOIN address a ON a.id = i.address_id
   WHERE address_id = ANY ($7::bigint[]) AND state = 'waiting'
   ORDER BY id`

interface InboundRow {
  id: number
  address_id: number
  external_id: string
  /** This and what follows only of what waited: who gives a message has the rest of it. */
  channel: string | null
  kind: InboundKind | null
  words: Buffer | null
  sent_at: Date | null
}

function openInbound(seal: Seal, row: InboundRow): Inbound {
  const place = wordsPlace(row.address_id, row.external_id)
  return {
    channel: must(row.channel, 'the channel of a message that waited'),
    address: '',
    externalId: row.external_id,
    kind: must(row.kind, 'the kind of a message that waited'),
    words: row.words ? seal.open(row.words, place) : '',
    at: must(row.sent_at, 'the time of a message that waited').toISOString(),
  }
}

/** What a reply to a message is kept under: the same when the work is done twice. */
export function replyPurpose(addressId: number, externalId: string, index: number): string {
  return `reply:${addressId}:${externalId}:${index}`
}

/** A message sealed as it is kept in `outbound.body`. */
export function sealOutbound(seal: Seal, purpose: string, message: Outbound): Buffer {
  return seal.sealWords(JSON.stringify(message), `outbound.body:${purpose}`)
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

/**
 * Addresses with messages that have waited longer than `seconds`, oldest first; what officers say
 * waits for nobody else to take it.
 */
export async function findWaitingTalks(tx: Tx, seconds: number, limit: number): Promise<number[]> {
  const { rows } = await tx.query<{ address_id: number }>(
    `SELECT address_id FROM inbound
      WHERE state = 'waiting' AND (received_at < now() - make_interval(secs => $1)
             OR kind IN ('officer', 'officer-left'))
      GROUP BY address_id ORDER BY min(id) LIMIT $2`,
    [seconds, limit],
  )
  return rows.map((row) => row.address_id)
}
