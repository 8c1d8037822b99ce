// Addresses: from a channel's opaque id to the row that stands for it, and to its talk.
import type { Inbound } from '../core/message.ts'
import { must } from '../core/must.ts'
import type { Tx } from './database.ts'
import { createRecent } from './recent.ts'
import type { Seal } from './seal.ts'
import { byteaArray } from './sql-array.ts'

/** An address as channels know it. */
export type Addressed = Pick<Inbound, 'channel' | 'address'>

/** What one address is called, in memory alone. */
export function nameOf({ channel, address }: Addressed): string {
  return `${channel}:${address}`
}

/** The key under which one channel's opaque id is found. */
function keyOf(channel: string, handle: Buffer): string {
  return `${channel}:${handle.toString('base64')}`
}

/** The blind index of an address. */
export function handleOf(seal: Seal, { channel, address }: Addressed): Buffer {
  return seal.blindIndex('address', `${channel}:${address}`)
}

/** Where an address is sealed. */
export function addressPlace(channel: string, handle: Buffer): string {
  return `address.sealed:${keyOf(channel, handle)}`
}

/** The ids of addresses that were met lately: whoever is in the middle of a talk is among them. */
export interface KnownAddresses {
  find(one: Addressed): number | undefined
  /** Only what is committed may be remembered. */
  remember(some: Addressed[], ids: number[]): void
}

/** Most addresses of each half of what is known. */
const halfSize = 20_000

/** Knows nothing yet. */
export function createKnownAddresses(): KnownAddresses {
  const recent = createRecent<number>(halfSize)
  return {
    find: (one) => recent.find(nameOf(one)),
    remember: (some, ids) => {
      some.forEach((one, index) => {
        recent.remember(nameOf(one), must(ids[index], 'the id of an address'))
      })
    },
  }
}

interface Wanted extends Addressed {
  handle: Buffer
}

/**
 * The ids of addresses, in the order given; those that are new are made, each with its talk. Asks
 * only for those that are not among the known.
 */
export async function findAddresses(
  tx: Tx,
  seal: Seal,
  some: Addressed[],
  known?: KnownAddresses,
): Promise<number[]> {
  const ids = some.map((one) => known?.find(one))
  const strangers = some.filter((_, index) => ids[index] === undefined)
  const found = strangers.length > 0 ? await makeAddresses(tx, seal, strangers) : []
  return ids.map((id) => id ?? must(found.shift(), 'the id of an address'))
}

/** Made first and then looked for, all asked at once: a newcomer waits for one answer, not two. */
async function makeAddresses(tx: Tx, seal: Seal, some: Addressed[]): Promise<number[]> {
  const wanted = new Map<string, Wanted>()
  const keys = some.map((one) => {
    const handle = handleOf(seal, one)
    const key = keyOf(one.channel, handle)
    wanted.set(key, { ...one, handle })
    return key
  })
  const all = [...wanted.values()]
  const [, ids] = await Promise.all([insertAddresses(tx, seal, all), selectIds(tx, all)])
  return keys.map((key) => must(ids.get(key), 'the id of an address'))
}

async function selectIds(tx: Tx, wanted: Wanted[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: number; channel: string; handle: Buffer }>({
    name: 'find-addresses',
    text: `SELECT coalesce(a.merged_into, a.id) AS id, a.channel, a.handle
             FROM unnest($1::text[], $2::bytea[]) AS w (channel, handle)
             JOIN address a USING (channel, handle)`,
    values: [wanted.map((one) => one.channel), byteaArray(wanted.map((one) => one.handle))],
  })
  return new Map(rows.map((row) => [keyOf(row.channel, row.handle), row.id]))
}

async function insertAddresses(tx: Tx, seal: Seal, wanted: Wanted[]) {
  // In one order everywhere, or two batches that make the same addresses would wait on each other.
  const sorted = [...wanted].sort((one, other) => one.handle.compare(other.handle))
  const channels = sorted.map((one) => one.channel)
  const handles = byteaArray(sorted.map((one) => one.handle))
  const sealed = sorted.map((one) => seal.seal(one.address, addressPlace(one.channel, one.handle)))
  await Promise.all([
    tx.query({
      name: 'insert-addresses',
      text: `INSERT INTO address (channel, handle, sealed)
             SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[])
             ON CONFLICT (channel, handle) DO NOTHING`,
      values: [channels, handles, byteaArray(sealed)],
    }),
    tx.query({
      name: 'insert-sessions',
      text: `INSERT INTO session (address_id, body)
             SELECT coalesce(a.merged_into, a.id), ''
               FROM unnest($1::text[], $2::bytea[]) AS w (channel, handle)
               JOIN address a USING (channel, handle) ORDER BY 1
             ON CONFLICT (address_id) DO NOTHING`,
      values: [channels, handles],
    }),
  ])
}

/** Makes an address and its talk where nobody is known by this name yet. */
export async function meetAddress(tx: Tx, seal: Seal, one: Addressed) {
  const handle = handleOf(seal, one)
  await tx.query({
    name: 'meet-address',
    text: `WITH met AS (
             INSERT INTO address (channel, handle, sealed) VALUES ($1, $2, $3)
             ON CONFLICT (channel, handle) DO NOTHING RETURNING id)
           INSERT INTO session (address_id, body) SELECT id, '' FROM met`,
    values: [one.channel, handle, seal.seal(one.address, addressPlace(one.channel, handle))],
  })
}
