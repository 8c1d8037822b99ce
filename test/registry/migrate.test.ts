// Migrations: all of a file or nothing, once, in order, and no strange history.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MigrationError, migrate } from '../../src/registry/migrate.ts'
import { emptyDatabase, freshDatabase } from '../support/postgres.ts'

let folder: string
let url: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sapa-desa-migrations-'))
  url = await emptyDatabase()
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'migration.sql'), sql)
}

async function ask<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<T>(sql)
  await client.end()
  return rows
}

describe('migrate', () => {
  it('applies what is missing, in order, and nothing twice', async () => {
    write('2_second', 'ALTER TABLE one ADD COLUMN b int')
    write('1_first', 'CREATE TABLE one (a int); INSERT INTO one VALUES (1)')
    writeFileSync(join(folder, 'migration_lock.toml'), '')
    expect(await migrate(url, folder)).toEqual(['1_first', '2_second'])
    write('3_third', 'INSERT INTO one VALUES (2, 3)')
    expect(await migrate(url, folder)).toEqual(['3_third'])
    expect(await migrate(url, folder)).toEqual([])
    expect(await ask('SELECT * FROM one ORDER BY a')).toEqual([
      { a: 1, b: null },
      { a: 2, b: 3 },
    ])
  })

  it('keeps nothing of a file that fails, and keeps the files before it', async () => {
    write('1_first', 'CREATE TABLE one (a int)')
    write('2_second', 'CREATE TABLE two (a int); INSERT INTO nowhere VALUES (1)')
    await expect(migrate(url, folder)).rejects.toThrow(/"2_second".*nowhere/)
    const tables = await ask(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
    expect(tables.map((each) => each.tablename).sort()).toEqual(['_prisma_migrations', 'one'])
    write('2_second', 'CREATE TABLE two (a int)')
    expect(await migrate(url, folder)).toEqual(['2_second'])
  })

  it('is done by one when several start at once', async () => {
    write('1_first', 'SELECT pg_sleep(0.2); CREATE TABLE one (a int)')
    const all = await Promise.all([1, 2, 3].map(() => migrate(url, folder)))
    expect(all.flat()).toEqual(['1_first'])
  })

  it.each([
    [
      'a file that changed',
      () => write('1_first', 'CREATE TABLE other (a int)'),
      /1_first.*berubah/,
    ],
    [
      'a history it does not know',
      () => rmSync(join(folder, '1_first'), { recursive: true }),
      /baru/,
    ],
  ])('refuses %s', async (_, change, sentence) => {
    write('1_first', 'CREATE TABLE one (a int)')
    await migrate(url, folder)
    change()
    write('2_second', 'CREATE TABLE two (a int)')
    await expect(migrate(url, folder)).rejects.toThrow(MigrationError)
    await expect(migrate(url, folder)).rejects.toThrow(sentence)
    expect(await ask(`SELECT FROM pg_tables WHERE tablename = 'two'`)).toEqual([])
  })

  it('refuses what Prisma left half done', async () => {
    write('1_first', 'CREATE TABLE one (a int)')
    await migrate(url, folder)
    await ask('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrate(url, folder)).rejects.toThrow(/tengah jalan/)
    await ask('UPDATE _prisma_migrations SET rolled_back_at = now(); DROP TABLE one')
    expect(await migrate(url, folder)).toEqual(['1_first'])
  })

  it('has nothing left to do on the database that tests get', async () => {
    cpSync('prisma/migrations', folder, { recursive: true })
    expect(await migrate(await freshDatabase(), folder)).toEqual([])
  })
})
