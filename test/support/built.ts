// A script as one file with its packages: a process that a test starts is ready in a third of the
// time that tsx takes.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isAlive } from '../../src/embedded/processes.ts'
import { buildOneFile } from '../../src/one-file.js'

const own = fileURLToPath(new URL('../..', import.meta.url))
const done = new Map<string, Promise<string>>()

/** The path of a script of this project, with all that it imports, built once a run. */
export function builtFile(script: string): Promise<string> {
  const built = done.get(script) ?? findOrBuild(script)
  done.set(script, built)
  return built
}

/** Beside the packages, or they would not be found. */
const cache = join(own, 'node_modules/.cache')

/** The process that has begun this run: what one worker builds, all of them start. */
const run = process.env.VITEST ? process.ppid : process.pid

/** Nothing that was built before the last change is started. */
function openFolder(): string {
  const times = ['src', 'test'].flatMap((part) =>
    readdirSync(join(own, part), { recursive: true, encoding: 'utf8' }).map(
      (path) => statSync(join(own, part, path)).mtimeMs,
    ),
  )
  const folder = join(cache, `sapa-desa-${run}`, `${Math.max(...times)}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** To build takes two seconds, beside other tests many. */
const builtWithinMs = 60_000

async function findOrBuild(script: string): Promise<string> {
  // Each in a folder of its own: a program that runs still reads parts of its own later.
  const place = join(openFolder(), script.replaceAll('/', '-'))
  removeLeft()
  const isFirst = mkdirSync(`${place}.begun`, { recursive: true }) !== undefined
  const giveUpAt = Date.now() + builtWithinMs
  while (!isFirst && !existsSync(place) && Date.now() < giveUpAt) await pause(20)
  if (!existsSync(place)) await buildOneFile(script, place, ['@openclaw/crabline'])
  return join(place, basename(script).replace(/ts$/, 'mjs'))
}

/** A process that is ended from outside leaves its folder to the next one. */
function removeLeft() {
  for (const name of readdirSync(cache)) {
    const [, pid] = /^sapa-desa-(\d+)$/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true })
  }
}
