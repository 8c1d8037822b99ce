// A database of its own for a test file, dropped when the file is done.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

/**
 * Makes a database with all tables and no rows, and returns its url for the owner (openDatabase
 * takes the limited role by itself). Call in the body of a test file, a describe or beforeAll.
 */
export function freshDatabase(): Promise<string> {
  return createDatabase('template')
}

/** A database without any table, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<string> {
  return createDatabase('template0')
}

async function createDatabase(template: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  // FORCE ends what a test has left open: it must not keep the whole run waiting.
  afterAll(() => ask(`DROP DATABASE ${name} WITH (FORCE)`))
  // Where writing is cheap, to copy the files takes half of what it takes to write them down.
  await ask(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

async function ask(sql: string): Promise<void> {
  const client = new pg.Client(inject('postgresUrl'))
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
