// What a process calls itself before others, so that they can tell when it is gone.
import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'

/** Those that this process goes by now. */
const ownNames = new Set<string>()

/** A new name: where process numbers mean the same, the number, and something random. */
export function makeProcessName(): string {
  const name = `${machine} ${process.pid} ${randomUUID()}`
  ownNames.add(name)
  return name
}

/** Whether the process of that name surely is no more; false wherever that cannot be known. */
export function isProcessGone(name: string): boolean {
  const [where, pid] = name.split(' ')
  if (where !== machine || where === unknown || ownNames.has(name)) return false
  // In a container each life has the same number.
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

const unknown = 'unknown'
const machine = findMachine()

/** One start of one machine, and the room in it within which process numbers are given. */
function findMachine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return unknown
  }
}
