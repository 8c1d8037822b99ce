// Where tests put what nobody needs afterwards: in memory, where the machine has room for it.
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../../src/embedded/processes.ts'

/** Linux keeps what lies here in memory: a database is copied in a fifth of the time. */
const inMemory = '/dev/shm'

/** Many times what the databases of a run take at once. */
const roomBytes = 2 * 1024 ** 3

let isTidy = false

/** Makes a folder of its own whose name holds that; whoever wants it removes it. */
export function makeScratch(name: string): string {
  if (!hasRoom()) return mkdtempSync(join(tmpdir(), name))
  if (!isTidy) removeLeft()
  isTidy = true
  return mkdtempSync(join(inMemory, `sapa-scratch-${process.pid}-${name}`))
}

/** Of a run that was killed nothing stays in memory. */
function removeLeft() {
  for (const name of readdirSync(inMemory)) {
    const [, pid] = /^sapa-scratch-(\d+)-/.exec(name) ?? []
    if (!pid || isAlive(Number(pid))) continue
    rmSync(join(inMemory, name), { recursive: true, force: true })
  }
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
