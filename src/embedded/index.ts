// The embedded Postgres: a real database server for a machine that has none.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { getOwnAccount } from './account.ts'
import { prepareBinaries } from './binaries.ts'
import { makeCluster, ownerName, readPassword } from './cluster.ts'
import { EmbeddedError } from './embedded-error.ts'
import { chooseHome } from './home.ts'
import { keepServer } from './keep.ts'
import { takeLock } from './lock.ts'

/** A running embedded database. */
export interface Embedded {
  /** Where to connect as the owner; holds the password: never for a log. */
  url: string
  /** Of the server; another one after it died and was started again. */
  readonly pid: number
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
 * with a sentence when it cannot, among others when another process has the data.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const shelter = options.shelter ?? '/var/lib/sapa-desa'
  const dataDir = resolve(options.dataDir)
  makeFolder(dataDir)
  const home = chooseHome(dataDir, shelter, options.tell)
  const release = takeLock(join(home.folder, 'lock'))
  try {
    // The log tells of this run only; nothing in it is needed later.
    rmSync(home.log, { force: true })
    const isRoot = getOwnAccount().uid === 0
    const native = prepareBinaries(home.account, isRoot ? shelter : home.folder)
    if (!existsSync(home.cluster)) options.tell('Menyiapkan database baru …')
    await makeCluster(home, native)
    const server = await keepServer(home, native, options.tell)
    const url = `postgresql://${ownerName}:${readPassword(home)}@127.0.0.1:${server.port}/postgres`
    return {
      url,
      get pid() {
        return server.pid
      },
      stop: () => server.stop().finally(release),
    }
  } catch (error) {
    release()
    throw error
  }
}

/** Where to connect to the embedded database that another process runs; nothing when none does. */
export function findEmbedded(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) return undefined
  const home = chooseHome(resolve(dataDir), '/var/lib/sapa-desa', () => undefined)
  const file = join(home.cluster, 'data', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const port = readFileSync(file, 'utf8').split('\n')[3]?.trim()
  return port
    ? `postgresql://${ownerName}:${readPassword(home)}@127.0.0.1:${port}/postgres`
    : undefined
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
    accessSync(path, constants.W_OK)
  } catch {
    throw new EmbeddedError(
      `Folder ${path} tidak bisa ditulis. Beri izin, atau pilih folder lain dengan DATA_DIR.`,
    )
  }
}
