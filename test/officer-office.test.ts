// The way into the workplace from the command line, and the way out.
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { officeActions } from '../src/officer/office.ts'
import { findOfficer, signIn } from '../src/registry/office-sessions.ts'
import { openStage } from './registry/stage.ts'
import { homes, makeOfficial } from './support/officials.ts'

const { db, book, seal } = await openStage()
const config = readConfig({ PUBLIC_URL: 'https://sapadesa.example/' })
const desk = { config, db, book, seal, actor: 'officer:test' }

const run = (action: string, ...words: string[]) => officeActions[action]?.(desk, words)

test('only officers of the branch are listed; the printed link signs in, and is ended there', async () => {
  await expect(run('masuk', 'post-1')).rejects.toThrow('Belum ada petugas cabang')
  await makeOfficial(db, 'village-head', homes.own, 'Budi Contoh')
  await makeOfficial(db, 'branch-head', '63.03 63.02', 'Vina Contoh')
  const listed = await run('masuk')
  expect(listed).toContain('bisa masuk: 1')
  expect(listed).toMatch(/post-2 {2}\S.* {2}Kab\. Banjar, Kab\. Kotabaru {2}Vina Contoh/)
  await expect(run('masuk', 'post-1')).rejects.toThrow('Vina Contoh')
  const printed = (await run('masuk', 'post-2')) ?? ''
  const link = /https:\/\/sapadesa\.example\/kantor\/masuk\/([\w-]+)\n/.exec(printed)?.[1] ?? ''
  const kept = await db.transaction((tx) => signIn(tx, seal, link, 'Firefox, Linux'))
  expect(await run('perangkat')).toMatch(/masuk: 1\n {2}1 {2}Firefox, Linux .* Vina Contoh/)
  expect(await findOfficer(db.pool, seal, kept ?? '')).toMatchObject({ role: 'branch-head' })
  expect(await run('perangkat', 'keluarkan', '1')).toContain('Sudah dikeluarkan')
  expect(await findOfficer(db.pool, seal, kept ?? '')).toBeUndefined()
  await expect(run('perangkat', 'keluarkan', '7')).rejects.toThrow('dari daftarnya')
})
