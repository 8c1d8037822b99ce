// The way to the database: the limited role, transactions, and how rows are read.
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { openPrisma } from '../../src/registry/prisma.ts'
import { freshDatabase } from '../support/postgres.ts'

const url = await freshDatabase()
const database = openDatabase(url, { maxConnections: 3 })
afterAll(() => database.close())
const { pool, transaction } = database
const prisma = openPrisma(database)

const insertAddress = {
  name: 'insert-address',
  text: `INSERT INTO address (channel, handle, sealed) VALUES ('console', $1, $2) RETURNING id`,
}

async function countAddresses(handle: string): Promise<number> {
  const { rows } = await pool.query('SELECT count(*) FROM address WHERE handle = $1', [
    Buffer.from(handle),
  ])
  return rows[0].count
}

describe('a connection', () => {
  it('works as the limited role, with SQL and with Prisma', async () => {
    const sql = 'SELECT current_user::text AS name'
    expect((await pool.query(sql)).rows).toEqual([{ name: 'sapa_app' }])
    expect(await prisma.$queryRawUnsafe(sql)).toEqual([{ name: 'sapa_app' }])
  })

  it('keeps the options that the url has', async () => {
    const given = new URL(url)
    given.searchParams.set('options', '-c work_mem=5MB')
    const other = openDatabase(given.href)
    const { rows } = await other.pool.query(
      `SELECT current_user::text AS name, current_setting('work_mem') AS memory`,
    )
    await other.close()
    expect(rows).toEqual([{ name: 'sapa_app', memory: '5MB' }])
  })

  it('may be lost between two questions', async () => {
    await pool.query('SELECT 1')
    const owner = new pg.Client(url)
    await owner.connect()
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
    await owner.end()
    await expect.poll(() => pool.idleCount).toBe(0)
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  it('reads ids and counts as numbers, days as they are written', async () => {
    const { rows } = await pool.query(
      `SELECT 9007199254740991::bigint AS id, DATE '2026-12-01' AS day, NULL::bigint AS none`,
    )
    expect(rows).toEqual([{ id: Number.MAX_SAFE_INTEGER, day: '2026-12-01', none: null }])
    await expect(pool.query('SELECT 9007199254740992::bigint')).rejects.toThrow('cannot happen')
  })
})

describe('a transaction', () => {
  it('waits for what was only sent, and fails with it', async () => {
    const add = (handle: string) => ({ ...insertAddress, values: [Buffer.from(handle), ''] })
    await transaction(async (tx) => tx.send(add('sent')))
    expect(await countAddresses('sent')).toBe(1)
    const failing = transaction(async (tx) => {
      tx.send(add('before'))
      tx.send(add('sent'))
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(await countAddresses('before')).toBe(0)
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  it('is kept whole, with named statements', async () => {
    const ids = await transaction(async (tx) => {
      const ids: number[] = []
      for (const handle of ['a', 'b']) {
        const { rows } = await tx.query({ ...insertAddress, values: [Buffer.from(handle), ''] })
        ids.push(rows[0].id)
      }
      return ids
    })
    expect(ids[1]).toBe((ids[0] ?? 0) + 1)
    const rows = await prisma.address.findMany({
      where: { id: { in: ids } },
      orderBy: { id: 'asc' },
    })
    expect(rows.map((row) => [row.id, Buffer.from(row.handle).toString(), row.language])).toEqual([
      [BigInt(ids[0] ?? 0), 'a', 'id'],
      [BigInt(ids[1] ?? 0), 'b', 'id'],
    ])
  })

  it('is undone by what is thrown in it, and gives its connection back', async () => {
    for (let i = 0; i < 10; i += 1) {
      const failing = transaction(async (tx) => {
        await tx.query({ ...insertAddress, values: [Buffer.from('gone'), ''] })
        throw new Error('changed my mind')
      })
      await expect(failing).rejects.toThrow('changed my mind')
    }
    expect(await countAddresses('gone')).toBe(0)
  })

  it('does not pretend to be kept when an error in it was swallowed', async () => {
    const pretending = transaction(async (tx) => {
      await tx.query({ ...insertAddress, values: [Buffer.from('swallowed'), ''] })
      await tx.query('SELECT 1/0').catch(() => undefined)
    })
    await expect(pretending).rejects.toThrow('went on after an error')
    expect(await countAddresses('swallowed')).toBe(0)
  })

  it('ends with an error and not the program when the connection dies in it', async () => {
    const dying = transaction(async (tx) => {
      await tx.query({ ...insertAddress, values: [Buffer.from('died'), ''] })
      const { rows } = await tx.query('SELECT pg_backend_pid() AS pid')
      const owner = new pg.Client(url)
      await owner.connect()
      await owner.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
      await owner.end()
      await tx.query('SELECT 1')
    })
    await expect(dying).rejects.toThrow()
    expect(await countAddresses('died')).toBe(0)
  })
})

it("an error of Prisma's does not repeat what was given", async () => {
  const twice = { channel: 'Siti', handle: Buffer.from('twice'), sealed: Buffer.from('') }
  await prisma.address.create({ data: twice })
  const error = await prisma.address.create({ data: twice }).catch((failure) => failure)
  expect(error.code).toBe('P2002')
  expect(String(error.stack) + JSON.stringify(error)).not.toContain('Siti')
})
