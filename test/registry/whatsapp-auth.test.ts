// The keys of a linked number: whole or an error, never silently none, and only by their owner.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, it, test } from 'vitest'
import { readByteJson, writeByteJson } from '../../src/registry/byte-json.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { takeLease } from '../../src/registry/leases.ts'
import { createSeal } from '../../src/registry/seal.ts'
import {
  type AuthChanges,
  AuthStateError,
  FencedError,
  readCreds,
  readKeys,
  whatsappLeaseName,
  wipeAuth,
  writeKeys,
} from '../../src/registry/whatsapp-auth.ts'
import { freshDatabase } from '../support/postgres.ts'

const url = await freshDatabase()
const db = openDatabase(url)
// Only the owner sees who waits for whom.
const owner = new pg.Client(url)
await owner.connect()
afterAll(async () => {
  await owner.end()
  await db.close()
})
const seal = createSeal([{ id: 1, bytes: Buffer.alloc(32, 5) }])
const account = 'bot'
const bytes = (...values: number[]) => Buffer.from(values)
const creds = { registrationId: 7, noiseKey: { public: bytes(1, 2), private: bytes(3, 255) } }

/** One of each kind that the library keeps, shaped as it shapes them. */
const keys = {
  'pre-key': { '1': { public: bytes(9), private: bytes(8) } },
  session: { 'someone.0': bytes(0, 1, 2) },
  'sender-key': { 'group::someone::0': bytes(4) },
  'sender-key-memory': { group: { 'someone@s': true } },
  'app-state-sync-key': { AAAA: { keyData: bytes(5, 6), timestamp: { low: 1, high: 0 } } },
  'app-state-sync-version': {
    regular: { version: 3, hash: bytes(7), indexValueMap: { 'a=': { valueMac: bytes(1) } } },
  },
  'lid-mapping': { someone: 'lid-of-someone' },
  'device-list': { someone: ['0', '12'] },
  tctoken: { someone: { token: bytes(2), timestamp: '1795000000' } },
  'identity-key': { 'someone.0': bytes(6, 6) },
}

let fence = 0
const become = async (holder = 'one') => {
  const lease = await takeLease(db.pool, whatsappLeaseName(account), holder, 30)
  return lease?.fence ?? 0
}
const write = (changes: AuthChanges, by = fence) => writeKeys(db, seal, account, by, changes)
const read = (kind: string, ...ids: string[]) => readKeys(db.pool, seal, account, kind, ids)

beforeEach(async () => {
  await db.pool.query('DELETE FROM whatsapp_auth')
  await db.pool.query('DELETE FROM channel_lease')
  fence = await become()
})

describe('what is written', () => {
  it('is read again, bytes as Buffers, in every kind there is', async () => {
    expect(await readCreds(db.pool, seal, account)).toBeUndefined()
    await write({ creds, keys })
    expect(await readCreds(db.pool, seal, account)).toEqual(creds)
    for (const [kind, byId] of Object.entries(keys)) {
      expect(await read(kind, ...Object.keys(byId), 'missing')).toEqual(byId)
    }
    expect(await readCreds(db.pool, seal, 'other')).toBeUndefined()
    expect(await readKeys(db.pool, seal, 'other', 'session', ['someone.0'])).toEqual({})
  })

  it('is changed, and removed by null, together', async () => {
    await write({ creds, keys })
    const changed = { session: { 'someone.0': null, 'new.0': bytes(1) }, 'pre-key': { '1': 'x' } }
    await write({ keys: changed })
    expect(await read('session', 'someone.0', 'new.0')).toEqual({ 'new.0': bytes(1) })
    expect(await read('pre-key', '1')).toEqual({ '1': 'x' })
    expect(await read('identity-key', 'someone.0')).toEqual(keys['identity-key'])
  })

  it('says nothing to who has only the rows', async () => {
    const number = '6281234567890'
    const told = { 'lid-mapping': { [number]: 'lid-of-someone' } }
    await write({ creds, keys: { ...keys, ...told } })
    const { rows } = await db.pool.query('SELECT w::text AS row FROM whatsapp_auth w')
    const all = rows.map(({ row }) => row).join('\n')
    const shapes = (text: string) => [text, Buffer.from(text).toString('hex')]
    for (const shape of [number, 'someone', 'registrationId'].flatMap(shapes)) {
      expect(all).not.toContain(shape)
    }
  })

  it('comes back whatever it is', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.uint8Array().map((array) => Buffer.from(array)),
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc.oneof(fc.constantFrom('$', '$$', 'type', 'data'), fc.string()),
          tie('value'),
          {
            noNullPrototype: true,
            maxKeys: 4,
          },
        ),
      ),
    }))
    fc.assert(
      fc.property(value, (one) => {
        expect(readByteJson(writeByteJson(one))).toEqual(one)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what cannot be read', () => {
  const damage = async (sql: string, kind = 'creds') => {
    await db.pool.query(`UPDATE whatsapp_auth SET ${sql} WHERE kind = '${kind}'`)
  }

  it.each([0, 1, 2, 8, 14, 15, 30, -17, -16, -1])('is an error when cut at byte %i', async (at) => {
    await write({ creds, keys })
    const end = at < 0 ? `length(body) ${at}` : String(at)
    await damage(`body = substr(body, 1, ${end})`)
    await damage(`body = substr(body, 1, ${end})`, 'session')
    await expect(readCreds(db.pool, seal, account)).rejects.toThrow(AuthStateError)
    await expect(read('session', 'someone.0')).rejects.toThrow(AuthStateError)
  })

  it.each([0, 1, 5, 20, -1])('is an error when byte %i is another', async (at) => {
    await write({ creds })
    const place = at < 0 ? `length(body) ${at}` : String(at)
    await damage(`body = set_byte(body, ${place}, 255 - get_byte(body, ${place}))`)
    await expect(readCreds(db.pool, seal, account)).rejects.toThrow(AuthStateError)
  })

  it.each([0, 2, 32_767])('is an error when it has version %i', async (version) => {
    await write({ creds, keys })
    await damage(`version = ${version}`)
    await damage(`version = ${version}`, 'pre-key')
    await expect(readCreds(db.pool, seal, account)).rejects.toThrow(AuthStateError)
    await expect(read('pre-key', '1')).rejects.toThrow(AuthStateError)
  })

  it('is an error under another key', async () => {
    await write({ creds })
    const next = createSeal([
      { id: 2, bytes: Buffer.alloc(32, 9) },
      { id: 1, bytes: Buffer.alloc(32, 5) },
    ])
    expect(await readCreds(db.pool, next, account)).toEqual(creds)
    const other = createSeal([{ id: 1, bytes: Buffer.alloc(32, 6) }])
    await expect(readCreds(db.pool, other, account)).rejects.toThrow(AuthStateError)
  })

  it('is an error in the place of another', async () => {
    await write({ creds, keys: { session: { a: bytes(1), b: bytes(2) } } })
    await damage(`body = (SELECT body FROM whatsapp_auth WHERE kind = 'creds')`, 'session')
    await expect(read('session', 'a')).rejects.toThrow(AuthStateError)
  })

  it('is an error when the credentials are missing beside their keys', async () => {
    await write({ creds, keys })
    await db.pool.query(`DELETE FROM whatsapp_auth WHERE kind = 'creds'`)
    await expect(readCreds(db.pool, seal, account)).rejects.toThrow(AuthStateError)
  })

  it('is not written: keys come with or after credentials', async () => {
    await expect(write({ keys })).rejects.toThrow(AuthStateError)
    expect(await readCreds(db.pool, seal, account)).toBeUndefined()
  })
})

describe('two processes', () => {
  it('the old one writes nothing, not even in part', async () => {
    await write({ creds, keys })
    await db.pool.query(`UPDATE channel_lease SET until = '-infinity'`)
    const next = await become('two')
    const late = write({ creds: { registrationId: 1 }, keys: { session: { 'late.0': bytes(1) } } })
    await expect(late).rejects.toThrow(FencedError)
    expect(await read('session', 'late.0')).toEqual({})
    await write({ creds: { registrationId: 2 } }, next)
    expect(await readCreds(db.pool, seal, account)).toEqual({ registrationId: 2 })
  })

  it('nobody takes over between the proof and the end of a write', async () => {
    await write({ creds })
    const blocked = await db.pool.connect()
    await blocked.query('BEGIN')
    await blocked.query(`SELECT FROM whatsapp_auth WHERE kind = 'creds' FOR UPDATE`)
    const order: string[] = []
    const writing = write({ creds: { registrationId: 3 } }).then(() => order.push('written'))
    await untilWaiting(1)
    const taking = (async () => {
      await db.pool.query(`UPDATE channel_lease SET until = '-infinity'`)
      await become('two')
      order.push('taken')
    })()
    await untilWaiting(2)
    await blocked.query('COMMIT')
    blocked.release()
    await Promise.all([writing, taking])
    expect(order).toEqual(['written', 'taken'])
    expect(await readCreds(db.pool, seal, account)).toEqual({ registrationId: 3 })
  })

  it('a kill in the middle of a write leaves what was before it', async () => {
    await write({ creds, keys })
    const blocked = await db.pool.connect()
    await blocked.query('BEGIN')
    await blocked.query(`SELECT FROM whatsapp_auth WHERE kind = 'session' FOR UPDATE`)
    const dying = write({
      creds: { registrationId: 4 },
      keys: { 'pre-key': { '2': bytes(1) }, session: { 'someone.0': bytes(9) } },
    })
    const died = expect(dying).rejects.toThrow()
    await untilWaiting(1)
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
    await died
    await blocked.query('COMMIT')
    blocked.release()
    expect(await readCreds(db.pool, seal, account)).toEqual(creds)
    expect(await read('pre-key', '2')).toEqual({})
    expect(await read('session', 'someone.0')).toEqual(keys.session)
  })

  async function untilWaiting(count: number) {
    for (;;) {
      const { rows } = await owner.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      )
      if (rows[0]?.count === count) return
    }
  }
})

test('wiped by an officer, nothing is left and the owner writes nothing more', async () => {
  await write({ creds, keys })
  await db.transaction((tx) => wipeAuth(tx, account, 'officer:test'))
  expect(await readCreds(db.pool, seal, account)).toBeUndefined()
  await expect(write({ creds })).rejects.toThrow(FencedError)
  const { rows } = await db.pool.query('SELECT actor, action FROM audit')
  expect(rows).toEqual([{ actor: 'officer:test', action: 'wipe-whatsapp-auth' }])
  await write({ creds: { registrationId: 5 } }, await become('two'))
  expect(await readCreds(db.pool, seal, account)).toEqual({ registrationId: 5 })
})
