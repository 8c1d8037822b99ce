// Orang over real HTTP: who is found by what, in which area, and what one person's page tells.
import { expect, test } from 'vitest'
import { acceptSubmission } from '../../src/registry/review-decisions.ts'
import { findReviewed } from '../../src/registry/review-queue.ts'
import { openStage } from '../registry/stage.ts'
import { wordsOf } from '../support/office-stage.ts'
import {
  enrol,
  handleSubmissions,
  newNik,
  openSignedIn,
  startVillage,
  tell,
} from '../support/office-world.ts'
import { homes } from '../support/officials.ts'

const stage = await openStage()
const { db, seal, book } = stage
const { who } = await openSignedIn(stage)

const search = (kata: string, desa = '') => who.post('/orang', { kata, desa })

/** The receipts that the page of results leads to. */
async function found(kata: string, desa = '') {
  const page = await (await search(kata, desa)).text()
  return [...page.matchAll(/href="\/kantor\/orang\/(\w+)"/g)].map(([, receipt]) => receipt)
}

async function submit(answers: Parameters<typeof enrol>[1] = {}) {
  const { receipt, addressId } = await enrol(stage, answers)
  await handleSubmissions(stage)
  return { receipt, addressId }
}

async function accept(receipt: string, kpj: string) {
  const one = await findReviewed(db.pool, seal, '63.03 63.02', receipt)
  if (!one) throw new Error('no such submission')
  const deciding = { seal, book, actor: 'officer:vina' }
  await db.transaction((tx) => acceptSubmission({ tx, ...deciding }, one, kpj))
}

test('found by receipt, by either number and by name, only in the own area', async () => {
  const [nik, kpj] = [newNik(), '20290000001']
  const { receipt } = await submit({ nik, name: 'Hj. Norhayati Contoh' })
  await accept(receipt, kpj)
  const other = await submit({ name: 'Norhayati Lain', village: homes.neighbour })
  const foreign = newNik()
  const far = await submit({ nik: foreign, name: 'Norhayati Jauh', village: homes.elsewhere })
  await accept(far.receipt, '20290000002')
  const shown = `SD-${receipt.slice(0, 5)}-${receipt.slice(5)}`
  for (const words of [shown, shown.toLowerCase(), kpj, '2029 000 0001', nik, 'norhayati contoh']) {
    expect([words, await found(words)]).toEqual([words, [receipt]])
  }
  expect(await found('Norhayti')).toEqual([other.receipt, receipt])
  expect(await found('Norhayati', 'pasayangan utara')).toEqual([receipt])
  for (const words of [
    foreign,
    '20290000002',
    far.receipt,
    `SD-${far.receipt}`,
    'Norhayati Jauh',
  ]) {
    expect([words, await found(words)]).toEqual([words, []])
  }
  expect((await who.get(`/orang/${far.receipt}`)).status).toBe(404)
})

test('a name is found among those that were read before and those that came since', async () => {
  const { receipt } = await submit({ name: 'Gusti Perdana Contoh' })
  expect(await found('gusti perdana')).toEqual([receipt])
  await db.pool.query(`UPDATE submission SET created_at = created_at - interval '2 minutes'`)
  expect(await found('gusti perdana')).toEqual([receipt])
  // What was read once is not read again: only who took their words back is gone from it.
  const later = await submit({ name: 'Gusti Perdana Lain' })
  expect(await found('gusti perdana')).toEqual([later.receipt, receipt])
  await db.pool.query(
    `UPDATE submission SET state = 'withdrawn', answers = '', closed_at = now()
      WHERE receipt = $1`,
    [receipt],
  )
  expect(await found('gusti perdana')).toEqual([later.receipt])
})

test('what cannot be looked for is said; what was looked for is audited without its words', async () => {
  expect(await wordsOf(search('Al'))).toContain('sedikitnya tiga huruf')
  expect(await wordsOf(search('Aminah', 'Desa Khayalan'))).toContain('tidak ada di wilayah Anda')
  expect(await wordsOf(search('Zulkifli'))).toContain('Tidak ada yang cocok')
  const { rows } = await db.pool.query(
    `SELECT detail FROM audit WHERE action = 'search-people' ORDER BY id DESC LIMIT 1`,
  )
  expect(rows).toEqual([{ detail: { by: 'name', found: 0 } }])
  const { rows: spoken } = await db.pool.query(`SELECT FROM audit WHERE detail::text ~ 'Zulkifli'`)
  expect(spoken).toEqual([])
})

test('one person: what the membership is, and what happened, and nothing sensitive', async () => {
  const nik = newNik()
  const { receipt, addressId } = await submit({ nik, name: 'Mariani Contoh' })
  const before = await wordsOf(who.get(`/orang/${receipt}`))
  expect(before).toContain('Belum terdaftar, masih menunggu petugas.')
  await accept(receipt, '20290000003')
  await tell(stage, addressId, 'open-ticket', { question: 'Kapan kartunya terbit?' })
  await db.pool.query(`UPDATE outbound SET sent_at = now(), state = 'sent' WHERE address_id = $1`, [
    addressId,
  ])
  await db.pool.query(
    `INSERT INTO consent (address_id, kind, given, wording, language, receipt)
     SELECT $1, kind, kind = 'registration', (SELECT version FROM wording LIMIT 1), 'id', $2
       FROM unnest(ARRAY['registration', 'campaign']) AS kind`,
    [addressId, receipt],
  )
  const words = await wordsOf(who.get(`/orang/${receipt}`))
  expect(words).toMatch(/Terdaftar sejak .* \(JKK, JKM\)\. Belum ada iuran yang dibayar\./)
  for (const event of [
    'dikirim dari mesin cabang',
    'diterima oleh vina',
    'Nomor peserta dicatat',
    'Menunggu petugas',
    'Kabar dikirim kepadanya',
    'Menyetujui pemakaian datanya',
    'Tidak mau menerima kabar kegiatan',
  ]) {
    expect(words).toContain(event)
  }
  for (const hidden of [nik, 'Aminah', 'Kapan kartunya']) expect(words).not.toContain(hidden)
})

test('what a head does in the own chat is not told of those whom the head registers', async () => {
  const head = await startVillage(stage, homes.own, ['Siti Contoh'])
  await tell(stage, head, 'open-ticket', { question: 'Rahasia kepala desa' })
  const [receipt] = await found('Siti Contoh')
  const words = await wordsOf(who.get(`/orang/${receipt}`))
  expect(words).toContain('Siti Contoh')
  expect(words).not.toContain('Menunggu petugas:')
})
