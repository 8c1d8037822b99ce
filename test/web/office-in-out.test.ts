// Masuk-keluar: lists leave once, with a second person; files come in, each row with its verdict.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadVillages } from '../../src/registry/villages.ts'
import { makeWaiting } from '../members/stage.ts'
import { paymentFile } from '../payments/stage.ts'
import { openStage } from '../registry/stage.ts'
import {
  areas,
  type OfficeBrowser,
  signInAs,
  startOffice,
  wordsOf,
} from '../support/office-stage.ts'
import { pin } from '../support/officials.ts'
import { realVillages } from '../support/real-book.ts'

const stage = await openStage()
const { db } = stage

let office: Awaited<ReturnType<typeof startOffice>>
let asks: OfficeBrowser
let approves: OfficeBrowser
let other: OfficeBrowser
/** The number of somebody who was registered by an answer. */
let kpj = ''
beforeAll(async () => {
  office = await startOffice(stage)
  const homes = realVillages().filter(({ code }) => /^63\.0[23]\.04/.test(code))
  await loadVillages(db, 'two districts', homes)
  asks = await signInAs(db, office.url, 'branch-officer', areas.own)
  approves = await signInAs(db, office.url, 'branch-officer', areas.own)
  other = await signInAs(db, office.url, 'branch-head', areas.other)
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

const wish = { jenis: 'bpu', alasan: 'pendaftaran minggu ini' }

async function hand(who: OfficeBrowser, path: string, bytes: Buffer | string) {
  const page = await (await who.get('/masuk-keluar')).text()
  const form = new FormData()
  form.set('kunci', /name="kunci" value="([^"]+)"/.exec(page)?.[1] ?? '')
  form.set('berkas', new File([new Uint8Array(Buffer.from(bytes))], 'berkas.csv'))
  return fetch(`${who.url}/kantor/masuk-keluar/${path}`, {
    ...{ method: 'POST', redirect: 'manual', body: form },
    headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' },
  })
}

async function settled(who: OfficeBrowser, path: string): Promise<string> {
  for (;;) {
    const words = await wordsOf(who.get(path))
    if (!words.includes('Sedang dikerjakan')) return words
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('nothing leaves without PIN, reason and an area of one’s own', async () => {
  expect((await asks.post('/masuk-keluar/ekspor', wish)).status).toBe(422)
  const bad: Record<string, string>[] = [
    { alasan: 'x' },
    { wilayah: '63.02' },
    { wilayah: '99.99' },
    { jenis: 'semua' },
  ]
  for (const one of bad) {
    const answer = await asks.post('/masuk-keluar/ekspor', { ...wish, ...one, pin })
    expect([one, answer.status]).toEqual([one, 422])
  }
  const { rows } = await db.pool.query('SELECT count(*) AS count FROM export')
  expect(rows).toEqual([{ count: 0 }])
})

test('a small list is taken once, by whoever asked for it', async () => {
  for (let n = 0; n < 3; n++) await makeWaiting(db)
  await makeWaiting(db, { row: { villageCode: '63.02.04.2005' } })
  const asked = await asks.post('/masuk-keluar/ekspor', wish)
  expect(asked.headers.get('location')).toBe('/kantor/masuk-keluar?kabar=export-ready')
  const { rows } = await db.pool.query('SELECT id FROM export')
  const id = rows[0].id
  expect(await wordsOf(asks.get('/masuk-keluar'))).toMatch(
    /Bukan penerima upah \(bpu-1\) +Kab. Banjar +3 +pendaftaran minggu ini +diminta Anda, belum diunduh/,
  )
  expect(await wordsOf(other.get('/masuk-keluar'))).toContain('Belum ada daftar yang keluar')
  const path = `/masuk-keluar/ekspor/${id}/unduh`
  expect((await other.post(path, { pin })).status).toBe(404)
  expect((await approves.post(path, { pin, bentuk: 'csv' })).status).toBe(422)
  const answers = await Promise.all([1, 2, 3].map(() => asks.post(path, { bentuk: 'csv', pin })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422])
  const file = answers.find(({ status }) => status === 200)
  expect(file?.headers.get('content-disposition')).toContain(`ekspor-${id}-bpu-1.csv`)
  const lines = (await file?.text())?.trim().split('\r\n') ?? []
  expect(lines).toHaveLength(5)
  expect(lines.at(-1)).toMatch(new RegExp(`^"?Ekspor ${id}, 3 orang, dibuat .* oleh post:\\d+`))
})

test('a large list waits for a second person, and the first is not one', async () => {
  for (let n = 0; n < 26; n++) await makeWaiting(db)
  const asked = await asks.post('/masuk-keluar/ekspor', { ...wish, pin })
  expect(asked.headers.get('location')).toBe('/kantor/masuk-keluar?kabar=export-asked')
  const { rows } = await db.pool.query('SELECT max(id) AS id FROM export')
  const path = `/masuk-keluar/ekspor/${rows[0].id}`
  expect((await asks.post(`${path}/unduh`, { pin })).status).toBe(422)
  expect((await asks.post(`${path}/setujui`, { pin })).status).toBe(422)
  const page = await (await approves.get('/masuk-keluar')).text()
  expect(page).toContain(`/kantor${path}/setujui`)
  expect((await approves.post(`${path}/setujui`, { pin })).status).toBe(303)
  expect((await approves.post(`${path}/unduh`, { pin })).status).toBe(422)
  const file = await asks.post(`${path}/unduh`, { pin })
  expect([file.status, file.headers.get('content-type')]).toEqual([
    200,
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ])
})

test('answers come in: verdicts per row are counts of rows, with a filter and as a file', async () => {
  const registered = await makeWaiting(db)
  kpj = registered.kpj
  const refused = await makeWaiting(db)
  const far = await makeWaiting(db)
  await db.pool.query(`UPDATE submission SET village_code = '63.02.04.2005' WHERE id = $1`, [
    far.id,
  ])
  const csv = [
    'Resi;Nomor Peserta;Hasil;Alasan',
    `${registered.receipt};${registered.kpj};Berhasil;`,
    `${refused.receipt};;Gagal;NIK tidak ditemukan`,
    `${far.receipt};${far.kpj};Berhasil;`,
    `TIDAKADA00;26999999999;Berhasil;=CMD()`,
  ].join('\r\n')
  const answer = await hand(asks, 'jawaban', csv)
  expect(answer.status).toBe(303)
  const path = (answer.headers.get('location') ?? '').replace('/kantor', '')
  const words = await settled(asks, path)
  const { rows } = await db.pool.query<{ verdict: string; count: number }>(
    'SELECT verdict, count(*) AS count FROM answer_row GROUP BY 1 ORDER BY 1',
  )
  expect(rows.map(({ count }) => count).reduce((a, b) => a + b)).toBe(4)
  expect(words).toContain('Selesai: 4 baris sudah dinilai.')
  expect(words).toContain('terdaftar: 2, ditolak: 1')
  // The row about somebody of another area is judged, and not shown.
  const shownRows = async (query: string) =>
    (await (await asks.get(`${path}${query}`)).text()).match(/<tr><th scope="row">/g)?.length ?? 0
  expect([await shownRows(''), await shownRows('?hasil=refused')]).toEqual([3, 1])
  const file = await (await asks.get(`${path}/berkas`)).text()
  expect(file.trim().split('\r\n')).toHaveLength(4)
  expect(file).not.toContain(far.receipt)
  expect((await other.get(path)).status).toBe(404)
  expect((await other.get(`${path}/berkas`)).status).toBe(404)
  expect(await wordsOf(asks.get('/masuk-keluar'))).toContain('Berkas terakhir yang masuk')
  const again = await hand(asks, 'jawaban', csv)
  expect(again.headers.get('location')).toBe(`/kantor${path}`)
  // No other file is taken while it is looked through once more.
  await settled(asks, path)
})

test('payments come in by the same way', async () => {
  const file = paymentFile([
    [kpj, '', '2026-11', 1, '2026-11-20', 'A-1'],
    ['26999999998', '', '2026-11', 8400, '2026-11-20', 'A-2'],
  ])
  const answer = await hand(asks, 'iuran', file)
  const path = (answer.headers.get('location') ?? '').replace('/kantor', '')
  const words = await settled(asks, path)
  expect(words).toContain('Selesai: 2 baris sudah dinilai.')
  const { rows } = await db.pool.query<{ verdict: string }>(
    'SELECT verdict FROM payment_row ORDER BY line',
  )
  expect(rows.map(({ verdict }) => verdict)).toEqual(['wrong-amount', 'unknown-number'])
})

test('what is no such file is refused in a sentence, and nothing of it is kept', async () => {
  const tries = ['', 'Nama;Umur\r\nSiti;40', Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9])]
  for (const one of tries) {
    const answer = await hand(asks, 'jawaban', one)
    expect(answer.status).toBe(422)
    expect(await wordsOf(answer)).toContain('Tidak ada yang dicatat dari berkas itu')
  }
  expect((await hand(asks, 'jawaban', Buffer.alloc(11 * 1024 * 1024, 65))).status).toBe(413)
})
