// Kampanye over HTTP: written, tried, counted, handed in, approved, led to its end, on real rows.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDocument } from '../../src/documents.ts'
import { createMachine } from '../../src/machine.ts'
import { readVillages } from '../../src/place-list.ts'
import { findCampaign } from '../../src/registry/campaigns.ts'
import { openOutbound } from '../../src/registry/turns.ts'
import { loadVillages } from '../../src/registry/villages.ts'
import { openCampaignStage } from '../campaigns/stage.ts'
import { makeMember } from '../registry/members.ts'
import {
  areas,
  type OfficeBrowser,
  signInAs,
  startOffice,
  wordsOf,
} from '../support/office-stage.ts'
import { homes, pin } from '../support/officials.ts'

const stage = await openCampaignStage()
const { book, db, counts, makeChats, queue, seal, send, state } = stage

let office: Awaited<ReturnType<typeof startOffice>>
let writer: OfficeBrowser
let second: OfficeBrowser
let stranger: OfficeBrowser
beforeAll(async () => {
  const queues = { states: async () => [], retry: async () => 0 }
  const machine = createMachine(book, {}, queues, new AbortController().signal)
  const channels = new Map([['telegram', stage.channel]])
  office = await startOffice(stage, { machine: { shownOn: machine.shownOn }, channels })
  const known = readVillages().filter(({ code }) => /^63\.0[23]\.0[45]/.test(code))
  await loadVillages(db, 'two districts', known)
  writer = await signInAs(db, office.url, 'branch-officer', areas.own)
  await db.pool.query(`UPDATE address SET channel = 'telegram' WHERE id = $1`, [writer.addressId])
  second = await signInAs(db, office.url, 'branch-officer', areas.own, 'Rudi Contoh')
  stranger = await signInAs(db, office.url, 'branch-head', areas.other)
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

const good = {
  judul: 'Ajakan pedagang',
  'kata-id': 'Halo {name} di {village}. Mulai {lowest_price_other} sebulan.',
  tombol: 'villager/enrol',
  'tanpa-desa': 'ya',
}

/** Writes a campaign; its path below /kantor. */
async function write(form: Record<string, string> = good): Promise<string> {
  const answer = await writer.post('/kampanye/baru', form)
  expect(answer.status).toBe(303)
  return (answer.headers.get('location') ?? '').replace(/^\/kantor|\?.*$/g, '')
}

const idOf = (path: string) => Number(path.split('/').at(-1))

/** Where an answer leads, and what is said there. */
const toldBy = (answer: Response) => answer.headers.get('location')?.split('kabar=')[1]

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

async function upload(who: OfficeBrowser, path: string, bytes: Buffer | string, name = 'a.png') {
  const page = await (await who.get('/perangkat')).text()
  const form = new FormData()
  form.set('kunci', /name="kunci" value="([^"]+)"/.exec(page)?.[1] ?? '')
  form.set('berkas', new File([new Uint8Array(Buffer.from(bytes))], name))
  return fetch(`${who.url}/kantor${path}`, {
    ...{ method: 'POST', redirect: 'manual', body: form },
    headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' },
  })
}

test('a picture or PDF is known by its bytes, kept sealed, and goes with the message', async () => {
  const path = await write()
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('isi gambar')])
  for (const bad of ['', 'MZ', '<svg>', Buffer.concat([png, Buffer.alloc(1_100_000)])]) {
    expect((await upload(writer, `${path}/lampiran`, bad)).status).toBe(422)
  }
  expect((await upload(stranger, `${path}/lampiran`, png)).status).toBe(404)
  const answer = await upload(writer, `${path}/lampiran`, png, '../../Aja kan<b>.exe')
  expect(toldBy(answer)).toBe('campaign-attached')
  const { rows } = await db.pool.query('SELECT bytes FROM campaign_file')
  expect([rows.length, rows[0].bytes.includes('isi gambar')]).toEqual([1, false])
  const file = await writer.get(`${path}/berkas`)
  expect([file.headers.get('content-type'), Buffer.from(await file.arrayBuffer())]).toEqual([
    'image/png',
    png,
  ])
  expect(await (await writer.get(path)).text()).toContain(`<img src="/kantor${path}/berkas"`)
  await writer.post(`${path}/uji`)
  const { rows: sent } = await db.pool.query(
    'SELECT purpose, body FROM outbound WHERE address_id = $1 ORDER BY id DESC LIMIT 1',
    [writer.addressId],
  )
  const { document } = openOutbound(seal, sent[0].purpose, sent[0].body)
  expect(document).toMatchObject({ name: 'Aja kan b.png', mime: 'image/png', isPicture: true })
  const ground = { ...stage.programAt(), db, seal, book }
  expect(document && (await makeDocument(ground, document))).toEqual(png)
  await writer.post(`${path}/lampiran-lepas`)
  expect((await writer.get(`${path}/berkas`)).status).toBe(404)
})

test('a list is for those alone whose chats it leads to', async () => {
  const member = await makeMember(db)
  const path = await write()
  const list = `Nama;Resi\nSiti;SD-${member.receipt}\nBudi;SD-00000-00000\nAni;12`
  const taken = await upload(writer, `${path}/daftar`, list, 'daftar.csv')
  expect(await wordsOf(taken)).toContain('Ditemukan 1 percakapan. Tidak punya percakapan: 1.')
  expect((await findCampaign(db.pool, idOf(path)))?.audience.isListed).toBe(true)
  expect(await wordsOf(writer.get(`${path}/penerima`))).toContain('dari 1 yang cocok')
  await writer.post(`${path}/daftar-lepas`)
  expect((await findCampaign(db.pool, idOf(path)))?.audience.isListed).toBe(false)
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
  const third = await signInAs(db, office.url, 'branch-officer', areas.own, 'Ani Contoh')
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

test('a campaign of another area is in no list and has no page', async () => {
  const path = await write()
  expect(await wordsOf(stranger.get('/kampanye'))).toContain('Belum ada kampanye')
  expect((await stranger.get(path)).status).toBe(404)
  expect(await wordsOf(writer.get('/kampanye?keadaan=rancangan'))).toContain('Ajakan pedagang')
})

// Last: the server closes the line on whoever sends more than it takes.
test('nothing larger than a small file is even read', async () => {
  const path = await write()
  expect((await upload(writer, `${path}/lampiran`, Buffer.alloc(3_000_000))).status).toBe(413)
})
