// The plain way to register on a queue in Postgres: one job for each submission, one insert for each job.
import { createPostgresBackend, Queue, type QueueOptions, Worker } from 'bullmq'
import pg from 'pg'
import { mustEqual } from './measure.ts'

/** Adds jobs and waits until each has been worked on. */
export interface PlainPath {
  register(count: number, duplicateEvery: number): Promise<void>
  close(): Promise<void>
}

const name = 'plain'
const inFlight = 64

/** Opens the queue, its worker and the table that it inserts into, unique by its key. */
export async function openPlainPath(url: string): Promise<PlainPath> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  // The server ends before the last connection has said goodbye.
  pool.on('error', () => undefined)
  await pool.query('CREATE TABLE bench_plain (key text PRIMARY KEY, body bytea NOT NULL)')
  const connection = { connectionString: url, schema: 'bullmq', migrate: true, max: 10 }
  const options = { connection } as unknown as QueueOptions
  const queue = new Queue(name, options, createPostgresBackend as never)
  let done = () => {}
  // By id: a job that stalled is handed out twice.
  const handled = new Set<string>()
  const body = Buffer.alloc(300, 7)
  const text = 'INSERT INTO bench_plain (key, body) VALUES ($1, $2) ON CONFLICT DO NOTHING'
  const worker = new Worker(
    name,
    async ({ id, data }: { id?: string; data: { key: string } }) => {
      await pool.query({ name: 'plain', text, values: [data.key, body] })
      handled.add(String(id))
      done()
    },
    { connection, concurrency: inFlight },
    createPostgresBackend,
  )
  let crowd = 0
  const register = async (count: number, duplicateEvery: number) => {
    crowd += 1
    handled.clear()
    const allDone = new Promise<void>((resolve) => {
      done = () => handled.size === count && resolve()
    })
    let next = 0
    const add = async () => {
      while (next < count) {
        const number = next++
        const isDuplicate = number % duplicateEvery === duplicateEvery - 1
        const key = `${crowd}:${isDuplicate ? number - 1 : number}`
        await queue.add(name, { key }, { removeOnComplete: true })
      }
    }
    await Promise.all([...Array.from({ length: inFlight }, add), allDone])
    const { rows } = await pool.query('SELECT count(*)::int FROM bench_plain WHERE key LIKE $1', [
      `${crowd}:%`,
    ])
    mustEqual(rows[0].count, count - count / duplicateEvery, 'rows of the plain path')
  }
  const close = async () => {
    await worker.close()
    await queue.close()
    await pool.end()
  }
  return { register, close }
}
