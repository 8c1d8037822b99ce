// Where tests put what nobody needs afterwards: in memory, where the machine has room for it.
import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Linux keeps what lies here in memory: a database is copied in a fifth of the time. */
const inMemory = '/dev/shm'

/** Many times what the databases of a run take at once. */
const roomBytes = 2 * 1024 ** 3

/** Makes a folder of its own whose name begins like that; whoever wants it removes it. */
export function makeScratch(prefix: string): string {
  return mkdtempSync(join(hasRoom() ? inMemory : tmpdir(), prefix))
}

function hasRoom(): boolean {
  try {
    accessSync(inMemory, constants.W_OK)
    const { bavail, bsize } = statfsSync(inMemory)
    return bavail * bsize > roomBytes
  } catch {
    return false
  }
}
