// The way to the database: one pool of connections, transactions, the role that asks.
import pg from 'pg'
import { must } from '../core/must.ts'

/** What can be asked with SQL: the pool, or one transaction. Functions here take it first. */
export type Tx = Pick<pg.PoolClient, 'query'>

/** One transaction under way. */
export interface Transaction extends Tx {
  /** Sends a statement whose answer nobody needs; it is waited for together with the COMMIT. */
  send(statement: pg.QueryConfig): void
}

/** An open database. */
export interface Database {
  pool: pg.Pool
  /** Runs `work` in one transaction; whatever it throws undoes all of it and is thrown on. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Waits for what is under way and closes every connection. */
  close(): Promise<void>
}

/** The role that the program works as; it may not change the audit. */
const appRole = 'sapa_app'
const connectMs = 10_000
const statementMs = 30_000

/** Opens `url`; connections are made when they are first needed. */
export function openDatabase(url: string, { maxConnections = 10 } = {}): Database {
  const pool = new pg.Pool({
    connectionString: asRole(url),
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    // Statements are sent without waiting for the answer to the one before.
    pipeline: true,
    types: { getTypeParser },
  })
  // A connection was lost while nobody asked it anything. Whoever asks next learns of it; an
  // error event that nobody hears would end the program.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    pool,
    transaction: (work) => runTransaction(pool, work),
    close: () => pool.end(),
  }
}

/** Connections that work in one schema, for a library that keeps its own tables there. */
export function openSchema(url: string, schema: string, maxConnections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
  })
  pool.on('error', () => undefined)
  // Each of the library's parts listens to it: many are no leak.
  pool.setMaxListeners(0)
  return pool
}

/**
 * Settings of the connection itself, so that no query has to be spent on them. What is asked often
 * is in memory: an index is as near as its table, and no question is worth being compiled. A named
 * statement is planned once: for a person alone, planning costs more than what is planned.
 */
const connectionSettings = [
  `role=${appRole}`,
  'random_page_cost=1.1',
  'jit=off',
  'plan_cache_mode=force_generic_plan',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

function asRole(url: string): string {
  const target = new URL(url)
  const given = target.searchParams.get('options') ?? ''
  target.searchParams.set('options', `${connectionSettings} ${given}`.trim())
  return target.href
}

async function runTransaction<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const sent: Promise<unknown>[] = []
  const query = ((...asked: Parameters<typeof client.query>) => {
    travelTogether(client)
    return client.query(...asked)
  }) as typeof client.query
  const send = (statement: pg.QueryConfig | string) => {
    const answer = query(statement)
    // It is reported below; until then nobody listens to it.
    answer.catch(() => undefined)
    sent.push(answer)
  }
  let broken: Error | undefined
  try {
    send('BEGIN')
    const result = await work({ query, send })
    const [{ command }] = await Promise.all([query('COMMIT'), ...sent])
    // Postgres answers a COMMIT after a swallowed error with ROLLBACK, and no error of its own.
    must(command === 'COMMIT', 'a transaction that went on after an error')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** What is asked in one tick goes out in one piece: each write costs as much as a small question. */
function travelTogether(client: pg.PoolClient) {
  const { stream } = (client as pg.PoolClient & Pick<pg.Client, 'connection'>).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/**
 * How rows are read: bigint as number (ids and counts stay far below 2^53), date as the text
 * `YYYY-MM-DD`, because a day is no moment and has no zone.
 */
const getTypeParser: typeof pg.types.getTypeParser = (oid, format) => {
  if (oid === pg.types.builtins.INT8 && format !== 'binary') return readBigint
  if (oid === pg.types.builtins.DATE && format !== 'binary') return (text: string) => text
  return pg.types.getTypeParser(oid, format)
}

function readBigint(text: string): number {
  const value = Number(text)
  must(Number.isSafeInteger(value), 'a bigint beyond what a number can hold')
  return value
}
