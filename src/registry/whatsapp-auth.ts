// Who the bot is on WhatsApp: the keys of a linked number, sealed, written only by its owner.
import { appendAudit } from './audit.ts'
import { readByteJson, writeByteJson } from './byte-json.ts'
import type { Database, Tx } from './database.ts'
import { type Seal, SealError } from './seal.ts'
import { byteaArray } from './sql-array.ts'

/** Another process has become the owner: nothing was written, and nothing may be sent. */
export class FencedError extends Error {
  constructor() {
    super('another process owns this WhatsApp number')
  }
}

/** Keys are there but cannot be used. Says where, never what. Linking anew would lose the number. */
export class AuthStateError extends Error {}

/** Changes that are kept together or not at all; null removes a key. */
export interface AuthChanges {
  creds?: unknown
  keys?: Record<string, Record<string, unknown>>
}

/** How a body is written; a database that a newer program wrote is not read. */
const version = 1

/** The credentials have this kind and no id; all other kinds are the library's own. */
const credsKind = 'creds'

/** The account of the one number that a program has. */
export const whatsappAccount = 'main'

/** The name of the lease whose owner may write. */
export function whatsappLeaseName(account: string): string {
  return `whatsapp:${account}`
}

function handleOf(seal: Seal, account: string, kind: string, id: string): Buffer {
  return seal.blindIndex('whatsapp auth', JSON.stringify([account, kind, id]))
}

function bodyPlace(account: string, kind: string, handle: Buffer): string {
  return `whatsapp_auth.body:${account}:${kind}:${handle.toString('hex')}`
}

/**
 * The credentials; undefined only when nothing at all is kept for this account. Bytes come back as
 * Buffers. Throws AuthStateError when they cannot be read, or are missing beside keys.
 */
export async function readCreds(tx: Tx, seal: Seal, account: string): Promise<unknown> {
  const found = await readKeys(tx, seal, account, credsKind, [''])
  if ('' in found) return found['']
  const { rowCount } = await tx.query('SELECT FROM whatsapp_auth WHERE account = $1 LIMIT 1', [
    account,
  ])
  if (rowCount === 0) return undefined
  throw new AuthStateError('there are keys but no credentials')
}

/**
 * Keys of one kind by id; those that are not there are left out. Bytes come back as Buffers, and
 * messages of a protocol as plain objects: whoever needs their type makes it of them. Throws
 * AuthStateError when one is there and cannot be read.
 */
export async function readKeys(
  tx: Tx,
  seal: Seal,
  account: string,
  kind: string,
  ids: string[],
): Promise<Record<string, unknown>> {
  const byHandle = new Map(ids.map((id) => [handleOf(seal, account, kind, id).toString('hex'), id]))
  const { rows } = await tx.query<{ handle: Buffer; version: number; body: Buffer }>({
    name: 'read-whatsapp-keys',
    text: `SELECT handle, version, body FROM whatsapp_auth
            WHERE account = $1 AND kind = $2 AND handle = ANY ($3::bytea[])`,
    values: [account, kind, byteaArray([...byHandle.keys()].map((hex) => Buffer.from(hex, 'hex')))],
  })
  return Object.fromEntries(
    rows.map((row) => [
      byHandle.get(row.handle.toString('hex')),
      openBody(seal, account, kind, row),
    ]),
  )
}

function openBody(
  seal: Seal,
  account: string,
  kind: string,
  row: { handle: Buffer; version: number; body: Buffer },
): unknown {
  if (row.version !== version) throw new AuthStateError(`unknown version of ${kind}`)
  try {
    return readByteJson(seal.open(row.body, bodyPlace(account, kind, row.handle)))
  } catch (error) {
    if (error instanceof SealError) throw new AuthStateError(`unreadable ${kind}`)
    throw error
  }
}

interface Row {
  kind: string
  handle: Buffer
  /** Sealed; undefined removes the row. */
  body: Buffer | undefined
}

/**
 * Writes changes in one transaction, which also proves that `fence` is still the owner's: a new
 * owner waits until it is over. Throws FencedError; throws AuthStateError for keys of an account
 * that has no credentials, which would be unusable.
 */
export async function writeKeys(
  db: Pick<Database, 'transaction'>,
  seal: Seal,
  account: string,
  fence: number,
  changes: AuthChanges,
) {
  const rows = sealRows(seal, account, changes)
  await db.transaction(async (tx) => {
    await mustOwn(tx, account, fence)
    const kept = rows.flatMap(({ kind, handle, body }) => (body ? [{ kind, handle, body }] : []))
    if (rows.every((one) => one.kind !== credsKind)) await mustHaveCreds(tx, account)
    await tx.query({
      name: 'write-whatsapp-keys',
      text: `INSERT INTO whatsapp_auth (account, kind, handle, version, body)
             SELECT $1, kind, handle, $2, body
               FROM unnest($3::text[], $4::bytea[], $5::bytea[]) AS k (kind, handle, body)
             ON CONFLICT (account, kind, handle)
             DO UPDATE SET version = excluded.version, body = excluded.body`,
      values: [
        account,
        version,
        kept.map((one) => one.kind),
        byteaArray(kept.map((one) => one.handle)),
        byteaArray(kept.map((one) => one.body)),
      ],
    })
    await removeKeys(
      tx,
      account,
      rows.filter((one) => !one.body),
    )
  })
}

function sealRows(seal: Seal, account: string, { creds, keys = {} }: AuthChanges): Row[] {
  const given = Object.entries(keys).flatMap(([kind, byId]) =>
    Object.entries(byId).map(([id, value]) => ({ kind, id, value })),
  )
  if (creds) given.push({ kind: credsKind, id: '', value: creds })
  return given.map(({ kind, id, value }) => {
    const handle = handleOf(seal, account, kind, id)
    const isGone = value === null || value === undefined
    const body = isGone
      ? undefined
      : seal.seal(writeByteJson(value), bodyPlace(account, kind, handle))
    return { kind, handle, body }
  })
}

/** The row is held until the end: who takes the lease meanwhile has to wait. */
async function mustOwn(tx: Tx, account: string, fence: number) {
  const { rowCount } = await tx.query({
    name: 'prove-fence',
    text: 'SELECT FROM channel_lease WHERE name = $1 AND fence = $2 FOR SHARE',
    values: [whatsappLeaseName(account), fence],
  })
  if (rowCount === 0) throw new FencedError()
}

async function mustHaveCreds(tx: Tx, account: string) {
  const { rowCount } = await tx.query({
    name: 'find-whatsapp-creds',
    text: 'SELECT FROM whatsapp_auth WHERE account = $1 AND kind = $2',
    values: [account, credsKind],
  })
  if (rowCount === 0) throw new AuthStateError('keys without credentials')
}

async function removeKeys(tx: Tx, account: string, rows: Row[]) {
  if (rows.length === 0) return
  await tx.query(
    `DELETE FROM whatsapp_auth w USING unnest($2::text[], $3::bytea[]) AS k (kind, handle)
      WHERE w.account = $1 AND w.kind = k.kind AND w.handle = k.handle`,
    [account, rows.map((one) => one.kind), byteaArray(rows.map((one) => one.handle))],
  )
}

/**
 * Forgets the keys of an account, because an officer wants the number linked anew. Its owner
 * stops being one, so that nothing of the old is written again.
 */
export async function wipeAuth(tx: Tx, account: string, actor: string) {
  await tx.query(
    `UPDATE channel_lease SET fence = fence + 1, until = '-infinity' WHERE name = $1`,
    [whatsappLeaseName(account)],
  )
  await tx.query('DELETE FROM whatsapp_auth WHERE account = $1', [account])
  await appendAudit(tx, actor, 'wipe-whatsapp-auth', `whatsapp:${account}`)
}
