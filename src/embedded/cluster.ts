// Makes the folder of files that is a Postgres database cluster: whole or not at all.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'
import type { Home } from './home.ts'

/** Name of the cluster's owner inside Postgres. */
export const ownerName = 'sapa'

/** What Postgres' programs see of the environment: nothing of ours, least of all keys. */
export const plainEnvironment = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }

/** The password of a cluster, from the file beside its data that only its account may read. */
export function readPassword(home: Home): string {
  return readFileSync(join(home.cluster, 'password'), 'utf8').trim()
}

/**
 * Makes the cluster if there is none. It is made under another name and
 * renamed when it is complete, so a start that was killed half way leaves nothing to trip over.
 * Needs the lock of the home.
 */
export async function makeCluster(home: Home, native: string): Promise<void> {
  for (const each of readdirSync(home.folder)) {
    // The initdb of a killed start may still be writing there.
    const patience = { recursive: true, maxRetries: 20, retryDelay: 50 }
    if (each.startsWith('postgres.new-')) rmSync(join(home.folder, each), patience)
  }
  if (existsSync(home.cluster)) return
  const draft = join(home.folder, `postgres.new-${process.pid}`)
  const password = join(draft, 'password')
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  for (const each of [draft, password]) chownSync(each, home.account.uid, home.account.gid)
  await runInitdb(home, native, draft)
  // initdb has forced its files to the disk; the names around them are ours to force.
  for (const each of [password, draft]) syncToDisk(each)
  renameSync(draft, home.cluster)
  syncToDisk(home.folder)
}

function runInitdb(home: Home, native: string, draft: string): Promise<void> {
  const words = [
    `--pgdata=${join(draft, 'data')}`,
    `--pwfile=${join(draft, 'password')}`,
    `--username=${ownerName}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres' own C.UTF-8 sorts alike on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]
  const log = openSync(home.log, 'a', 0o600)
  const child = spawn(join(native, 'bin/initdb'), words, {
    ...home.account,
    cwd: '/',
    env: plainEnvironment,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) return resolve()
      reject(new EmbeddedError(`Database tidak bisa disiapkan. Sebabnya ada di ${home.log}.`))
    })
  })
}

function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
