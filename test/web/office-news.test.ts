// What open pages are told: what waits, what is new, who has a talk; each only of the own area.
import { expect, test } from 'vitest'
import { must } from '../../src/core/must.ts'
import { sayOnTicket, takeTicket } from '../../src/registry/conversations.ts'
import { recordMemberships } from '../../src/registry/decisions.ts'
import { findSubmissionId } from '../../src/registry/review.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { sealOutbound } from '../../src/registry/turns.ts'
import type { News } from '../../src/web/office/stream.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import { areas, signInAs } from '../support/office-stage.ts'
import { enrol, handleSubmissions, openSignedIn } from '../support/office-world.ts'
import { homes, makeOfficial, newCode } from '../support/officials.ts'

const stage = await openStage()
const { db, seal } = stage
const { office, who } = await openSignedIn(stage)

/** What the stream of this page tells first. */
async function newsOf(page: string, browser = who): Promise<News> {
  const path = /data-stream="\/kantor([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const answer = await browser.get(path)
  expect([path, answer.headers.get('content-type')]).toEqual([path, 'text/event-stream'])
  const reader = answer.body?.getReader()
  const said = new TextDecoder().decode((await reader?.read())?.value)
  await reader?.cancel()
  return JSON.parse(said.replace(/^data: /, ''))
}

const pageOf = async (path: string) => (await who.get(path)).text()

async function submit(village: string, name = 'Siti Rahmah') {
  const { receipt } = await enrol(stage, { village, name })
  await handleSubmissions(stage)
  return receipt
}

async function ask(village: string, words = 'Kapan?') {
  const addressId = await makeOfficial(db, 'village-operator', village)
  const kept = { reason: 'question', words: JSON.stringify({ question: words }) }
  await db.transaction((tx) => openTicket(tx, seal, addressId, kept))
  const { rows } = await db.pool.query<{ id: number }>('SELECT max(id) AS id FROM ticket')
  return { addressId, id: rows[0]?.id ?? 0 }
}

test('Hari ini: what waits as the page itself would say it, and the numbers of the menu', async () => {
  const quiet = await pageOf('')
  expect((await newsOf(quiet)).words).toEqual({
    ...{ submissions: '', tickets: '', alarms: '', members: '' },
    ...{ 'office-menu-review': '', 'office-menu-talks': '', 'office-campaigns': '' },
    nothing: 'Tidak ada yang menunggu Anda.',
  })
  await submit(homes.own)
  await submit(homes.elsewhere)
  await ask(homes.own)
  await ask(homes.elsewhere)
  const { words } = await newsOf(quiet)
  expect(words).toMatchObject({ nothing: '', alarms: '', 'office-menu-review': '1' })
  const now = await pageOf('')
  for (const name of ['submissions', 'tickets', 'office-menu-review', 'office-menu-talks']) {
    expect(words[name]).not.toBe('')
    expect(now).toContain(`data-live="${name}">${words[name]}<`)
  }
})

test('Periksa: how many came since, of the own area, and not one row is sent', async () => {
  const page = await pageOf('/periksa')
  expect((await newsOf(page)).words.new).toBe('')
  await submit(homes.own)
  await submit(homes.neighbour)
  await submit(homes.elsewhere)
  const news = await newsOf(page)
  expect(news.words.new).toBe('2 pendaftaran baru.')
  expect(Object.keys(news)).toEqual(['words'])
  expect((await newsOf(await pageOf('/periksa'))).words.new).toBe('')
})

test('one submission: what a colleague does with it, and that it can be decided on no more', async () => {
  const receipt = await submit(homes.own)
  const colleague = await signInAs(db, office.url, 'branch-head', areas.own, 'Rudi Contoh')
  const page = await pageOf(`/periksa/${receipt}`)
  expect(await newsOf(page)).toEqual({ words: { new: '' }, isOver: false })
  await colleague.post(`/periksa/${receipt}/tanya`, { kata: 'Umur berapa?' })
  expect(await newsOf(page)).toMatchObject({
    words: { new: expect.stringMatching(/^Sudah ditanya oleh Rudi Contoh, /) },
    isOver: false,
  })
  const asked = await pageOf(`/periksa/${receipt}`)
  expect((await newsOf(asked)).words.new).toBe('')
  await colleague.post(`/periksa/${receipt}/tolak`, { alasan: 'age' })
  expect(await newsOf(asked)).toEqual({
    words: {
      new: /Sudah ditolak oleh Rudi Contoh, [^<]+/.exec(await pageOf(`/periksa/${receipt}`))?.[0],
    },
    isOver: true,
  })
  const refused = await pageOf(`/periksa/${receipt}`)
  expect(await newsOf(refused)).toEqual({ words: { new: '' }, isOver: false })
  await colleague.post(`/periksa/${receipt}/urungkan`)
  expect(await newsOf(asked)).toEqual({ words: { new: '' }, isOver: false })
  expect((await newsOf(refused)).words.new).toBe('Keputusan tadi sudah diurungkan.')
})

test('one submission: another became part of it, and its number came by itself', async () => {
  const tiga = () => submit(homes.own, 'Tiga Umpama')
  const [older, younger] = [await tiga(), await tiga()]
  const pages = await Promise.all([older, younger].map((receipt) => pageOf(`/periksa/${receipt}`)))
  const news = () => Promise.all(pages.map((page) => newsOf(page)))
  await who.post(`/periksa/${younger}/gabung`, { pasangan: older })
  const shown = `SD-${younger.slice(0, 5)}-${younger.slice(5)}`
  expect(await news()).toMatchObject([
    { words: { new: `Yang menjadi satu dengan pendaftaran ini: ${shown}.` }, isOver: false },
    { words: { new: expect.stringMatching(/^Digabungkan dengan SD-/) }, isOver: true },
  ])
  const submissionId = must(await findSubmissionId(db.pool, older), 'the older one')
  const issued = [{ submissionId, kpj: '20270000001' }]
  await db.transaction((tx) => recordMemberships(tx, seal, issued, 'program'))
  expect((await news())[0]).toEqual({
    ...{ words: { new: 'Pendaftaran ini sudah diputuskan.' }, isOver: true },
  })
})

test('one submission that its person takes back while it is looked at', async () => {
  const { receipt, addressId } = await enrol(stage, { village: homes.own })
  await handleSubmissions(stage)
  const open = await who.get(`/kabar?tentang=periksa&nomor=${receipt}`)
  const reader = open.body?.getReader()
  await reader?.read()
  await db.transaction((tx) => eraseData(tx, seal, addressId))
  const last = new TextDecoder().decode((await reader?.read())?.value)
  expect(JSON.parse(last.replace(/^data: /, ''))).toEqual({
    ...{ words: { new: 'Pendaftaran ini sudah ditarik kembali oleh orangnya.' }, isOver: true },
  })
  await reader?.cancel()
})

test('Percakapan: who has which, since when, and how many are new', async () => {
  const { id } = await ask(homes.own)
  const page = await pageOf('/percakapan')
  const colleague = await makeOfficial(db, 'branch-officer', areas.own, 'Rudi Contoh')
  const { rows } = await db.pool.query('SELECT id FROM post WHERE address_id = $1', [colleague])
  await db.transaction((tx) => takeTicket(tx, id, `post:${rows[0].id}`))
  const newer = await ask(homes.neighbour)
  await ask(homes.elsewhere)
  const { words } = await newsOf(page)
  expect([words.new, words[`holder-${id}`]]).toEqual(['1 percakapan baru.', 'Rudi Contoh'])
  expect([words[`holder-${newer.id}`], words[`since-${newer.id}`]]).toEqual([
    'belum ada',
    expect.stringContaining('WITA'),
  ])
})

test('one talk: new words below the old, that a colleague has it, that it is over', async () => {
  const { id, addressId } = await ask(homes.own, 'Kartu saya mana?')
  const page = await pageOf(`/percakapan/${id}`)
  const lines = async () => (await newsOf(page)).lines?.map((line) => line.words) ?? []
  const before = await lines()
  const purpose = `coba:${newCode()}`
  const body = sealOutbound(seal, purpose, { text: 'NIK 6303055203850001 <b>tercatat</b>' })
  await db.pool.query(
    `INSERT INTO outbound (address_id, purpose, class, body) VALUES ($1, $2, 'reply', $3)`,
    [addressId, purpose, body],
  )
  const after = await lines()
  expect(after.slice(0, -1)).toEqual(before)
  expect(after.at(-1)).toMatch(/^NIK (?!.*6303055203850001).* <b>tercatat<\/b>$/)
  const shown = await pageOf(`/percakapan/${id}`)
  for (const line of (await newsOf(page)).lines ?? []) expect(shown).toContain(`id="${line.id}"`)
  expect((await newsOf(page)).words.new).toBe('')
  await db.transaction((tx) => takeTicket(tx, id, 'officer:rudi'))
  expect((await newsOf(page)).words.new).toBe('Sekarang dipegang rudi.')
  const open = await who.get(`/kabar?tentang=percakapan&nomor=${id}`)
  const reader = open.body?.getReader()
  await reader?.read()
  const says = { ticketId: id, words: '', actor: 'officer:rudi', closes: true }
  await db.transaction((tx) => sayOnTicket(tx, seal, says))
  const last = new TextDecoder().decode((await reader?.read())?.value)
  expect(JSON.parse(last.replace(/^data: /, '')).words.new).toBe('Percakapan ini sudah ditutup.')
  await reader?.cancel()
  expect((await who.get(`/kabar?tentang=percakapan&nomor=${id}`)).status).toBe(404)
})

test('of another area, of nothing, or without a session there is no stream', async () => {
  const { id } = await ask(homes.elsewhere)
  const elsewhere = await submit(homes.elsewhere)
  const ones = [`percakapan&nomor=${id}`, 'percakapan&nomor=x', `periksa&nomor=${elsewhere}`]
  const odd = ['', 'lain', '__proto__', 'toString', '__proto__&nomor=1', ...ones]
  for (const about of odd) {
    expect([about, (await who.get(`/kabar?tentang=${about}`)).status]).toEqual([about, 404])
  }
  const headers = { cookie: 'kantor=x' }
  expect((await fetch(`${office.url}/kantor/kabar?tentang=periksa`, { headers })).status).toBe(401)
  await makeAddress(db, 'siapa pun')
})
