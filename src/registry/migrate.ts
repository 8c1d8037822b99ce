// Brings a database's tables up to date: plain SQL files, kept count of as Prisma does.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** Why the database cannot be brought up to date, in Indonesian and with what to do. */
export class MigrationError extends Error {}

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Applied {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

const ownFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
/** The key that Prisma's own command locks with, so that the two never work at once. */
const lockKey = 72_707_369
/**
 * Column by column Prisma's own table, so that
 * `prisma migrate deploy` agrees with what is here.
 */
const bookSql = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`

/**
 * Applies what `url` does not have yet, each file in its own transaction, and returns the names.
 * `url` connects as the owner. Throws MigrationError when the database has another history.
 */
export async function migrate(url: string, folder = ownFolder): Promise<string[]> {
  const migrations = readMigrations(folder)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    await client.query(bookSql)
    const todo = findMissing(migrations, await readApplied(client))
    for (const each of todo) await apply(client, each)
    return todo.map((each) => each.name)
  } finally {
    // The lock goes with the connection.
    await client.end()
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    `SELECT migration_name, checksum, finished_at FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows
}

function findMissing(migrations: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(migrations.map((each) => [each.name, each]))
  for (const { migration_name: name, checksum, finished_at } of applied) {
    const file = known.get(name)
    if (!file) {
      throw new MigrationError(
        `Database ini dipakai versi program yang lebih baru (perubahan "${name}" tidak dikenal ` +
          'di sini). Jalankan versi terbaru, atau pulihkan cadangan yang lebih lama.',
      )
    }
    if (!finished_at) {
      throw new MigrationError(
        `Perubahan "${name}" pada database pernah terhenti di tengah jalan. ` +
          'Pulihkan cadangan, atau selesaikan dengan "prisma migrate resolve".',
      )
    }
    if (file.checksum !== checksum) {
      throw new MigrationError(
        `Isi berkas prisma/migrations/${name}/migration.sql berubah setelah dipakai. ` +
          'Kembalikan isinya; perubahan baru ditulis dalam berkas baru.',
      )
    }
  }
  const names = new Set(applied.map((each) => each.migration_name))
  return migrations.filter((each) => !names.has(each.name))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(`Perubahan "${name}" pada database gagal: ${reason}`, { cause: error })
  }
}
