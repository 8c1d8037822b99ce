// What becomes of a membership, over real HTTP: seen on the list, decided on the person's page.
import { expect, test } from 'vitest'
import { readBranchWaiting } from '../../src/core/branch-waiting.ts'
import { answersPlace } from '../../src/registry/answers-place.ts'
import { lookUpFacts } from '../../src/registry/facts.ts'
import { readHistoryOf } from '../../src/registry/history.ts'
import { makeMember } from '../registry/members.ts'
import { openStage } from '../registry/stage.ts'
import { areas, signInAs, wordsOf } from '../support/office-stage.ts'
import { openSignedIn } from '../support/office-world.ts'
import { homes, pin } from '../support/officials.ts'

const stage = await openStage()
const { db, seal, book } = stage
const { office, who } = await openSignedIn(stage)

/** A member in a village whose months since December 2025 are open. */
async function makeOpen(name: string, village: string = homes.own) {
  const made = await makeMember(db, { startsOn: '2025-12-01', village })
  // As receipts are, which the address of the page has.
  const receipt = made.receipt.replace('M', '7')
  await db.pool.query(
    `UPDATE submission SET receipt = $2, village_code = $3, answers = $4 WHERE id = $1`,
    [made.id, receipt, village, seal.seal(JSON.stringify({ name }), answersPlace(receipt))],
  )
  await db.pool.query(
    `INSERT INTO contribution (submission_id, month, payer, base_rupiah, jkk, jkm, jht, jp,
            total_rupiah, nominal_due_on, due_on)
     SELECT $1, m, 'self', 1000000, 10000, 6800, 0, 0, 16800, m + 14, m + 14
       FROM unnest('{2025-12-01,2026-01-01,2026-02-01}'::date[]) AS m`,
    [made.id],
  )
  return { ...made, receipt }
}

const act = (receipt: string, what: string, form: Record<string, string>) =>
  who.post(`/orang/${receipt}/${what}`, { pin, ...form })

test('long unpaid memberships are counted, listed, and only those of the own area', async () => {
  const { receipt } = await makeOpen('Siti Rekaan')
  const far = await makeOpen('Jauh Rekaan', homes.elsewhere)
  expect(await wordsOf(who.get(''))).toContain(
    '1 kepesertaan perlu dilihat, yang terlama sejak 15 Des 2025. Lihat',
  )
  const page = await (await who.get('/kepesertaan')).text()
  expect(page).toContain(`/kantor/orang/${receipt}#alasan`)
  expect(page).toContain('3 bulan belum dibayar, sejak 15 Des 2025.')
  expect(page).not.toContain(far.receipt)
  expect((await act(far.receipt, 'akhiri', { alasan: 'moved', hari: '2026-03-31' })).status).toBe(
    404,
  )
})

test('HARI INI in the chat tells the same number, and since when', async () => {
  const looking = { tx: db.pool, seal, book, addressId: who.addressId, on: '2026-12-09' }
  const found = await lookUpFacts({ ...looking, answers: {} }, ['branch-waiting'])
  const { count, minutes } = readBranchWaiting(found['branch-waiting']).members
  const began = Date.now() - minutes * 60_000
  expect([count, new Date(began + 8 * 3_600_000).toISOString().slice(0, 13)]).toEqual([
    ...[1, '2025-12-15T00'],
  ])
})

test('still active: the months are paid, and the list is empty again', async () => {
  const { receipt } = await makeOpen('Aminah Rekaan')
  await makeOpen('Halimah Rekaan')
  // Counted a moment ago, when there was Siti alone.
  expect(await wordsOf(who.get(''))).toContain('1 kepesertaan perlu dilihat')
  const wrong = await act(receipt, 'aktif', { sampai: '2026-2', dibayar: '2026-03-01' })
  expect(wrong.status).toBe(422)
  expect(await wordsOf(wrong)).toContain('Bulan iurannya tidak terbaca')
  const done = await act(receipt, 'aktif', { sampai: '2026-02', dibayar: '2026-03-01' })
  expect(done.headers.get('location')).toBe(`/kantor/orang/${receipt}?kabar=member-active`)
  expect(await (await who.get('/kepesertaan')).text()).not.toContain(receipt)
  // What is decided is counted at once.
  expect(await wordsOf(who.get(''))).toContain('2 kepesertaan perlu dilihat')
  expect(await wordsOf(who.get(`/orang/${receipt}`))).toContain('Iuran dibayar sampai 2026-02.')
})

test('ended: the page says why and who did it; the family reads it; it can be taken back', async () => {
  const { receipt, addressId } = await makeOpen('Rusdi Rekaan')
  const late = await act(receipt, 'akhiri', { alasan: 'died', hari: '2099-01-01' })
  expect(await wordsOf(late)).toContain('Hari terakhir itu belum tiba.')
  await act(receipt, 'akhiri', { alasan: 'died', hari: '2026-01-20' })
  const page = await wordsOf(who.get(`/orang/${receipt}`))
  expect(page).toContain('Kepesertaannya berakhir 20 Jan 2026: peserta meninggal dunia.')
  expect(page).toContain('Belum dibayar: Desember 2025, Januari 2026.')
  expect(page).toContain('Kepesertaan berakhir: peserta meninggal dunia. Dicatat oleh Vina Contoh')
  expect(page).not.toContain('Masih aktif')
  const told = await readHistoryOf(db.pool, seal, addressId, 5)
  expect(told.map((line) => line.from === 'bot' && line.message.text).join()).toContain(
    'turut berduka cita',
  )
  const back = await act(receipt, 'buka', {})
  expect(back.headers.get('location')).toContain('kabar=member-reopened')
  expect(await readHistoryOf(db.pool, seal, addressId, 5)).toEqual([])
  expect(await wordsOf(who.get(`/orang/${receipt}`))).toContain('Terdaftar sejak')
})

test('back again from a month on, not from one that was before the end', async () => {
  const { receipt } = await makeOpen('Norma Rekaan')
  await act(receipt, 'akhiri', { alasan: 'moved', hari: '2026-01-20' })
  const early = await act(receipt, 'kembali', { mulai: '2026-01' })
  expect(await wordsOf(early)).toContain('belum sesudah bulan berakhirnya')
  const done = await act(receipt, 'kembali', { mulai: '2026-04' })
  expect(done.headers.get('location')).toContain('kabar=member-resumed')
  const page = await wordsOf(who.get(`/orang/${receipt}`))
  expect(page).toContain('Jadi peserta lagi mulai iuran 2026-04, dicatat oleh Vina Contoh')
  expect(page).not.toContain('Belum dibayar')
})

test('without the PIN nothing is decided', async () => {
  const { receipt, id } = await makeOpen('Husna Rekaan')
  const other = await signInAs(db, office.url, 'branch-officer', areas.own)
  const asked = await other.post(`/orang/${receipt}/akhiri`, {
    alasan: 'moved',
    hari: '2026-01-20',
  })
  expect(await wordsOf(asked)).toContain('PIN Anda dulu')
  const { rows } = await db.pool.query(
    'SELECT DISTINCT state FROM enrolment WHERE submission_id = $1',
    [id],
  )
  expect(rows).toEqual([{ state: 'registered' }])
})
