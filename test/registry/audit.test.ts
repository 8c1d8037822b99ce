// The audit: added to by everybody, changed by nobody, and a change is found.
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { freshDatabase } from '../support/postgres.ts'

const url = await freshDatabase()
const { pool, transaction, close } = openDatabase(url)
const owner = new pg.Client(url)
await owner.connect()
afterAll(async () => {
  await owner.end()
  await close()
})

const insertSql = `INSERT INTO audit (actor, action, subject, detail) VALUES ($1, 'read', 's', $2)`
const insert = (actor: string) => pool.query(insertSql, [actor, { rows: 2 }])

async function findBroken(): Promise<number | null> {
  const { rows } = await pool.query('SELECT find_broken_audit() AS id')
  return rows[0].id
}

/** What only the owner can do, who can switch the guards off. */
async function forge(sql: string): Promise<void> {
  await owner.query(`ALTER TABLE audit DISABLE TRIGGER USER; ${sql};
    ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_link;
    ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuse`)
}

for (const actor of ['a', 'b', 'c']) await insert(actor)

// First, while its guards are as the migration set them.
describe('the audit as it was made', () => {
  it.each([
    `UPDATE audit SET actor = 'x' WHERE id = 2`,
    'DELETE FROM audit WHERE false',
    'TRUNCATE audit',
  ])('refuses the program and its owner: %s', async (sql) => {
    await expect(pool.query(sql)).rejects.toThrow('permission denied')
    await expect(owner.query(sql)).rejects.toThrow('only ever added to')
    await expect(owner.query(`SET session_replication_role = replica; ${sql}`)).rejects.toThrow(
      'only ever added to',
    )
    expect((await pool.query('SELECT count(*) FROM audit')).rows).toEqual([{ count: 3 }])
  })
})

describe('the audit', () => {
  beforeEach(async () => {
    await forge('TRUNCATE audit')
    for (const actor of ['a', 'b', 'c']) await insert(actor)
  })

  it('is whole also when many write at once and some change their mind', async () => {
    const writing = Array.from({ length: 40 }, (_, i) =>
      transaction(async (tx) => {
        await tx.query(insertSql, [`actor ${i}`, {}])
        if (i % 3 === 0) throw new Error('no')
      }).catch(() => undefined),
    )
    await Promise.all(writing)
    const { rows } = await pool.query('SELECT count(*), max(id) FROM audit')
    expect(rows).toEqual([{ count: 29, max: 29 }])
    expect(await findBroken()).toBeNull()
  })

  it('does not take its links from whoever writes', async () => {
    await pool.query(
      `INSERT INTO audit (id, actor, action, subject, previous_hash, hash)
       VALUES (99, 'x', 'y', 'z', 'forged', 'forged')`,
    )
    expect((await pool.query('SELECT max(id) FROM audit')).rows).toEqual([{ max: 4 }])
    expect(await findBroken()).toBeNull()
  })

  it.each([
    ['a changed actor', `UPDATE audit SET actor = 'x' WHERE id = 2`, 2],
    ['a changed moment', `UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 3`, 3],
    ['a changed detail', `UPDATE audit SET detail = '{"rows": 3}' WHERE id = 1`, 1],
    [
      'one bit of a hash',
      'UPDATE audit SET hash = set_bit(hash, 7, 1 - get_bit(hash, 7)) WHERE id = 2',
      2,
    ],
    ['a row taken out', 'DELETE FROM audit WHERE id = 2', 3],
    ['the first row taken out', 'DELETE FROM audit WHERE id = 1', 2],
    [
      'a row made new with its own hash',
      `UPDATE audit SET actor = 'x' WHERE id = 2;
       UPDATE audit SET hash = audit_hash(audit) WHERE id = 2`,
      3,
    ],
  ])('names the row after %s', async (_, sql, id) => {
    expect(await findBroken()).toBeNull()
    await forge(sql)
    expect(await findBroken()).toBe(id)
  })

  it('reads the same in every time zone', async () => {
    await owner.query(`SET timezone = 'Asia/Makassar'`)
    expect((await owner.query('SELECT find_broken_audit() AS id')).rows).toEqual([{ id: null }])
  })
})

it.each(['consent', 'enrolment_event', 'wording'])(
  '%s is only added to by the program',
  async (table) => {
    for (const sql of [`DELETE FROM ${table}`, `UPDATE ${table} SET at = now()`]) {
      const text = table === 'wording' ? sql.replace('at =', 'first_seen_at =') : sql
      await expect(pool.query(text)).rejects.toThrow('permission denied')
    }
    await pool.query(`SELECT FROM ${table}`)
  },
)

it('no address can be deleted: rows without a foreign key rely on it', async () => {
  await expect(pool.query('DELETE FROM address')).rejects.toThrow('permission denied')
  await pool.query('SELECT FROM address')
})

it('the program may not change the shape of anything', async () => {
  for (const sql of ['DROP TABLE audit', 'CREATE TABLE mine (a int)', 'TRUNCATE person']) {
    await expect(pool.query(sql)).rejects.toThrow(/permission denied|must be owner/)
  }
})
