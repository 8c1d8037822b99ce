// A campaign from its file to its end on the command line, in the sentences that officers read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { campaignActions } from '../src/officer/campaigns.ts'
import { grantPost } from '../src/registry/posts.ts'
import { openOutbound } from '../src/registry/turns.ts'
import { openCampaignStage } from './campaigns/stage.ts'
import { makeMember } from './registry/members.ts'
import { pin } from './support/officials.ts'

const { book, db, makeChats, seal } = await openCampaignStage()
const token = `700000001:${'a'.repeat(35)}`
const desk = { config: readConfig({ TELEGRAM_BOT_TOKEN: token }), db, book, seal }
const run = (...words: string[]) =>
  campaignActions.kampanye?.({ ...desk, actor: 'officer:vina' }, words)
const dir = mkdtempSync(join(tmpdir(), 'campaign-'))
afterAll(() => rmSync(dir, { recursive: true }))

const good = `title: Ajakan pedagang
words:
  id: |
    Halo {name} di {village}. Mulai {lowest_price_other} sebulan. Kumpul tanggal 12 Desember pukul 09.00.
  en: |
    Hello {name}, from {lowest_price_other} a month.
button: villager/enrol
for:
  states: not-enrolled, lapsing
  channels: telegram
`

function file(text: string): string {
  const path = join(dir, 'ajakan.yaml')
  writeFileSync(path, text)
  return path
}

test('it is composed, tested on oneself, counted, handed in and stopped', async () => {
  const [own = 0, ...others] = await makeChats(['petugas', 'warga-1', 'warga-2'])
  const post = { addressId: own, role: 'branch-officer', area: '63.03', name: 'Vina' } as const
  await db.transaction((tx) => grantPost(tx, seal, { ...post, pin, grantedBy: 'officer:test' }))
  await db.pool.query('UPDATE address SET campaigns_at = NULL WHERE id = $1', [others[1]])

  expect(await run('buat', file(good))).toContain('Rancangan 1 disimpan')
  await expect(run('mulai', '1')).rejects.toThrow('Uji dahulu')
  expect(await run('uji', '1', 'post-1')).toContain('Dikirim untuk uji')
  const { rows } = await db.pool.query('SELECT purpose, body FROM outbound WHERE address_id = $1', [
    own,
  ])
  const message = openOutbound(seal, rows[0].purpose, rows[0].body)
  expect(message.text).toMatch(/^Halo Bapak\/Ibu di desa Anda\. Mulai Rp[\d.]+/)
  expect(message.choices).toEqual([{ label: 'DAFTAR', press: 'f_villager/enrol' }])
  const counted = await run('hitung', '1')
  expect(counted).toMatch(/Cocok dengan pilihannya: 3\nDikirimi, menurut kanal:\n {2}telegram: 2/)
  expect(counted).toContain('tidak setuju menerima kabar kegiatan: 1')
  expect(await run('mulai', '1', '2030-01-02T09:00')).toContain('Mulai pada waktunya.')
  expect(await run()).toContain('1  Ajakan pedagang  menunggu waktunya  menunggu giliran: 3')
  const { rows: starts } = await db.pool.query('SELECT starts_at FROM campaign')
  expect(starts[0].starts_at.toISOString()).toBe('2030-01-02T01:00:00.000Z')
  expect(await run('jeda', '1')).toContain('Dijeda')
  expect(await run('batal', '1')).toContain('Dibatalkan')
  expect(await run('lihat', '1')).toContain('tidak dikirim (kampanye dibatalkan): 3')
  await expect(run('lanjut', '1')).rejects.toThrow('keadaan')
})

test('a list finds the chats behind receipts and numbers, and says how many it does not', async () => {
  const member = await makeMember(db)
  const [phone] = await makeChats(['628123456789'], 'whatsapp-cloud')
  await run('buat', file(good))
  const path = join(dir, 'daftar.csv')
  const receipt = `SD-${member.receipt.slice(0, 5)}-${member.receipt.slice(5)}`
  writeFileSync(path, `Nama;HP\nSiti;0812-3456-789\nBudi;0813-9999-999\n${receipt};-\nAni;12`)
  expect(await run('penerima', '2', path)).toBe(
    'Percakapan yang ditemukan: 2\nTidak punya percakapan dengan bot ini: 1\nTidak terbaca: 2',
  )
  const { rows } = await db.pool.query('SELECT address_id FROM campaign_listed ORDER BY 1')
  const ids = [member.addressId, phone].sort((one, other) => Number(one) - Number(other))
  expect(rows.map((row) => row.address_id)).toEqual(ids)
})

test.each([
  ['words:\n  id: Hanya Rp16.800 sebulan', 'ada jumlah uang atau persen'],
  ['words:\n  id: Halo {nik}', '{nik} tidak bisa diisi'],
  ['words:\n  en: Hello', 'kalimat bahasa "id" belum ada'],
  ['words:\n  id: Halo\nbutton: branch/invite', 'tidak ada untuk warga'],
  ['words:\n  id: Halo\npicture: hilang.jpg', 'hilang.jpg belum ada'],
  ['words:\n  id: Halo\nfor:\n  area: 99.99', 'Wilayah "99.99" tidak dikenal'],
  ['words:\n  id: Halo\nfor:\n  states: kaya', '"kaya" tidak dikenal'],
  ['kata:\n  id: Halo', 'ajakan.yaml baris 2: "kata" tidak dikenal'],
])('%j is refused with a sentence', async (part, says) => {
  await expect(run('buat', file(`title: Uji\n${part}\n`))).rejects.toThrow(says)
})
