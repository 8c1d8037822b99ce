// What an officer may look at in an hour is counted once, whichever of two programs is asked.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { revealsPerHour, searchesPerHour } from '../../src/core/limits.ts'
import { must } from '../../src/core/must.ts'
import { openDatabase } from '../../src/registry/database.ts'
import { noteLimited } from '../../src/registry/hourly.ts'
import { createChildProgram } from '../support/faults/child-program.ts'
import { loadHome } from '../support/home.ts'
import { areas, type OfficeBrowser, openBrowser } from '../support/office-stage.ts'
import { makeOfficial } from '../support/officials.ts'
import { freshDatabase } from '../support/postgres.ts'

const databaseUrl = await freshDatabase()
await loadHome(databaseUrl)
const db = openDatabase(databaseUrl)
const dataDir = mkdtempSync(join(tmpdir(), 'sapa-limits-'))
const programs = [1, 2].map(() =>
  createChildProgram({
    ...{ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET_KEY: '05'.repeat(32) },
    ...{ ROLE: 'web', PORT: '0', WEB_CHAT: 'yes' },
  }),
)
afterAll(async () => {
  for (const program of programs) {
    program.kill()
    await program.gone()
  }
  await db.close()
  rmSync(dataDir, { recursive: true })
})

/** Does this so many times, as an officer does it. */
async function note(actor: string, action: 'reveal-submission' | 'search-people', times: number) {
  const one = { actor, action, subject: 'submission:1', detail: {} }
  const noted = []
  for (let done = 0; done < times; done++) {
    noted.push(await db.transaction((tx) => noteLimited(tx, one)))
  }
  return noted.filter(Boolean).length
}

async function actorOf(addressId: number) {
  const { rows } = await db.pool.query('SELECT id FROM post WHERE address_id = $1', [addressId])
  return `post:${rows[0].id}`
}

test('so many in an hour: of each officer, of each kind, and again after that hour', async () => {
  await db.pool.query(
    `INSERT INTO audit (at, actor, action, subject)
     SELECT now() - interval '61 minutes', 'post:8001', 'reveal-submission', 'submission:1'
       FROM generate_series(1, 30)`,
  )
  expect(await note('post:8001', 'reveal-submission', revealsPerHour + 3)).toBe(revealsPerHour)
  expect(await note('post:8001', 'search-people', 1)).toBe(1)
  expect(await note('post:8002', 'reveal-submission', 1)).toBe(1)
  const { rows } = await db.pool.query(
    `SELECT count(*) AS count FROM audit WHERE actor = 'post:8001' AND subject = 'submission:1'`,
  )
  expect(rows[0].count).toBe(30 + revealsPerHour + 1)
})

test('two programs, one officer at both: together not one more than one of them allows', async () => {
  await Promise.all(programs.map((program) => program.start()))
  const urls = programs.map((program) =>
    must(/http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(program.output())?.[0], 'where it listens'),
  )
  const officer = await makeOfficial(db, 'branch-officer', areas.own, 'Vina Contoh')
  const left = 7
  await note(await actorOf(officer), 'search-people', searchesPerHour - left)
  const browsers = await Promise.all(urls.map((url) => openBrowser(db, url, officer)))
  const search = async (browser: OfficeBrowser) =>
    (await browser.post('/orang', { kata: 'Siti Umpama' })).status
  // The first of each reads the key of its forms.
  const first = [await search(must(browsers[0], 'one')), await search(must(browsers[1], 'other'))]
  const rest = await Promise.all(Array.from({ length: 10 }, () => browsers.map(search)).flat())
  const all = [...first, ...rest]
  expect([all.filter((one) => one === 200).length, all.length]).toEqual([left, 22])
  expect(all.filter((one) => one === 429)).toHaveLength(22 - left)
})
