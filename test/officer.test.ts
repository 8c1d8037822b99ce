// The officer's command line as a process: what it says when nothing runs, and how it is used.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { raiseAlarm } from '../src/registry/alarms.ts'
import { openDatabase } from '../src/registry/database.ts'
import { freshDatabase } from './support/postgres.ts'

const databaseUrl = freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'sapa-officer-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...words: string[]) {
  return runWith({}, ...words)
}

function runWith(settings: Record<string, string>, ...words: string[]) {
  const env = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...settings }
  const args = ['--import', 'tsx', 'src/officer.ts', ...words]
  return spawnSync(process.execPath, args, { env, encoding: 'utf8' })
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
