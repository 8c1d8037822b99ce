// The embedded Postgres: a real database server for a machine that has none.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { getOwnAccount } from './account.ts'
import { prepareBinaries } from './binaries.ts'
import { makeCluster, ownerName, readPassword } from './cluster.ts'
import { chooseHome } from './home.ts'
import { takeLock } from './lock.ts'
import { startServer, stopOrphan } from './server.ts'

/** A running embedded database. */
export interface Embedded {
  /** Where to connect as the owner; holds the password: never for a log. */
  url: string
  pid: number
  /** Stops the server and gives the data free; resolves when both are done. */
  stop(): Promise<void>
}

/** Where the embedded database lives, and who hears what it is doing. */
export interface EmbeddedOptions {
  dataDir: string
  /** Hears what a person at the terminal should know, one sentence at a time. */
  tell(sentence: string): void
  /** Where root puts what Postgres' account cannot reach; for tests. */
  shelter?: string
}

/**
 * Starts the database of `dataDir`, making it first where there is none. Throws EmbeddedError
 * with a sentence when it cannot, for one when another process has the data.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const shelter = options.shelter ?? '/var/lib/sapa-desa'
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true })
  const home = chooseHome(dataDir, shelter, options.tell)
  const release = takeLock(join(home.folder, 'lock'))
  try {
    const isRoot = getOwnAccount().uid === 0
    const native = prepareBinaries(home.account, isRoot ? shelter : home.folder)
    await stopOrphan(home)
    if (await makeCluster(home, native)) options.tell('Database baru sudah disiapkan.')
    const server = await startServer(home, native)
    const url = `postgresql://${ownerName}:${readPassword(home)}@127.0.0.1:${server.port}/postgres`
    return { url, pid: server.pid, stop: () => server.stop().finally(release) }
  } catch (error) {
    release()
    throw error
  }
}
