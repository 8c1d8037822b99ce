// The officer's command line as a process: what it says when nothing runs, and how it is used.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'sapa-officer-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...words: string[]) {
  const env = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data') }
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
