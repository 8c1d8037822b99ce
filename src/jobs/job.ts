// What a job is, and the queues that ring for it. The only file that knows the queue's library.
import { createPostgresBackend, Queue, type QueueOptions, runMigrations, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { openSchema } from '../registry/database.ts'
import type { JobData, JobName, QueueState, Ring, Runtime } from '../runtime.ts'
import { createRing } from './ring.ts'

/** One background job: a name, what it does, and when it runs by itself. */
export interface Job<N extends JobName = JobName> {
  name: N
  /** Runs of it under way at once in one process. */
  concurrency: number
  /** Which process runs it. */
  role: 'channels' | 'work'
  /** Runs by itself so often, in milliseconds, or by a cron pattern in the branch's zone. */
  every?: { everyMs: number } | { pattern: string }
  /** Does the work. Harmless when done twice; what fails is tried again by the next bell. */
  run(runtime: Runtime, data: JobData[N]): Promise<void>
}

/** Describes a job; one file each, listed in index.ts. */
export function defineJob<N extends JobName>(job: Job<N>): Job {
  return job as unknown as Job
}

/** The queues of this process. */
export interface Queues {
  /** What is missing for a queue that outlives a restart, in sentences for whoever starts this. */
  findRisks(): Promise<string[]>
  ring: Ring
  /** Begins to run the jobs of these roles. */
  work(runtime: Runtime, jobs: Job[]): Promise<void>
  /** How many bells wait, by job; throws when the queue cannot be reached. */
  count(): Promise<Record<string, number>>
  /** Every queue as officers see it; throws when the queue cannot be reached. */
  states(): Promise<QueueState[]>
  /** Rings again for all that failed in one queue; how many there were. */
  retry(name: JobName): Promise<number>
  close(): Promise<void>
}

/** Schedulers are written again so often: a queue that was emptied gets its clocks back. */
const rescheduleMs = 15_000

/** Queues that are open, and what works at them. */
interface Open {
  backend: Backend
  queues: Map<JobName, Queue>
  warn: (job: string, error: unknown) => void
  workers: Worker[]
  rescheduling: NodeJS.Timeout | undefined
  /** Does here what could not be rung for, if it is this process' to do. */
  runHere: (name: JobName, data: JobData[JobName]) => void
}

/** Opens a queue for each job, on Redis where REDIS_URL is set, else in the same Postgres. */
export async function openQueues(
  config: Config,
  databaseUrl: string,
  log: Log,
  names: JobName[],
): Promise<Queues> {
  const backend = config.REDIS_URL
    ? redisBackend(config.REDIS_URL)
    : await postgresBackend(databaseUrl, names.length)
  const open: Open = {
    backend,
    queues: new Map(names.map((name) => [name, backend.queue(name)])),
    warn: createWarning(log),
    workers: [],
    rescheduling: undefined,
    runHere: () => undefined,
  }
  for (const queue of open.queues.values()) {
    queue.on('error', (error) => open.warn(queue.name, error))
  }
  return {
    findRisks: () => backend.findRisks(),
    ring: createRing((name, data) => addBell(open, name, data)),
    work: (runtime, jobs) => startWork(open, runtime, jobs),
    count: () => countWaiting(open),
    states: () => readStates(open),
    retry: (name) => retryFailed(open, name),
    close: () => closeAll(open),
  }
}

async function addBell(open: Open, name: JobName, data: JobData[JobName]) {
  try {
    await open.queues.get(name)?.add(name, data, jobOptions)
  } catch (error) {
    open.warn(name, error)
    open.runHere(name, data)
  }
}

async function startWork(open: Open, runtime: Runtime, jobs: Job[]) {
  const schedule = () => scheduleAll(open.queues, jobs, runtime.book.branch.zone)
  await schedule()
  open.rescheduling = setInterval(() => {
    schedule().catch((error) => open.warn('schedule', error))
  }, rescheduleMs)
  for (const job of jobs) {
    const worker = open.backend.worker(job, (data) => job.run(runtime, data))
    worker.on('error', (error) => {
      open.warn(job.name, error)
      rest(worker)
    })
    worker.on('failed', (_job, error) => open.warn(job.name, error))
    open.workers.push(worker)
  }
  // One that fails before it was ready never tries again: better that the start fails.
  const all = [...open.queues.values(), ...open.workers]
  await Promise.all(all.map((one) => one.waitUntilReady()))
  open.runHere = (name, data) => {
    const job = jobs.find((one) => one.name === name)
    job?.run(runtime, data).catch((error) => open.warn(name, error))
  }
}

async function countWaiting({ queues }: Open): Promise<Record<string, number>> {
  const counts = [...queues].map(async ([name, queue]) => {
    const { waiting = 0 } = await queue.getJobCounts('waiting')
    return [name, waiting] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

function readStates({ queues }: Open): Promise<QueueState[]> {
  const states = [...queues].map(async ([name, queue]) => {
    const counts = await queue.getJobCounts('waiting', 'active', 'failed')
    const { waiting = 0, active: running = 0, failed = 0 } = counts
    const [oldest] = waiting > 0 ? await queue.getWaiting(0, 0) : []
    const oldestAt = oldest && { oldestAt: new Date(oldest.timestamp) }
    return { name, waiting, running, failed, ...oldestAt }
  })
  return Promise.all(states)
}

async function retryFailed({ queues }: Open, name: JobName): Promise<number> {
  const queue = queues.get(name)
  const { failed = 0 } = (await queue?.getJobCounts('failed')) ?? {}
  if (failed > 0) await queue?.retryJobs({ state: 'failed', count: failed })
  return failed
}

async function closeAll(open: Open) {
  const { backend, queues, workers, rescheduling } = open
  clearInterval(rescheduling)
  await Promise.all(workers.map((worker) => worker.close()))
  // A worker that had just begun to listen leaves a connection behind, which breaks with the
  // database: nobody needs to hear of it.
  open.warn = () => undefined
  await Promise.all([...queues.values()].map((queue) => queue.close()))
  await backend.close()
}

/** A worker that met an error rests so long, in ms: by itself it asks again at once, for ever. */
const restMs = 1_000

function rest(worker: Worker) {
  if (worker.isPaused()) return
  worker.pause(true).catch(() => undefined)
  setTimeout(() => worker.resume(), restMs).unref()
}

const jobOptions = { removeOnComplete: true, removeOnFail: 1_000 }

/**
 * Stalls say nothing about the work: the rows do.
 * So a job may stall often before it is dropped.
 */
const workerOptions = { maxStalledCount: 10, lockDuration: 30_000, stalledInterval: 15_000 }

interface Backend {
  queue(name: JobName): Queue
  worker(job: Job, run: (data: JobData[JobName]) => Promise<void>): Worker
  findRisks(): Promise<string[]>
  close(): Promise<void>
}

function redisBackend(url: string): Backend {
  // A producer fails fast while Redis is away; a worker waits for it.
  const producer = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  const consumer = new Redis(url, { maxRetriesPerRequest: null })
  producer.on('error', () => undefined)
  consumer.on('error', () => undefined)
  return {
    queue: (name) => new Queue(name, { connection: producer }),
    worker: (job, run) =>
      new Worker(job.name, ({ data }) => run(data), {
        ...workerOptions,
        connection: consumer,
        concurrency: job.concurrency,
      }),
    findRisks: () => findRedisRisks(consumer),
    close: async () => {
      producer.disconnect()
      consumer.disconnect()
    },
  }
}

/** Redis as it comes forgets what it was told: without these two settings bells are lost. */
const redisSettings = { appendonly: 'yes', 'maxmemory-policy': 'noeviction' }

async function findRedisRisks(redis: Redis): Promise<string[]> {
  const risks: string[] = []
  for (const [name, wanted] of Object.entries(redisSettings)) {
    // Some hosts forbid CONFIG; what cannot be asked is not known to be wrong.
    const answer = (await redis.config('GET', name).catch(() => [])) as string[]
    const value = Array.isArray(answer) ? answer[1] : (answer as Record<string, string>)[name]
    if (value !== undefined && value !== wanted) {
      risks.push(`PERHATIAN: Redis memakai ${name} ${value}; ubah menjadi ${wanted}.`)
    }
  }
  return risks
}

const queueSchema = 'bullmq'
/** Beside the one on which each worker listens: what the queues ask with, all together. */
const askingConnections = 4

/** All queues and workers share one pool: a database has connections to spare for few processes. */
async function postgresBackend(url: string, workers: number): Promise<Backend> {
  const pool = openSchema(url, queueSchema, workers + askingConnections)
  await migrateQueues(pool)
  return {
    queue: (name) => {
      const options = { connection: pool } as unknown as QueueOptions
      return new Queue(name, options, createPostgresBackend as never) as unknown as Queue
    },
    worker: (job, run) =>
      new Worker(
        job.name,
        ({ data }: { data: JobData[JobName] }) => run(data),
        { ...workerOptions, connection: pool, concurrency: job.concurrency },
        createPostgresBackend,
      ) as unknown as Worker,
    findRisks: async () => [],
    close: () => pool.end(),
  }
}

async function migrateQueues(pool: ReturnType<typeof openSchema>) {
  const client = await pool.connect()
  try {
    await runMigrations(client, queueSchema)
  } finally {
    client.release()
  }
}

async function scheduleAll(queues: Map<JobName, Queue>, jobs: Job[], tz: string) {
  for (const job of jobs) {
    if (!job.every) continue
    const repeat =
      'everyMs' in job.every ? { every: job.every.everyMs } : { pattern: job.every.pattern, tz }
    await queues
      .get(job.name)
      ?.upsertJobScheduler(job.name, repeat, { name: job.name, data: {}, opts: jobOptions })
  }
}

/** Of the same trouble so much is logged: a line each so many ms, however often it comes. */
const sameTroubleMs = 5_000

function createWarning(log: Log) {
  const warnedAt = new Map<string, number>()
  return (job: string, error: unknown) => {
    const code = (error as { code?: string }).code ?? ''
    const name = error instanceof Error ? error.name : 'unknown'
    const trouble = `${job} ${name} ${code}`
    if (Date.now() - (warnedAt.get(trouble) ?? 0) < sameTroubleMs) return
    warnedAt.set(trouble, Date.now())
    log.warn({ job, error: name, code }, 'trouble with the queue; the sweep makes up for it')
  }
}
