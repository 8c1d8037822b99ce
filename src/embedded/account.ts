// Who Postgres runs as: it refuses to run as root, so root lends it the account "postgres".
import { execFileSync } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'

/** A user and group of the system, by number. */
export interface Account {
  uid: number
  gid: number
}

/** The account of this process. */
export function getOwnAccount(): Account {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
}

/** The account that a new cluster will belong to; for root it is "postgres", made when missing. */
export function getClusterAccount(): Account {
  const own = getOwnAccount()
  if (own.uid !== 0) return own
  const existing = findAccount('postgres')
  if (existing) return existing
  try {
    execFileSync('groupadd', ['--system', '--force', 'postgres'], { stdio: 'ignore' })
    execFileSync(
      'useradd',
      ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/bin/false', 'postgres'],
      { stdio: 'ignore' },
    )
  } catch {
    // Another process may have made it in the same moment: looked up again below.
  }
  const made = findAccount('postgres')
  if (made) return made
  throw new EmbeddedError(
    'Postgres tidak mau berjalan sebagai root dan pengguna "postgres" tidak bisa dibuat. ' +
      'Jalankan program ini sebagai pengguna biasa, atau isi DATABASE_URL.',
  )
}

function findAccount(name: string): Account | undefined {
  try {
    const number = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: number('-u'), gid: number('-g') }
  } catch {
    return undefined
  }
}

/** Whether the account may read or enter `path` and every folder on the way, by the mode bits. */
export function canReach(account: Account, path: string): boolean {
  if (account.uid === 0) return true
  for (let at = realpathSync(path); ; at = dirname(at)) {
    if (!isOpenTo(account, at)) return false
    if (at === dirname(at)) return true
  }
}

function isOpenTo(account: Account, path: string): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
  return ((mode >> shift) & 0o1) === 0o1
}
