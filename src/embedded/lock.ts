// One program at a time on one set of data: a file that names the process that has it.
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { EmbeddedError } from './embedded-error.ts'
import { findBirth, isAlive } from './processes.ts'

/** Gives the lock back; harmless when called twice. */
type Release = () => void

/**
 * Takes the lock file or throws EmbeddedError naming the process that has it. A lock whose process
 * is gone is taken over; a lock is never taken from a living one.
 */
export function takeLock(file: string): Release {
  const mine = `${process.pid}\n${findBirth(process.pid)}\n`
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, mine)
  try {
    if (!tryLink(draft, file)) takeOver(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  removeDeadDrafts(file)
  return () => {
    if (read(file) === mine) rmSync(file)
  }
}

/**
 * Two that find the same dead lock must not both
 * have it: the second link decides, then look again.
 */
function takeOver(draft: string, file: string): void {
  const turn = `${file}.turn`
  refuseIfHeld(file)
  while (!tryLink(draft, turn)) {
    refuseIfHeld(turn)
    rmSync(turn, { force: true })
  }
  try {
    refuseIfHeld(file)
    renameSync(draft, file)
  } finally {
    rmSync(turn, { force: true })
  }
}

/** Programs that were killed while they asked for the lock have left their drafts behind. */
function removeDeadDrafts(file: string): void {
  for (const name of readdirSync(dirname(file))) {
    const [, pid] = name.split(`${basename(file)}.`)
    // By its name, because a living one may not have written its draft yet.
    if (Number(pid) && !isAlive(Number(pid))) rmSync(join(dirname(file), name), { force: true })
  }
}

function refuseIfHeld(file: string): void {
  const [pid, birth] = read(file).split('\n')
  const id = Number(pid)
  // After a container starts anew, ids begin again: the same id with another birth is a stranger.
  if (!id || !isAlive(id) || findBirth(id) !== birth) return
  throw new EmbeddedError(
    `Sapa Desa sudah berjalan dengan data ini (proses nomor ${id}). ` +
      `Hentikan dulu yang itu dengan Ctrl-C atau "kill ${id}", lalu mulai lagi.`,
  )
}

/** A link appears whole or not at all, unlike a file that is made and then filled. */
function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // A lock that may not be read is a lock.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return ''
  }
}
