// A database of its own for a benchmark, and the program's parts on top of it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createClock } from '../../src/clock.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { Book } from '../../src/core/book.ts'
import { startEmbedded } from '../../src/embedded/index.ts'
import { createLog } from '../../src/log.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { migrate } from '../../src/registry/migrate.ts'
import { createSeal, parseSecretKeys, type Seal } from '../../src/registry/seal.ts'
import type { Ring, Runtime } from '../../src/runtime.ts'

/** An embedded Postgres of this benchmark alone, with all tables. */
export interface Ground {
  /** Connects as the owner. */
  url: string
  config: Config
  seal: Seal
  runtimeOf(book: Book, ring: Ring): Runtime
  close(): Promise<void>
}

const secretKey = 'ab'.repeat(32)

/** Starts it in a new temporary folder; commits wait for the disk, as they do in earnest. */
export async function openGround(environment: Record<string, string> = {}): Promise<Ground> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sapa-desa-bench-'))
  // As root the server runs under another account, and a new temporary folder is closed to it.
  chmodSync(dataDir, 0o755)
  const server = await startEmbedded({ dataDir, tell: () => undefined })
  await migrate(server.url)
  const config = readConfig({
    DATABASE_URL: server.url,
    SECRET_KEY: secretKey,
    LOG_LEVEL: 'warn',
    ...environment,
  })
  const db = openDatabase(server.url)
  const log = createLog(config.LOG_LEVEL)
  const seal = createSeal(parseSecretKeys(secretKey))
  return {
    url: server.url,
    config,
    seal,
    runtimeOf: (book, ring) => {
      const clock = createClock(book.branch.zone)
      return { config, log, clock, db, seal, book, ring, channels: new Map() }
    },
    close: async () => {
      await db.close()
      await server.stop()
      rmSync(dataDir, { recursive: true })
    },
  }
}

/** The floor of everything durable: rows of 300 bytes, one INSERT per transaction. */
export interface InsertFloor {
  /** Inserts so many rows over 32 connections. */
  insert(count: number): Promise<void>
  /** Inserts one row over one connection; gives the milliseconds it took. */
  insertAlone(): Promise<number>
  close(): Promise<void>
}

const floorConnections = 32

/** Makes the floor's table, with a unique key as every table of ours has. */
export async function openInsertFloor(url: string): Promise<InsertFloor> {
  const pool = new pg.Pool({ connectionString: url, max: floorConnections })
  // The server ends before the last connection has said goodbye.
  pool.on('error', () => undefined)
  await pool.query('CREATE TABLE bench_floor (key bigint PRIMARY KEY, body bytea NOT NULL)')
  const { rows } = await pool.query<{ setting: string }>(
    `SELECT current_setting('synchronous_commit') || current_setting('fsync') AS setting`,
  )
  if (rows[0]?.setting !== 'onon') throw new Error('commits do not wait for the disk')
  const body = Buffer.alloc(300, 7)
  let key = 0
  const text = 'INSERT INTO bench_floor (key, body) VALUES ($1, $2)'
  const insertOne = (client: pg.ClientBase) =>
    client.query({ name: 'floor', text, values: [key++, body] })
  return {
    insert: async (count) => {
      const last = key + count
      const clients = await Promise.all(
        Array.from({ length: floorConnections }, () => pool.connect()),
      )
      await Promise.all(
        clients.map(async (client) => {
          while (key < last) await insertOne(client)
          client.release()
        }),
      )
    },
    insertAlone: async () => {
      const client = await pool.connect()
      const startedAt = performance.now()
      await insertOne(client)
      const tookMs = performance.now() - startedAt
      client.release()
      return tookMs
    },
    close: () => pool.end(),
  }
}
