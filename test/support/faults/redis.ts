// A Redis of a test's own, which can be killed and started again on its port and files.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { Redis } from 'ioredis'
import { makeScratch } from '../scratch.ts'

/** Whether this machine has Redis at all. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis) {
  console.warn(
    'Tests on Redis are skipped: there is none. Get it with: apt-get install redis-server',
  )
}

/** A running Redis. */
export interface TestRedis {
  url: string
  flush(): Promise<void>
  /** SIGKILL, and started again with its files after so long, in ms. */
  restart(downMs: number): Promise<void>
  /** Everything in it, as text. */
  dump(): Promise<string>
  close(): Promise<void>
}

/** Starts a Redis that keeps what it takes, as the program asks for. */
export async function startRedis(): Promise<TestRedis> {
  const dir = makeScratch('sapa-redis-')
  const port = await findFreePort()
  let child = run(port, dir)
  const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null })
  redis.on('error', () => undefined)
  await redis.ping()
  return {
    url: `redis://127.0.0.1:${port}`,
    flush: async () => void (await redis.flushall()),
    restart: async (downMs) => {
      await end(child)
      await new Promise((resolve) => setTimeout(resolve, downMs))
      child = run(port, dir)
      await redis.ping()
    },
    dump: () => dump(redis),
    close: async () => {
      redis.disconnect()
      await end(child)
      rmSync(dir, { recursive: true })
    },
  }
}

function run(port: number, dir: string): ChildProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir]
  const keeps = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--save', '']
  return spawn('redis-server', [...settings, ...keeps], { stdio: 'ignore' })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

async function dump(redis: Redis): Promise<string> {
  const texts: string[] = []
  for (const key of await redis.keys('*')) {
    const type = await redis.type(key)
    const value =
      type === 'hash'
        ? await redis.hgetall(key)
        : type === 'list'
          ? await redis.lrange(key, 0, -1)
          : type === 'zset'
            ? await redis.zrange(key, '0', '-1')
            : type === 'set'
              ? await redis.smembers(key)
              : type === 'stream'
                ? await redis.xrange(key, '-', '+')
                : await redis.get(key)
    texts.push(`${key} ${JSON.stringify(value)}`)
  }
  return texts.join('\n')
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
