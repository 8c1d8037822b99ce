// One person, several ids of one channel: which address they all are, and where replies go.
import { must } from '../core/must.ts'
import { addressPlace, findAddresses, handleOf } from './addresses.ts'
import type { Database, Tx } from './database.ts'
import { mergeAddresses } from './merge-addresses.ts'
import type { Seal } from './seal.ts'
import { byteaArray } from './sql-array.ts'
import { openTicket } from './tickets.ts'
import { lockTalks } from './turns.ts'

/** The id a message came from, and another id of the same person where the platform tells. */
export interface KnownIds {
  id: string
  alsoKnownAs?: string | undefined
}

/** An id and its blind index. */
interface Id {
  id: string
  handle: Buffer
  /** A telephone number may be somebody else's next year; the platform's own ids stay. */
  isPhone: boolean
}

const phoneShape = /^\+?\d+(@s\.whatsapp\.net)?$/

/** How often it is tried again because the addresses were merged by others meanwhile. */
const lastTry = 10

/**
 * The address of a person: the id under which they were first kept. Notes which ids are theirs and
 * that `id` was heard from last; one statement when nothing of that is new. Two addresses that
 * turn out to be one are merged, except when an officer must look at it: they have two persons. A
 * number that was somebody else's before goes over to whoever has it now, without their talk.
 */
export async function settleAddress(
  db: Pick<Database, 'pool' | 'transaction'>,
  seal: Seal,
  channel: string,
  { id, alsoKnownAs }: KnownIds,
): Promise<string> {
  const ids = [...new Set([id, alsoKnownAs ?? id])].map((one) => ({
    id: one,
    handle: handleOf(seal, { channel, address: one }),
    isPhone: phoneShape.test(one),
  }))
  const first = must(ids[0], 'an id')
  const settled = await findSettled(db.pool, seal, channel, ids)
  if (settled) {
    if (!settled.isLast) await noteHeard(db.pool, seal, channel, first)
    return settled.address
  }
  for (let tries = 1; tries <= lastTry; tries += 1) {
    const address = await db.transaction((tx) => bindIds(tx, seal, channel, ids))
    if (address !== undefined) return address
  }
  throw new Error('an address could not be settled')
}

interface AliasRow {
  handle: Buffer
  address_id: number
  own_handle: Buffer
  own_sealed: Buffer
  is_last: boolean
}

/** The address that all these ids have; nothing when one is new or they have two. */
async function findSettled(tx: Tx, seal: Seal, channel: string, ids: Id[]) {
  const { rows } = await tx.query<AliasRow>({
    name: 'find-settled',
    text: `SELECT al.handle, al.address_id, a.handle AS own_handle, a.sealed AS own_sealed,
                  al.heard_at IS NOT NULL AND (al.sealed IS NOT NULL OR al.handle = a.handle)
                  AND NOT EXISTS (
                    SELECT FROM address_alias o
                     WHERE o.address_id = a.id AND o.heard_at > al.heard_at) AS is_last
             FROM address_alias al JOIN address a ON a.id = al.address_id
            WHERE al.channel = $1 AND al.handle = ANY ($2::bytea[])`,
    values: [channel, byteaArray(ids.map((one) => one.handle))],
  })
  const own = rows.find((row) => ids[0]?.handle.equals(row.handle))
  const isOne = rows.every((row) => row.address_id === own?.address_id)
  if (!own || !isOne || rows.length < ids.length) return undefined
  return {
    address: seal.open(own.own_sealed, addressPlace(channel, own.own_handle)),
    isLast: own.is_last,
  }
}

/** Notes that somebody wrote from an id that is theirs, and keeps it again if it was erased. */
async function noteHeard(tx: Tx, seal: Seal, channel: string, { id, handle }: Id) {
  await tx.query({
    name: 'note-heard',
    text: `UPDATE address_alias al SET heard_at = clock_timestamp(),
                  sealed = CASE WHEN al.handle <> a.handle THEN $3::bytea END
             FROM address a
            WHERE al.channel = $1 AND al.handle = $2 AND a.id = al.address_id`,
    values: [channel, handle, seal.seal(id, addressPlace(channel, handle))],
  })
}

/** Makes ids one address; undefined when others changed it meanwhile: try again. */
async function bindIds(
  tx: Tx,
  seal: Seal,
  channel: string,
  ids: Id[],
): Promise<string | undefined> {
  await lockIds(tx, ids)
  const first = must(ids[0], 'an id')
  const isReleased = await releaseNumber(tx, channel, ids)
  let owners = await findOwners(tx, channel, ids)
  if (owners.length === 0) {
    // By the number alone the old owner's address would be found again.
    const named = (isReleased && ids.find((one) => !one.isPhone)) || first
    owners = await findAddresses(tx, seal, [{ channel, address: named.id }])
  }
  const talks = [...(await lockTalks(tx, owners)).values()]
  const [kept, ...others] = talks
  if (!kept || talks.length < owners.length) return undefined
  if (others.length > 0 && (await findPersons(tx, owners)) > 1) {
    return keepApart(tx, seal, channel, first, owners)
  }
  for (const gone of others) {
    const current = (await lockTalks(tx, [kept.addressId])).get(kept.addressId) ?? kept
    await mergeAddresses(tx, seal, current, gone)
  }
  return keepAliases(tx, seal, channel, ids, kept.addressId)
}

/** One at a time for each id: two that settle the same ids at once must not make two addresses. */
async function lockIds(tx: Tx, ids: Id[]) {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtext('address_alias'), key)
       FROM (SELECT hashtext(encode(h, 'hex')) AS key FROM unnest($1::bytea[]) AS h
              ORDER BY 1) AS keys`,
    [byteaArray(ids.map((one) => one.handle))],
  )
}

/** A number that comes with another id than it had has a new owner: it leaves the old address. */
async function releaseNumber(tx: Tx, channel: string, ids: Id[]): Promise<boolean> {
  const number = ids.find((one) => one.isPhone)
  const own = ids.find((one) => !one.isPhone)
  if (!number || !own) return false
  const { rowCount } = await tx.query(
    `DELETE FROM address_alias n USING address_alias o
      WHERE n.channel = $1 AND n.handle = $2
        AND o.address_id = n.address_id AND NOT o.is_phone AND o.handle <> $3
        AND NOT EXISTS (SELECT FROM address_alias s
                         WHERE s.address_id = n.address_id AND s.handle = $3)`,
    [channel, number.handle, own.handle],
  )
  return rowCount === 1
}

/** The addresses that these ids have now, the oldest first. */
async function findOwners(tx: Tx, channel: string, ids: Id[]): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT address_id AS id FROM address_alias WHERE channel = $1 AND handle = ANY ($2::bytea[])
      UNION
     SELECT coalesce(a.merged_into, a.id) FROM address a
      WHERE a.channel = $1 AND a.handle = ANY ($2::bytea[])
        AND NOT EXISTS (SELECT FROM address_alias o
                         WHERE o.address_id = coalesce(a.merged_into, a.id) AND NOT o.is_phone
                           AND o.handle <> ALL ($2::bytea[]))
      ORDER BY 1`,
    [channel, byteaArray(ids.map((one) => one.handle))],
  )
  return rows.map((row) => row.id)
}

async function findPersons(tx: Tx, owners: number[]): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'SELECT count(DISTINCT person_id) AS count FROM address WHERE id = ANY ($1::bigint[])',
    [owners],
  )
  return rows[0]?.count ?? 0
}

/** The address of the id itself, and once a ticket: only a person can tell whose it all is. */
async function keepApart(tx: Tx, seal: Seal, channel: string, first: Id, owners: number[]) {
  const [own = must(owners[0], 'an address')] = await findOwners(tx, channel, [first])
  const reason = 'two-persons'
  const { rowCount } = await tx.query(
    'SELECT FROM ticket WHERE reason = $1 AND address_id = ANY ($2::bigint[]) LIMIT 1',
    [reason, owners],
  )
  const words = JSON.stringify({ addresses: owners.join(', ') })
  if (rowCount === 0) await openTicket(tx, seal, own, { reason, words })
  return keepAliases(tx, seal, channel, [first], own)
}

/** Notes the ids as the address's, the first as just heard from. */
async function keepAliases(tx: Tx, seal: Seal, channel: string, ids: Id[], addressId: number) {
  const { rows } = await tx.query<{ handle: Buffer; sealed: Buffer }>(
    'SELECT handle, sealed FROM address WHERE id = $1',
    [addressId],
  )
  const own = must(rows[0], 'the address')
  for (const [at, { id, handle, isPhone }] of ids.entries()) {
    const isOwn = own.handle.equals(handle)
    await tx.query(
      `INSERT INTO address_alias AS al (channel, handle, address_id, sealed, heard_at, is_phone)
       VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN clock_timestamp() END, $6)
       ON CONFLICT (channel, handle) DO UPDATE
         SET heard_at = coalesce(excluded.heard_at, al.heard_at),
             sealed = coalesce(al.sealed, excluded.sealed)`,
      [
        channel,
        handle,
        addressId,
        isOwn ? null : seal.seal(id, addressPlace(channel, handle)),
        at === 0,
        isPhone,
      ],
    )
  }
  return seal.open(own.sealed, addressPlace(channel, own.handle))
}

/** The id that the person last wrote from; the address itself when nothing else is known. */
export async function findReplyId(
  tx: Tx,
  seal: Seal,
  channel: string,
  address: string,
): Promise<string> {
  const { rows } = await tx.query<{ handle: Buffer; sealed: Buffer | null }>({
    name: 'find-reply-id',
    text: `SELECT o.handle, coalesce(o.sealed, CASE WHEN o.handle = a.handle THEN a.sealed END)
                    AS sealed
             FROM address w JOIN address a ON a.id = coalesce(w.merged_into, w.id)
             JOIN address_alias o ON o.address_id = a.id
            WHERE w.channel = $1 AND w.handle = $2
            ORDER BY o.heard_at DESC NULLS LAST LIMIT 1`,
    values: [channel, handleOf(seal, { channel, address })],
  })
  const last = rows[0]
  return last?.sealed ? seal.open(last.sealed, addressPlace(channel, last.handle)) : address
}
