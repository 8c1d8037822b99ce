// Mesin: its figures are counts of rows, its chain names the row, its lists stay in their area.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseAlarm } from '../../src/registry/alarms.ts'
import { appendAudit, appendAudits } from '../../src/registry/audit.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import {
  areas,
  type OfficeBrowser,
  signInAs,
  startOffice,
  wordsOf,
} from '../support/office-stage.ts'
import { enrol, handleSubmissions } from '../support/office-world.ts'
import { pin } from '../support/officials.ts'

const stage = await openStage()
const { db, seal } = stage

let failed = 3
const retried: string[] = []
const states = async () => [
  { name: 'sweep' as const, waiting: 4, running: 1, failed, oldestAt: new Date('2026-11-21') },
]
const retry = async (name: string) => {
  retried.push(name)
  failed = 0
  return 3
}
let office: Awaited<ReturnType<typeof startOffice>>
let head: OfficeBrowser
let other: OfficeBrowser
beforeAll(async () => {
  office = await startOffice(stage, { machine: { states, retry, linkPage: () => '/tautkan/x' } })
  head = await signInAs(db, office.url, 'branch-head', areas.own)
  other = await signInAs(db, office.url, 'branch-head', areas.other)
})
afterAll(async () => {
  await office.server.close()
  expect(office.errors).toEqual([])
})

test('says the first thing that is not in order, and lets it be seen to, once', async () => {
  expect(await wordsOf(head.get('/mesin'))).toContain('Pekerjaan yang gagal: 3')
  expect((await head.post('/mesin/antrean/sweep/ulang')).status).toBe(303)
  expect(retried).toEqual(['sweep'])
  expect(await wordsOf(head.get('/mesin'))).toContain('Mesin Semua berjalan.')
  await raiseAlarm(db.pool, { kind: 'outdated', channel: 'whatsapp' })
  const page = await (await head.get('/mesin')).text()
  expect(page).toMatch(/class="lead" data-live="lead">WhatsApp tidak lagi menerima versi klien ini/)
  expect(page).toContain('href="/tautkan/x"')
  const id = /gangguan\/(\d+)\/selesai/.exec(page)?.[1]
  for (let twice = 0; twice < 2; twice++) {
    expect((await head.post(`/mesin/gangguan/${id}/selesai`)).status).toBe(303)
  }
  expect(await wordsOf(head.get('/mesin'))).toContain('Tidak ada gangguan.')
  const { rows } = await db.pool.query(
    `SELECT action, subject FROM audit WHERE action IN ('close-alarm', 'retry-queue') ORDER BY id`,
  )
  expect(rows).toEqual([
    { action: 'retry-queue', subject: 'queue:sweep' },
    { action: 'close-alarm', subject: `alarm:${id}` },
  ])
})

test('counts what waits, and what is held back and why', async () => {
  const addressId = await makeAddress(db, 'yang menunggu')
  const send = (purpose: string, state: string, minutes: number, reason: string | null) =>
    db.pool.query(
      `INSERT INTO outbound (address_id, purpose, class, body, state, not_before, reason)
       VALUES ($1, $2, 'reminder', '', $3, now() + make_interval(mins => $4), $5)`,
      [addressId, purpose, state, minutes, reason],
    )
  await send('a', 'waiting', -9, null)
  await send('b', 'sending', -1, null)
  await send('c', 'failed', -1, 'blocked')
  await send('d', 'waiting', 60, 'quiet')
  await send('e', 'waiting', 90, 'quiet')
  const words = await wordsOf(head.get('/mesin'))
  expect(words).toContain('Pesan yang harus dikirim: 2 terlambat')
  expect(words).toMatch(/Pesan yang harus dikirim +2 +\d+ Nov 2026, [\d.]+ WITA +1 /)
  expect(words).toMatch(/console +Pengingat +2 +Jam tenang di tempat penerima/)
  await db.pool.query('DELETE FROM outbound')
})

test('requests to be erased have their clock, in their area alone', async () => {
  const { addressId } = await enrol(stage)
  await handleSubmissions(stage)
  await db.transaction((tx) => openTicket(tx, seal, addressId, { reason: 'erasure' }))
  await db.pool.query(
    `UPDATE ticket SET created_at = now() - interval '50 hours 10 minutes' WHERE address_id = $1`,
    [addressId],
  )
  expect(await wordsOf(head.get('/mesin'))).toMatch(/50 jam +belum ditetapkan kantor cabang/)
  expect(await wordsOf(other.get('/mesin'))).toContain('Tidak ada permintaan hapus data')
})

test('the trail has 50 lines a page, its filter stands in the address', async () => {
  await db.transaction(async (tx) => {
    const subjects = Array.from({ length: 120 }, (_, n) => ({ subject: `village:${n}` }))
    await appendAudits(tx, 'officer:trail', 'see-village', subjects)
    await appendAudit(tx, 'officer:trail', 'write-export', 'export:1', { count: 7 })
  })
  const lines = async (query: string) => {
    const page = await (await head.get(`/mesin/jejak?${query}`)).text()
    const older = /href="\/kantor\/mesin\/jejak\?([^"]*sebelum[^"]*)"/.exec(page)?.[1]
    const found = page.match(/<tr><th scope="row">/g) ?? []
    return { count: found.length, older: older?.replaceAll('&amp;', '&'), page }
  }
  const first = await lines('pelaku=officer:trail')
  const second = await lines(first.older ?? '')
  const third = await lines(second.older ?? '')
  expect([first.count, second.count, third.count]).toEqual([50, 50, 21])
  expect(third.older).toBeUndefined()
  expect((await lines('tindakan=write-export&pelaku=officer:trail')).page).toContain('count 7')
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  expect((await lines(`pelaku=officer:trail&dari=${today}&sampai=${today}`)).count).toBe(50)
  expect((await lines('pelaku=officer:trail&sampai=2026-01-01')).count).toBe(0)
  expect((await lines("pelaku=x'%22%3Cb%3E&dari=2026-99-99&sebelum=-1")).count).toBe(0)
})

test('what a post of another area did is not shown', async () => {
  const { rows } = await db.pool.query('SELECT id FROM post WHERE address_id = $1', [
    other.addressId,
  ])
  const actor = `post:${rows[0].id}`
  await db.transaction((tx) => appendAudit(tx, actor, 'see-village', 'village:63.02'))
  expect(await wordsOf(other.get(`/mesin/jejak?pelaku=${actor}`))).toContain('village:63.02')
  expect(await wordsOf(head.get(`/mesin/jejak?pelaku=${actor}`))).toContain('Tidak ada baris')
})

async function check(): Promise<string> {
  expect((await head.post('/mesin/jejak/periksa')).status).toBe(303)
  for (;;) {
    const words = await wordsOf(head.get('/mesin/jejak'))
    if (!words.includes('Sedang diperiksa')) return words
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('follows the chain over several pages of rows and names the first row that does not fit', async () => {
  await db.transaction(async (tx) => {
    const subjects = Array.from({ length: 2_200 }, (_, n) => ({ subject: `village:${n}` }))
    await appendAudits(tx, 'officer:many', 'see-village', subjects)
  })
  const { rows } = await db.pool.query('SELECT count(*) AS count FROM audit')
  const whole = /Rantai utuh: ([\d.]+) baris/.exec(await check())?.[1]
  expect(Number(whole?.replaceAll('.', ''))).toBe(rows[0].count + 1)
  const owner = await db.pool.connect()
  const forge = async (sql: string) => {
    await owner.query('SET ROLE NONE')
    await owner.query('ALTER TABLE audit DISABLE TRIGGER USER')
    await owner.query(sql)
    await owner.query('ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_link')
    await owner.query('ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuse')
  }
  try {
    await forge(`UPDATE audit SET actor = 'x' WHERE id = 2001`)
    expect(await check()).toContain('Rantai putus di baris 2.001 ')
    await forge(`UPDATE audit SET actor = 'officer:many' WHERE id = 2001`)
    expect(await check()).toContain('Rantai utuh')
    await forge('DELETE FROM audit WHERE id > 999 AND id < 2002')
    expect(await check()).toContain('Rantai putus di baris 1.000 ')
  } finally {
    await owner.query('RESET ROLE')
    owner.release()
  }
})

test('people whom an account touched, of the own area, in the window, with the clock of the law', async () => {
  const mine = await enrol(stage)
  const theirs = await enrol(stage)
  const { rows } = await db.pool.query<{ id: number; receipt: string }>(
    'SELECT id, receipt FROM submission WHERE receipt = ANY ($1) ORDER BY id',
    [[mine.receipt, theirs.receipt]],
  )
  const [one, two] = rows
  await db.pool.query(`UPDATE submission SET village_code = '63.03.05.2056' WHERE id = $1`, [
    one?.id,
  ])
  await db.transaction(async (tx) => {
    await appendAudit(tx, 'post:777', 'reveal-submission', `submission:${one?.id}`)
    await appendAudit(tx, 'post:777', 'see-chat', `address:${mine.addressId}`)
    await appendAudit(tx, 'post:778', 'reveal-submission', `submission:${two?.id}`)
  })
  const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)
  const now = Date.now()
  const window = { dari: local(now - 3_600_000), sampai: local(now + 3_600_000) }
  const ask = (who: OfficeBrowser, more: Record<string, string>) =>
    wordsOf(who.get(`/mesin/terkena?${new URLSearchParams({ ...window, ...more })}`))
  const seen = await ask(head, { pelaku: 'post:777', diketahui: local(now - 71.5 * 3_600_000) })
  expect(seen).toContain('Data 1 orang dilihat atau diubah oleh post:777')
  expect(seen).toContain('tinggal 1 jam')
  expect(seen).toMatch(/reveal-submission, see-chat +2 /)
  expect(await ask(other, { pelaku: 'post:777' })).toContain('Data 0 orang')
  const before = { dari: local(now - 9_000_000), sampai: local(now - 3_600_000) }
  expect(await ask(head, { pelaku: 'post:777', ...before })).toContain('Data 0 orang')
  expect(await ask(head, { pelaku: 'post:777', diketahui: local(now - 80 * 3_600_000) })).toContain(
    'sudah lewat',
  )
  const form = { pelaku: 'post:777', ...window }
  expect((await head.post('/mesin/terkena/berkas', form)).status).toBe(422)
  const file = await head.post('/mesin/terkena/berkas', { ...form, pin })
  expect(file.headers.get('content-disposition')).toContain('terkena-post-777.csv')
  const lines = (await file.text()).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  const { rows: audited } = await db.pool.query(
    `SELECT subject, detail->>'count' AS count FROM audit WHERE action = 'export-affected'`,
  )
  expect(audited).toEqual([{ subject: 'account:post:777', count: '1' }])
})

test('the stream tells the state and ends with the session; a third of one browser is refused', async () => {
  const who = await signInAs(db, office.url, 'branch-officer', areas.own)
  const first = await who.get('/kabar?tentang=mesin')
  const reader = first.body?.getReader()
  const said = new TextDecoder().decode((await reader?.read())?.value)
  expect(JSON.parse(said.replace(/^data: /, ''))).toMatchObject({
    words: { lead: 'Semua berjalan.' },
  })
  const second = await who.get('/kabar?tentang=mesin')
  expect([second.status, (await who.get('/kabar?tentang=mesin')).status]).toEqual([200, 204])
  await second.body?.cancel()
  await who.post('/keluar')
  let isOver = false
  for (const until = Date.now() + 60_000; !isOver && Date.now() < until; ) {
    isOver = (await reader?.read())?.done ?? true
  }
  expect(isOver).toBe(true)
})
