// What people make of a checkout before the program runs in it.
import { chmodSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** As `npm ci --ignore-scripts` leaves it: npm packages cannot hold links. */
export function dropLinks(checkout: string): void {
  for (const entry of readdirSync(checkout, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(join(entry.parentPath, entry.name))
  }
}

/** As a strict umask leaves it: no rights for anybody else, anywhere. */
export function closeToOthers(checkout: string): void {
  for (const name of ['', ...readdirSync(checkout, { recursive: true, encoding: 'utf8' })]) {
    const path = join(checkout, name)
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, statSync(path).mode & 0o700)
  }
}
