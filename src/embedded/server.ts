// Starts and stops one Postgres server on a cluster.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { plainEnvironment } from './cluster.ts'
import { EmbeddedError } from './embedded-error.ts'
import type { Home } from './home.ts'
import { findCommand, isAlive } from './processes.ts'

/** A running server. */
export interface Server {
  pid: number
  port: number
  /** Resolves when the server is gone, for whatever reason. */
  gone: Promise<void>
  /** Ends every connection, writes everything down and resolves when the server is gone. */
  stop(): Promise<void>
}

const lookAgainMs = 10
const fastStopMs = 30_000

/**
 * Starts the server on 127.0.0.1, on a free port or on the one it had; resolves when it takes
 * connections. Throws EmbeddedError with Postgres' own last words when it does not start.
 */
export async function startServer(home: Home, native: string, oldPort?: number): Promise<Server> {
  for (let tries = 1; ; tries += 1) {
    await stopOrphan(home)
    const port = oldPort ?? (await findFreePort())
    const child = spawnPostgres(home, native, port)
    if (await becomesReady(child, home)) return describe(child, port)
    const log = readFileSync(home.log, 'utf8')
    // Somebody took the port between finding and using it, or a server that a killed program had
    // just begun to start came first.
    if (tries < 5 && /could not bind|lock file .* already exists/.test(log)) continue
    const reason = log.trim().split('\n').at(-1) ?? ''
    throw new EmbeddedError(`Postgres tidak mau mulai: ${reason} (catatan lengkap: ${home.log})`)
  }
}

/** Stops a server that outlived its program: two cannot work on the same files. */
async function stopOrphan(home: Home): Promise<void> {
  const file = join(home.cluster, 'data/postmaster.pid')
  const pid = Number(readLines(file)[0])
  if (!pid || !isAlive(pid)) return
  if (findCommand(pid).includes(home.cluster)) {
    process.kill(pid, 'SIGINT')
    await waitUntilGone(pid, () => isAlive(pid))
  } else {
    // The id was given to a stranger after a restart of the machine or container. Postgres
    // would take the stranger for a server and refuse.
    rmSync(file)
  }
}

/**
 * Postgres is started here and not by the package's own class, because that prints, listens on
 * every address, keeps Ctrl-C for itself, and dies with it before the program has finished.
 */
function spawnPostgres(home: Home, native: string, port: number): ChildProcess {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    // Of a process that was killed the connections live on for a while, beside those of the next.
    max_connections: 200,
    // No statement and no row of a person in the log: errors are for whoever asked, not for it.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(home.log, 'a', 0o600)
  const child = spawn(join(native, 'bin/postgres'), ['-D', join(home.cluster, 'data'), ...words], {
    ...home.account,
    cwd: '/',
    env: plainEnvironment,
    stdio: ['ignore', log, log],
    // Its own process group: Ctrl-C in the terminal reaches the program alone.
    detached: true,
  })
  closeSync(log)
  child.unref()
  return child
}

async function becomesReady(child: ChildProcess, home: Home): Promise<boolean> {
  const file = join(home.cluster, 'data/postmaster.pid')
  let failed = false
  child.on('error', () => {
    failed = true
  })
  while (!failed && isRunning(child)) {
    const lines = readLines(file)
    if (lines[0] === String(child.pid) && lines[7]?.trim() === 'ready') return true
    await pause(lookAgainMs)
  }
  return false
}

function describe(child: ChildProcess, port: number): Server {
  const pid = child.pid ?? 0
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const onExit = () => void (isRunning(child) && child.kill('SIGINT'))
  // A program that ends without stopping us (an error nobody caught) leaves no server behind.
  process.once('exit', onExit)
  void gone.then(() => process.removeListener('exit', onExit))
  const stop = async () => {
    if (isRunning(child)) child.kill('SIGINT')
    await waitUntilGone(pid, () => isRunning(child))
  }
  return { pid, port, gone, stop }
}

async function waitUntilGone(pid: number, isThere: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + fastStopMs
  let isPatient = true
  while (isThere()) {
    if (isPatient && performance.now() > giveUpAt) {
      isPatient = false
      // Loses nothing that was committed: the next start reads it back from its journal.
      process.kill(pid, 'SIGQUIT')
    }
    await pause(lookAgainMs)
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
