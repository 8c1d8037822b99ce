// What an officer does about posts on the command line: the code that is printed works, once.
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { postActions } from '../src/officer/posts.ts'
import { redeemInvite } from '../src/registry/invites.ts'
import { findPost } from '../src/registry/posts.ts'
import { makeAddress, openStage } from './registry/stage.ts'
import { pin } from './support/officials.ts'

const { db, book, seal } = await openStage()
const desk = { config: readConfig({}), db, book, seal, actor: 'officer:test' }

const run = (action: string, ...words: string[]) => postActions[action]?.(desk, words)

test('the printed code makes an official, who is listed and can be stopped', async () => {
  const printed = (await run('undang', 'kepala-desa', '63.03.05.2056', 'Budi', 'Contoh')) ?? ''
  expect(printed).toContain('Undangan untuk Budi Contoh sebagai kepala desa, Pasayangan Utara')
  const code = /Kode: (\w{5})-(\w{5})/.exec(printed)
  expect(await run('undangan')).toMatch(/invite-1 {2}kepala desa .* belum masuk/)
  const address = await makeAddress(db, 'somebody')
  await db.transaction((tx) =>
    redeemInvite(tx, seal, address, { code: `${code?.[1]}${code?.[2]}`, pin }),
  )
  expect(await run('undangan')).toMatch(/post-1 {2}kepala desa {2}Pasayangan Utara.* sejak /)
  expect(await run('cabut', 'post-1')).toContain('Sudah dicabut')
  expect(await findPost(db.pool, book, address)).toBeUndefined()
  await expect(run('cabut', 'post-1')).rejects.toThrow('Tulis nomor')
})

test.each([
  [['raja', '63.03', 'Budi Contoh'], 'Pilih peran'],
  [['kepala-desa', '63.03', 'Budi Contoh'], 'Tulis kode wilayah'],
  [['kepala-desa', '63.03.05.9999', 'Budi Contoh'], 'Tulis kode wilayah'],
  [['koordinator', '99.99', 'Budi Contoh'], 'Tulis kode wilayah'],
  [['kepala-desa', '63.03.05.2056'], 'Tulis juga nama'],
])('%j is refused with what to write instead', async (words, says) => {
  await expect(run('undang', ...words)).rejects.toThrow(says)
})
