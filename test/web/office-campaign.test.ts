// Kampanye over HTTP: written, tried, counted, handed in, approved, led to its end, on real rows.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findCampaign } from '../../src/registry/campaigns.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { openCampaignStage } from '../campaigns/stage.ts'
import { good, idOf, startCampaignOffice, toldBy } from '../support/campaign-office.ts'
import { areas, type OfficeBrowser, signInAs, wordsOf } from '../support/office-stage.ts'
import { homes, pin } from '../support/officials.ts'

const stage = await openCampaignStage()
const { db, counts, makeChats, queue, seal, send, state } = stage

let world: Awaited<ReturnType<typeof startCampaignOffice>>
let writer: OfficeBrowser
let second: OfficeBrowser
let stranger: OfficeBrowser
let write: (form?: Record<string, string>) => Promise<string>
beforeAll(async () => {
  world = await startCampaignOffice(stage)
  ;({ writer, second, stranger, write } = world)
})
afterAll(async () => {
  await world.office.server.close()
  expect(world.office.errors).toEqual([])
})

test('before there is any, the page says how to begin', async () => {
  const words = await wordsOf(writer.get('/kampanye'))
  expect(words).toContain('Belum ada kampanye di wilayah Anda')
  expect(words).toContain('Kampanye baru')
})

test.each<[Record<string, string>, string]>([
  [{ judul: '' }, 'Beri kampanye ini nama'],
  [{ 'kata-id': '' }, 'kalimat bahasa "id" belum ada'],
  [{ 'kata-id': 'Hanya Rp16.800' }, 'ada jumlah uang'],
  [{ 'kata-id': 'Halo {nik}' }, '{nik} tidak bisa diisi'],
  [{ 'kata-b-en': 'Hello' }, 'Bunyi 2: kalimat bahasa "id" belum ada'],
  [{ tombol: 'branch/invite' }, 'tidak ada untuk warga'],
  [{ templat: 'Bukan Templat' }, 'Nama template hanya huruf kecil'],
  [{ diam: 'lama' }, 'Jumlah hari ditulis dengan angka'],
])('%j is told in a sentence, and what was typed stays', async (part, says) => {
  const answer = await writer.post('/kampanye/baru', { ...good, ...part })
  const page = await answer.text()
  expect(answer.status).toBe(422)
  expect(page.replaceAll('&quot;', '"')).toContain(says)
  expect(page).toContain(part.judul === '' ? '{lowest_price_other}' : 'value="Ajakan pedagang"')
})

test('the area narrows from regency to village, and nobody reaches beyond their own', async () => {
  const narrow = { ...good, langkah: 'wilayah', kabupaten: '63.03', kecamatan: '63.03.05' }
  const page = await (await writer.post('/kampanye/baru', narrow)).text()
  expect(page).toMatch(/<select id="desa"[\s\S]*<option value="63\.03\.05\.2056">/)
  expect(page).toContain('<option value="63.03.05" selected>')
  const areaOf = async (form: Record<string, string>) =>
    (await findCampaign(db.pool, idOf(await write({ ...good, ...form }))))?.audience
  const home = { kabupaten: '63.03', kecamatan: '63.03.05', desa: homes.own }
  expect(await areaOf(home)).toMatchObject({ area: homes.own, withoutVillage: false })
  expect(await areaOf({})).toMatchObject({ area: '63.03', withoutVillage: true })
  const forged = { kabupaten: '63.02', kecamatan: '63.02.04', desa: homes.elsewhere }
  expect(await areaOf(forged)).toMatchObject({ area: '63.03' })
})

test('everything that was chosen comes back in the form', async () => {
  const chosen = {
    ...{ 'keadaan-lapsing': 'ya', 'kelompok-bpd': 'ya', 'segmen-PU': 'ya', diam: '30' },
    ...{ 'bahasa-en': 'ya', 'kanal-telegram': 'ya', 'kata-en': 'Hello', 'kata-b-id': 'Apa kabar?' },
  }
  const path = await write({ ...good, ...chosen })
  expect((await findCampaign(db.pool, idOf(path)))?.audience).toEqual({
    ...{ area: '63.03', withoutVillage: true, states: ['lapsing'], cohorts: ['bpd'] },
    ...{ segments: ['PU'], languages: ['en'], channels: ['telegram'], silentDays: 30 },
    isListed: false,
  })
  const page = await (await writer.get(`${path}/ubah`)).text()
  for (const name of ['keadaan-lapsing', 'kelompok-bpd', 'segmen-PU', 'bahasa-en']) {
    expect(page).toMatch(new RegExp(`name="${name}"\\s+value="ya" checked`))
  }
  expect(page).toMatch(/name="keadaan-waiting"\s+value="ya">/)
  expect(page).toContain('value="30"')
  const words = await wordsOf(writer.get(path))
  expect(words).toContain('Bunyi B')
  expect(words).toContain('Dalam English')
})

test('the preview is what the own conversation gets, and a change wants another test', async () => {
  const path = await write()
  const handIn = () => writer.post(`${path}/serahkan`, { pin })
  expect(toldBy(await handIn())).toBe('campaign-not-tested')
  const page = await (await writer.get(path)).text()
  expect(toldBy(await writer.post(`${path}/uji`))).toBe('campaign-tested')
  const { rows } = await db.pool.query('SELECT purpose, body FROM outbound WHERE address_id = $1', [
    writer.addressId,
  ])
  const { text, choices } = openOutbound(seal, rows[0].purpose, rows[0].body)
  const [, shown = '', label = ''] =
    /<li class="bot">\s*<p>([\s\S]*?)<\/p>\s*<span class="choice">(.*?)<\/span>/.exec(page) ?? []
  expect(choices?.map((one) => one.label)).toEqual([label])
  // The preview names a village of the area, the officer's own chat has none.
  const after = (words: string) => words.slice(words.indexOf('. Mulai'))
  expect(after(shown)).toBe(after(text))
  expect(shown).toContain('Halo Vina Contoh di ')
  expect(await state(idOf(path))).toBe('tested')
  await writer.post(`${path}/ubah`, { ...good, 'kata-id': 'Halo.' })
  expect(await state(idOf(path))).toBe('draft')
  expect(toldBy(await handIn())).toBe('campaign-not-tested')
})

test('from the draft to the end: two people, a few first, paused, resumed, cancelled', async () => {
  const [quiet, ...others] = await makeChats(Array.from({ length: 521 }, (_, i) => `orang-${i}`))
  await db.pool.query('UPDATE address SET stopped_at = now() WHERE id = $1', [quiet])
  const path = await write({ ...good, 'keadaan-not-enrolled': 'ya', 'kanal-telegram': 'ya' })
  const id = idOf(path)
  await writer.post(`${path}/uji`)
  const counted = await wordsOf(writer.get(`${path}/penerima`))
  expect(counted).toMatch(/520 orang akan dikirimi, dari \d+ yang cocok/)
  expect(counted).toContain('sudah mengetik BERHENTI 1')
  expect(counted).toContain('Petugas kedua harus menyetujui dulu')
  expect(toldBy(await writer.post(`${path}/serahkan`, { pin, mulai: 'besok' }))).toBe(
    'campaign-moment',
  )
  // Whoever changes a draft has written it too.
  const third = await signInAs(db, world.office.url, 'branch-officer', areas.own, 'Ani Contoh')
  await third.post(`${path}/ubah`, {
    ...good,
    'keadaan-not-enrolled': 'ya',
    'kanal-telegram': 'ya',
  })
  await writer.post(`${path}/uji`)
  expect(toldBy(await writer.post(`${path}/serahkan`))).toBe('campaign-needs-second')
  expect(toldBy(await third.post(`${path}/setujui`, { pin }))).toBe('campaign-own-campaign')
  const badge = async (who: OfficeBrowser) =>
    /data-live="office-campaigns"[^>]*>(\d+)</.exec(await (await who.get('/perangkat')).text())?.[1]
  expect([await badge(second), await badge(third), await badge(writer)]).toEqual(['1', '0', '0'])
  expect(toldBy(await writer.post(`${path}/ubah`, good))).toBe('campaign-wrong-state')
  expect(await (await writer.get(path)).text()).not.toContain(`${path}/setujui"`)
  expect(toldBy(await writer.post(`${path}/setujui`))).toBe('campaign-own-campaign')
  expect((await stranger.post(`${path}/setujui`, { pin })).status).toBe(404)
  expect((await second.post(`${path}/setujui`)).status).toBe(422)
  expect(toldBy(await second.post(`${path}/setujui`, { pin }))).toBe('campaign-approved')

  await db.pool.query(`UPDATE campaign SET starts_at = to_timestamp(0) WHERE id = $1`, [id])
  await queue()
  await send()
  const canary = await wordsOf(writer.get(path))
  expect(canary).toMatch(/Terkirim \d dari 6 orang pertama/)
  expect(await wordsOf(writer.get('/kampanye'))).toMatch(/“Ajakan pedagang”: \d dari \d+ sudah/)
  expect(toldBy(await second.post(`${path}/semua`))).toBe('campaign-goes-on')
  await queue()
  expect(toldBy(await writer.post(`${path}/jeda`))).toBe('campaign-paused')
  expect(toldBy(await writer.post(`${path}/jeda`))).toBe('campaign-wrong-state')
  const before = await counts(id)
  await send()
  expect(await counts(id)).toEqual(before)
  expect(await wordsOf(writer.get(path))).toContain('Dijeda. Terkirim ')
  expect(toldBy(await writer.post(`${path}/lanjut`))).toBe('campaign-resumed')
  await queue()
  expect(toldBy(await writer.post(`${path}/batal`))).toBe('campaign-cancelled')
  await send()
  const { sent = 0, ...rest } = await counts(id)
  expect([sent, (rest['skipped:cancelled'] ?? 0) + sent]).toEqual([before.sent, others.length])
  const results = await wordsOf(writer.get(`${path}/hasil`))
  expect(results).toContain(`Dari ${sent} orang yang menerima, 0 menjawab`)
  const { rows } = await db.pool.query(`SELECT action FROM audit WHERE subject = $1 ORDER BY id`, [
    `campaign:${id}`,
  ])
  expect(rows.map(({ action }) => action.replace('-campaign', ''))).toEqual([
    ...[
      'make',
      'test',
      'change',
      'test',
      'hand-in',
      'approve',
      'begin',
      'go-on',
      'pause',
      'resume',
      'cancel',
    ],
  ])
})

test('a linked WhatsApp is no mass channel, and the page says what is', async () => {
  await makeChats(['62811@s.whatsapp.net', '62812@s.whatsapp.net'], 'whatsapp')
  const path = await write({ ...good, 'kanal-whatsapp': 'ya' })
  const whatsapp = 'bukan untuk pesan massal: paling banyak 20 orang sehari'
  for (const page of ['', '/penerima']) {
    const words = await wordsOf(writer.get(`${path}${page}`))
    expect([page, words.includes(whatsapp), words.includes('Telegram atau pakai')]).toEqual([
      ...[page, true, true],
    ])
  }
  expect(await wordsOf(writer.get(`${path}/penerima`))).toContain('WhatsApp 2 24 jam')
  const other = await write({ ...good, 'kanal-telegram': 'ya' })
  expect(await wordsOf(writer.get(other))).not.toContain('pesan massal')
})

test('a campaign of another area is in no list and has no page', async () => {
  const path = await write()
  expect(await wordsOf(stranger.get('/kampanye'))).toContain('Belum ada kampanye')
  expect((await stranger.get(path)).status).toBe(404)
  expect(await wordsOf(writer.get('/kampanye?keadaan=rancangan'))).toContain('Ajakan pedagang')
})
