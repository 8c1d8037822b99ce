// The officer's command line as a process: what it says when nothing runs, and how it is used.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { raiseAlarm } from '../src/registry/alarms.ts'
import { answersPlace } from '../src/registry/answers-place.ts'
import { openDatabase } from '../src/registry/database.ts'
import { createSeal, parseSecretKeys } from '../src/registry/seal.ts'
import { loadVillages } from '../src/registry/villages.ts'
import { makeMember } from './registry/members.ts'
import { builtFile } from './support/built.ts'
import { freshDatabase } from './support/postgres.ts'
import { realVillages } from './support/real-book.ts'

const databaseUrl = freshDatabase()
const file = await builtFile('src/officer.ts')
const folder = mkdtempSync(join(tmpdir(), 'sapa-officer-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...words: string[]) {
  return runWith({}, ...words)
}

function runWith(settings: Record<string, string>, ...words: string[]) {
  const env = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...settings }
  return spawnSync(process.execPath, [file, ...words], { env, encoding: 'utf8' })
}

test('says how it is used, and what to do first', () => {
  const help = run('bantuan')
  expect(help.status).toBe(1)
  expect(help.stderr).toContain('npm run petugas -- jawab')
  const alone = run()
  expect(alone.status).toBe(1)
  expect(alone.stderr).toBe('Programnya belum jalan: jalankan `npm start` dulu.\n')
})

test('lists what troubles the program, and closes what was seen to', async () => {
  const url = await databaseUrl
  const db = openDatabase(url)
  await raiseAlarm(db.pool, { kind: 'banned', channel: 'whatsapp', detail: '403' })
  const settings = { DATABASE_URL: url, SECRET_KEY: 'ab'.repeat(32) }
  expect(runWith(settings, 'alarm').stdout).toMatch(/terbuka: 1\n {2}1 .*whatsapp {2}banned 403\n/)
  expect(runWith(settings, 'alarm', 'tutup', '1').stdout).toBe('Sudah ditutup.\n')
  const again = runWith(settings, 'alarm', 'tutup', '1')
  expect([again.status, again.stderr]).toEqual([1, 'Gangguan itu tidak ada atau sudah ditutup.\n'])
  const { rows } = await db.pool.query(`SELECT action, actor LIKE 'officer:%' AS by FROM audit`)
  expect(rows).toEqual([{ action: 'close-alarm', by: true }])
  await db.close()
})

test('records a payment that is exactly the oldest months, once', async () => {
  const url = await databaseUrl
  const db = openDatabase(url)
  const settings = { DATABASE_URL: url, SECRET_KEY: 'ab'.repeat(32) }
  const home = realVillages().filter(({ code }) => code === '63.03.05.2056')
  await loadVillages(db, 'one village', home)
  const { id, receipt } = await makeMember(db, { startsOn: '2026-12-01' })
  const seal = createSeal(parseSecretKeys(settings.SECRET_KEY))
  const answers = seal.seal('{}', answersPlace(receipt))
  await db.pool.query('UPDATE submission SET answers = $2 WHERE id = $1', [id, answers])
  // December at half the price, January not.
  const paid = runWith(settings, 'bayar', receipt, '25200', '2026-12-10')
  expect(paid.stdout).toBe('Sudah dicatat untuk iuran 2026-12, 2027-01.\n')
  const odd = runWith(settings, 'bayar', receipt, '25200', '2026-12-10')
  expect([odd.status, odd.stderr]).toEqual([1, expect.stringContaining('bukan iuran beberapa')])
  const { rows } = await db.pool.query('SELECT total_rupiah AS total, paid_on FROM contribution')
  expect(rows).toEqual([
    { total: 8_400, paid_on: '2026-12-10' },
    { total: 16_800, paid_on: '2026-12-10' },
  ])
  await db.close()
})

test('a number typed for a registration that was merged is that of the one that stays', async () => {
  const url = await databaseUrl
  const db = openDatabase(url)
  const settings = { DATABASE_URL: url, SECRET_KEY: 'ab'.repeat(32) }
  const seal = createSeal(parseSecretKeys(settings.SECRET_KEY))
  const kept = await makeMember(db, { startsOn: '2026-12-01' })
  await db.pool.query(
    `UPDATE enrolment SET state = 'submitted', kpj = NULL, kpj_index = NULL, registered_at = NULL
      WHERE submission_id = $1`,
    [kept.id],
  )
  const gone = 'GABUNG0001'
  await db.pool.query(
    `INSERT INTO submission (receipt, address_id, command, flow, flow_version, language,
            started_on, answers, state, merged_into)
     SELECT $2, address_id, command, flow, flow_version, language, started_on, $3, 'merged', id
       FROM submission WHERE id = $1`,
    [kept.id, gone, seal.seal('{}', answersPlace(gone))],
  )
  const done = runWith(settings, 'daftar', `SD-${gone.slice(0, 5)}-${gone.slice(5)}`, '20510000001')
  expect([done.stdout, done.stderr]).toEqual(['Sudah dicatat, orangnya dikabari.\n', ''])
  const { rows } = await db.pool.query(
    `SELECT DISTINCT state, kpj IS NOT NULL AS numbered FROM enrolment WHERE submission_id = $1`,
    [kept.id],
  )
  expect(rows).toEqual([{ state: 'registered', numbered: true }])
  await db.close()
})
