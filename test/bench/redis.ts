// A Redis of its own, where redis-server is installed: on a free port, every write kept in a file.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A running Redis. */
export interface RedisServer {
  url: string
  stop(): Promise<void>
}

/** Starts it; undefined where it is not installed. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const port = await findFreePort()
  const dir = mkdtempSync(join(tmpdir(), 'sapa-desa-redis-'))
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--appendonly',
    'yes',
  ]
  const child = spawn('redis-server', settings, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const url = `redis://127.0.0.1:${port}`
  const isReady = await Promise.race([answers(url), ended.then(() => false)])
  const stop = async () => {
    child.kill()
    await ended
    rmSync(dir, { recursive: true })
  }
  if (isReady) return { url, stop }
  await stop()
  return undefined
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { maxRetriesPerRequest: 20, retryStrategy: () => 50 })
  client.on('error', () => undefined)
  try {
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
