// `npm start` and `npm run petugas`: loads a script of this folder, named first, as one file, built
// anew after each change. To load its hundreds of files one by one takes longer than all else.
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const builds = join(root, 'node_modules/.cache/sapa-desa')

/** What was built before is kept so long: a program that runs still reads parts of its own later. */
const keptMs = 24 * 60 * 60 * 1000

/** The name of what is built: the same for the same files of the program and the same packages. */
function nameBuild() {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[jt]s$/.test(path))
    .sort()
    .map((path) => join('src', path))
  const hash = createHash('sha256').update(root)
  for (const path of [...files, 'node_modules/.package-lock.json']) {
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex').slice(0, 16)
}

/**
 * Removes what was built from what the program was.
 * @param {string} present the name of what it is now
 */
function removeOld(present) {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name)
    const isOld = !name.endsWith(present) && statSync(path).mtimeMs < Date.now() - keptMs
    if (isOld) rmSync(path, { recursive: true, force: true })
  }
}

/**
 * The script in one file, built if it is not there yet; nothing where it cannot be.
 * @param {string} script
 */
async function findBuilt(script) {
  try {
    const name = nameBuild()
    const folder = join(builds, `${script}-${name}`)
    const built = join(folder, `${script}.mjs`)
    if (existsSync(built)) return built
    mkdirSync(builds, { recursive: true })
    accessSync(builds, constants.W_OK)
    process.stderr.write('Menyiapkan program …\n')
    const { buildOneFile } = await import('./one-file.js')
    // Another start may have been quicker: then that one's is taken.
    await buildOneFile(`src/${script}.ts`, folder).catch(() => undefined)
    removeOld(name)
    return existsSync(built) ? built : undefined
  } catch {
    return undefined
  }
}

const [, , script = 'main'] = process.argv
const source = join(root, 'src', `${script}.ts`)
// Whoever asks how the script was started hears what it would without this file.
process.argv.splice(1, 2, source)
const built = await findBuilt(script)
if (built) await import(pathToFileURL(built).href)
else {
  // A checkout that may not be written to: its files are loaded one by one.
  const { register } = await import('tsx/esm/api')
  register()
  await import(pathToFileURL(source).href)
}
