// The key that a machine without SECRET_KEY makes for itself and keeps beside the data.
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { parseSecretKeys } from './seal.ts'

/**
 * The text of `secret.key` in the data folder, made at the first call, readable only by its owner.
 * Throws an Indonesian sentence when the file is there but holds no key: a new one in its
 * place would make everything that was sealed unreadable.
 */
export function keepSecretKey(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'secret.key')
  const found = find(file) ?? make(file)
  try {
    parseSecretKeys(found)
  } catch {
    throw new Error(`Isi ${file} rusak. Pulihkan dari cadangan: tanpa kunci itu data tak terbaca.`)
  }
  return found
}

function find(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim()
    chmodSync(file, 0o600)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Written whole under another name and forced to the disk first; the first of two wins. */
function make(file: string): string {
  const draft = `${file}.${process.pid}`
  rmSync(draft, { force: true })
  const key = randomBytes(32).toString('hex')
  const handle = openSync(draft, 'wx', 0o600)
  writeSync(handle, `${key}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
    return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return readFileSync(file, 'utf8').trim()
  } finally {
    rmSync(draft)
  }
}
