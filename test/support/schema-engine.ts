// Prisma's schema engine without its download: compares a database with prisma/schema.prisma.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const require = createRequire(import.meta.url)
const schemaPath = 'prisma/schema.prisma'

/** The SQL that would turn the database of `url` into what the schema says; empty when it is so. */
export async function findDrift(
  url: string,
  schema = readFileSync(schemaPath, 'utf8'),
): Promise<string> {
  started ??= startEngine()
  await started
  const pool = new CharPool({ connectionString: url })
  const adapter = bindMigrationAwareSqlAdapterFactory(new CharPrismaPg(pool, { schema: 'public' }))
  const files = [{ path: schemaPath, content: schema }]
  const datamodels: [string, string][] = [[schemaPath, schema]]
  const engine = await glue.SchemaEngine.new({ datamodels }, () => undefined, adapter)
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return (stdout ?? '').replaceAll(/^--.*$/gm, '').trim()
  } finally {
    engine.free()
    await pool.end()
  }
}

/** The compiler's library for Node has no types for it. */
const { instantiate } = Reflect.get(globalThis, 'WebAssembly') as {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>
}

/** The glue holds one engine at a time: it is started once. */
let started: Promise<void> | undefined

/** The package's own entry imports the .wasm file as a module, which Node does not do. */
async function startEngine(): Promise<void> {
  const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(entry.replace(/js$/, 'wasm'))
  const { instance } = await instantiate(bytes, { './schema_engine_bg.js': { ...glue } })
  // Where the engine calls out before it dies; without this it dies without a word.
  Reflect.set(globalThis, 'PRISMA_WASM_PANIC_REGISTRY', {
    set_message: (message: string) => {
      throw new Error(message)
    },
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}

const charOid = 18

/**
 * The engine asks the catalogue for Postgres' inner type "char", which the adapter does not know.
 * It travels through the adapter as a time, a type that the catalogue has none of.
 */
class CharPool extends pg.Pool {
  override query(...words: unknown[]): never {
    const asked = Reflect.apply(super.query, this, words) as Promise<pg.QueryResult>
    return asked.then((result) => {
      for (const field of result.fields) {
        if (field.dataTypeID === charOid) field.dataTypeID = pg.types.builtins.TIME
      }
      return result
    }) as never
  }
}

class CharPrismaPg extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      const { Time, Character } = ColumnTypeEnum
      result.columnTypes = result.columnTypes.map((each) => (each === Time ? Character : each))
      return result
    }
    return adapter
  }
}
