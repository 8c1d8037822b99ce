// Who may import whom: channels only translate, the core is pure, each package has one home.
import { describe, expect, it } from 'vitest'
import { type Import, importsOf } from './support/exports.ts'
import { readSources } from './support/source.ts'

const product = readSources().filter(({ path }) => path.startsWith('src/'))
const imports = product.flatMap(importsOf)

/** What each part may import of the others; a part is a folder of src/ or a file in it. */
const mayImport: Record<string, string[]> = {
  core: [],
  flows: ['core'],
  book: ['core', 'flows', 'web'],
  'rates-file.ts': ['core', 'flows'],
  'place-list.ts': ['core'],
  'clock.ts': ['core', 'random.ts'],
  'random.ts': [],
  'config.ts': ['core', 'registry'],
  'log.ts': [],
  embedded: [],
  registry: ['core', 'random.ts'],
  roster: ['core'],
  web: ['campaigns', 'core', 'members', 'payments', 'registry', 'roster', 'runtime.ts'],
  'machine.ts': ['book', 'channels', 'core', 'flows', 'jobs', 'web'],
  channels: ['config.ts', 'core', 'documents.ts', 'registry', 'runtime.ts', 'web'],
  'documents.ts': ['certificate', 'core', 'documents', 'registry', 'runtime.ts'],
  documents: ['core', 'documents.ts', 'picture', 'registry', 'roster'],
  picture: ['core'],
  certificate: ['core', 'registry', 'runtime.ts', 'web'],
  converse: ['channels', 'core', 'registry', 'runtime.ts'],
  'converse.ts': ['channels', 'converse', 'core', 'runtime.ts'],
  jobs: [
    ...['campaigns', 'channels', 'config.ts', 'converse', 'core', 'log.ts', 'registry'],
    ...['roster', 'runtime.ts'],
  ],
  'runtime.ts': ['channels', 'clock.ts', 'config.ts', 'core', 'log.ts', 'registry'],
  'metrics.ts': ['runtime.ts'],
  'import-file.ts': ['registry', 'roster'],
  'branch-desk.ts': ['core', 'registry'],
  payments: ['branch-desk.ts', 'core', 'import-file.ts', 'registry', 'roster'],
  officer: [
    ...['branch-desk.ts', 'campaigns', 'channels', 'clock.ts', 'config.ts', 'core', 'flows'],
    ...['members', 'payments', 'registry', 'roster'],
  ],
  members: ['branch-desk.ts', 'core', 'import-file.ts', 'registry', 'roster'],
  campaigns: ['config.ts', 'core', 'registry'],
}

/** Programs that are started: they put the parts together and nobody imports them. */
const programs = [
  'main.ts',
  'program.ts',
  'talk.ts',
  'officer.ts',
  'check-flows.ts',
  'settings-table.ts',
  'book.ts',
]

/** Each package from npm, with the only files that may import it. */
const homes: Record<string, RegExp> = {
  '@hono/node-server': /^src\/(web\/|channels\/web\/)/,
  '@prisma/adapter-pg': /^src\/registry\//,
  '@prisma/client': /^src\/registry\//,
  '@resvg/resvg-wasm': /^src\/picture\/render\.ts$/,
  '@whiskeysockets/baileys': /^src\/channels\/whatsapp\/(socket|events)\.ts$/,
  bullmq: /^src\/jobs\/job\.ts$/,
  grammy: /^src\/channels\/telegram\//,
  hono: /^src\/(web\/|channels\/web\/|program\.ts$)/,
  ioredis: /^src\/jobs\/job\.ts$/,
  'libphonenumber-js': /^src\/core\//,
  libsodium: /^src\/registry\/words-cipher\.ts$/,
  qr: /^src\/(channels\/whatsapp\/link|certificate\/certificate)\.ts$/,
  pg: /^src\/(registry|embedded)\//,
  pino: /^src\/log\.ts$/,
  'prom-client': /^src\/metrics\.ts$/,
  yaml: /^src\/(flows\/yaml|rates-file)\.ts$/,
  zod: /^src\/(core\/|config\.ts$|channels\/)/,
}

function partOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function tell({ from, module }: Import): string {
  return `${from} imports ${module}`
}

describe('the parts of the program', () => {
  const across = imports.filter(({ from, path }) => path && partOf(path) !== partOf(from))

  it('import only what they may', () => {
    const wrong = across.filter(({ from, path }) => {
      if (programs.includes(partOf(from))) return false
      return !mayImport[partOf(from)]?.includes(partOf(path ?? ''))
    })
    expect(wrong.map(tell)).toEqual([])
  })

  it('have no more leave than they use', () => {
    const unused = Object.entries(mayImport).flatMap(([part, others]) =>
      others
        .filter(
          (other) =>
            !across.some((one) => partOf(one.from) === part && partOf(one.path ?? '') === other),
        )
        .map((other) => `${part} no longer imports ${other}`),
    )
    expect(unused).toEqual([])
  })

  it('all exist', () => {
    const parts = new Set(product.map(({ path }) => partOf(path)))
    const gone = [...Object.keys(mayImport), ...programs].filter((part) => !parts.has(part))
    expect(gone).toEqual([])
  })
})

describe('packages', () => {
  const packages = imports
    .filter(({ path, module }) => !path && !module.startsWith('node:'))
    .map((one) => ({ ...one, name: /^(@[^/]+\/)?[^/]+/.exec(one.module)?.[0] ?? '' }))

  it('are imported only in their home', () => {
    const astray = packages.filter(({ name, from }) => !homes[name]?.test(from))
    expect(astray.map(tell)).toEqual([])
  })

  it('the core has no clock, network, disk or environment', () => {
    const machine = imports.filter(
      (one) => one.from.startsWith('src/core/') && /^node:/.test(one.module),
    )
    expect(machine.map(tell)).toEqual([])
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.|process\.|fetch\(|setTimeout)/
    const found = product
      .filter(({ path }) => path.startsWith('src/core/'))
      .flatMap(({ path, lines }) =>
        lines.filter((line) => impure.test(line)).map((line) => `${path} ${line}`),
      )
    expect(found).toEqual([])
  })

  it('only config.ts reads the environment', () => {
    const readers = product.filter(({ lines }) => lines.some((line) => /process\.env\b/.test(line)))
    // The database server is started with nothing of it but the way to its programs.
    expect(readers.map(({ path }) => path)).toEqual(['src/config.ts', 'src/embedded/cluster.ts'])
  })
})
