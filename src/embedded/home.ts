// Where the cluster, its log and its lock live: in the data folder, or in a shelter beside it.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, canReach, getClusterAccount, getOwnAccount } from './account.ts'
import { EmbeddedError } from './embedded-error.ts'

/** The places of one embedded database, and the account that it belongs to. */
export interface Home {
  folder: string
  /** Appears whole, by a rename: holds `data` and `password`. */
  cluster: string
  log: string
  account: Account
}

/**
 * Decides where the database of a data folder lives. What was decided at the first start is
 * kept: a folder whose mode changed later must not look like a fresh, empty database.
 */
export function chooseHome(
  dataDir: string,
  shelter: string,
  tell: (sentence: string) => void,
): Home {
  const note = join(dataDir, 'postgres.at')
  if (existsSync(note)) return settle(readFileSync(note, 'utf8').trim())
  if (existsSync(join(dataDir, 'postgres'))) return settle(dataDir)
  const account = getClusterAccount()
  if (canReach(account, dataDir)) return describe(dataDir, account)
  const folder = join(shelter, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
  mkdirSync(folder, { recursive: true })
  // Whatever the umask says, Postgres' account must get in.
  for (const each of [shelter, folder]) chmodSync(each, 0o755)
  refuseIfClosed(account, folder)
  writeFileSync(note, `${folder}\n`)
  tell(`Folder ${dataDir} hanya bisa dibuka root, jadi isi database disimpan di ${folder}.`)
  return describe(folder, account)
}

/** A cluster that exists runs as its owner, whoever that is: Postgres insists on it. */
function settle(folder: string): Home {
  const cluster = join(folder, 'postgres')
  if (!existsSync(cluster)) return describe(folder, getClusterAccount())
  const { uid, gid } = statSync(cluster)
  const own = getOwnAccount()
  if (own.uid !== 0 && own.uid !== uid) {
    throw new EmbeddedError(
      `Database di ${cluster} milik pengguna lain (nomor ${uid}). ` +
        'Jalankan program ini sebagai pengguna yang dulu memulainya.',
    )
  }
  refuseIfClosed({ uid, gid }, folder)
  return describe(folder, { uid, gid })
}

function refuseIfClosed(account: Account, folder: string): void {
  if (canReach(account, folder)) return
  throw new EmbeddedError(
    `Postgres tidak bisa masuk ke folder ${folder}. ` +
      `Izinkan dengan "chmod o+x" pada folder itu dan semua folder di atasnya.`,
  )
}

function describe(folder: string, account: Account): Home {
  return {
    folder,
    cluster: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    account,
  }
}
