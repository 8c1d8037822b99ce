// What all tests of a run share: a database server, with a template that every file copies, a folder.
import { chmodSync, rmSync } from 'node:fs'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/embedded/index.ts'
import { migrate } from '../../src/registry/migrate.ts'
import { makeScratch } from './scratch.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connects as owner to the server of this run; its database `template` is to be copied. */
    postgresUrl: string
    /** A folder for whatever may lie about until this run is over. */
    scratchDir: string
  }
}

/** Called by vitest before the first test; what it returns is called after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = makeScratch('sapa-desa-test-')
  // As root the server runs under another account, and a new temporary folder is closed to it.
  chmodSync(dataDir, 0o755)
  const server = await startEmbedded({ dataDir, tell: () => undefined })
  const client = new pg.Client(server.url)
  await client.connect()
  // Nobody needs these rows after the machine itself fell, or tidies up tables of a few rows.
  for (const setting of ['fsync = off', 'full_page_writes = off', "autovacuum_naptime = '1h'"]) {
    await client.query(`ALTER SYSTEM SET ${setting}`)
  }
  await client.query('SELECT pg_reload_conf()')
  await client.query('CREATE DATABASE template')
  await client.end()
  const template = new URL(server.url)
  template.pathname = '/template'
  await migrate(template.href)
  project.provide('postgresUrl', server.url)
  const scratchDir = makeScratch('sapa-desa-scratch-')
  project.provide('scratchDir', scratchDir)
  return async () => {
    await server.stop()
    for (const dir of [dataDir, scratchDir]) rmSync(dir, { recursive: true })
  }
}
