// What an officer types about memberships that may be over, and what it comes to.
import { expect, test } from 'vitest'
import { showReceipt } from '../../src/core/text.ts'
import { memberActions } from '../../src/officer/members.ts'
import type { Desk } from '../../src/officer/posts.ts'
import { refuseSubmissions } from '../../src/registry/decisions.ts'
import { makeMember } from '../registry/members.ts'
import { openStage } from '../registry/stage.ts'

const { db, book, seal } = await openStage()
const desk = { db, book, seal, actor: 'officer:budi' } as unknown as Desk
const run = async (...words: string[]) => (await memberActions.anggota?.(desk, words)) ?? ''

/** A member since December 2025, so that every day of the tests lies after it. */
async function makeOld() {
  const { id, receipt } = await makeMember(db, { startsOn: '2025-12-01' })
  const paid = () =>
    db.pool
      .query<{ month: string }>(
        `SELECT to_char(month, 'YYYY-MM') AS month FROM contribution
          WHERE submission_id = $1 AND paid_on IS NOT NULL ORDER BY month`,
        [id],
      )
      .then(({ rows }) => rows.map(({ month }) => month))
  return { id, receipt: showReceipt(receipt), paid }
}

async function stateOf(id: number) {
  const { rows } = await db.pool.query(
    `SELECT DISTINCT state, ended_on, end_reason, resumed_on FROM enrolment
      WHERE submission_id = $1`,
    [id],
  )
  return rows
}

test('still active: the months up to the one that was seen are paid, once', async () => {
  const { receipt, paid } = await makeOld()
  expect(await run('aktif', receipt, '2026-02', '2026-02-14')).toBe(
    'Sudah dicatat dibayar: 2025-12, 2026-01, 2026-02.',
  )
  expect(await run('aktif', receipt, '2026-02', '2026-02-20')).toContain('Tidak ada yang berubah')
  expect(await paid()).toEqual(['2025-12', '2026-01', '2026-02'])
  const { rows } = await db.pool.query(
    `SELECT detail FROM audit WHERE action = 'confirm-membership' ORDER BY id`,
  )
  const seen = { untilMonth: '2026-02', paidOn: '2026-02-14' }
  expect(rows[0]?.detail).toEqual({ ...seen, months: ['2025-12', '2026-01', '2026-02'] })
})

test('a month or day that cannot be is refused, and nothing is recorded', async () => {
  const { receipt, paid } = await makeOld()
  await expect(run('aktif', receipt, '2026-13')).rejects.toThrow('Bulan iurannya tidak terbaca')
  await expect(run('aktif', receipt, '2026-02', '2099-01-01')).rejects.toThrow('belum lewat')
  await expect(run('aktif', receipt, '2031-02')).rejects.toThrow('Lebih dari dua tahun')
  expect(await paid()).toEqual([])
})

test('ended for a reason of the list, on a day that has come; opened again; back from a month', async () => {
  const { id, receipt } = await makeOld()
  const end = (reason: string, on: string) => run('akhiri', receipt, reason, on)
  await expect(end('bosan', '2026-03-31')).rejects.toThrow(/Pilih alasan: lapsed, .*died/)
  await expect(end('lapsed', '31-03-2026')).rejects.toThrow('Hari terakhirnya tidak terbaca')
  await expect(end('lapsed', '2099-03-31')).rejects.toThrow('Hari terakhir itu belum tiba')
  expect(await end('lapsed', '2026-03-31')).toBe('Sudah dicatat berakhir, orangnya dikabari.')
  const ended = { state: 'ended', ended_on: '2026-03-31', end_reason: 'lapsed', resumed_on: null }
  expect(await stateOf(id)).toEqual([ended])
  await expect(end('moved', '2026-04-30')).rejects.toThrow('sedang tidak terdaftar')
  await expect(run('aktif', receipt, '2026-02')).rejects.toThrow('sedang tidak terdaftar')
  await expect(run('kembali', receipt, '2026-03')).rejects.toThrow(
    'belum sesudah bulan berakhirnya',
  )
  await expect(run('kembali', receipt, '2099-03')).rejects.toThrow('iuran bulan depan')
  const none = { ended_on: null, end_reason: null }
  await run('buka', receipt)
  expect(await stateOf(id)).toEqual([{ ...none, state: 'registered', resumed_on: null }])
  await expect(run('buka', receipt)).rejects.toThrow('tidak berakhir')
  await end('lapsed', '2026-03-31')
  expect(await run('kembali', receipt, '2026-05')).toContain('mulai iuran 2026-05')
  expect(await stateOf(id)).toEqual([{ ...none, state: 'registered', resumed_on: '2026-05-01' }])
  await expect(run('kembali', receipt, '2026-06')).rejects.toThrow('tidak berakhir')
})

test('a member who has ended is not refused as if they had never been one', async () => {
  const { id, receipt } = await makeOld()
  await run('akhiri', receipt, 'died', '2026-03-31')
  const refusals = [{ submissionId: id, reason: 'age' }]
  const done = await db.transaction((tx) => refuseSubmissions(tx, refusals, 'officer:budi'))
  expect([...done]).toEqual([])
})

test('the wage of a wage earner: what it means is printed, and nothing for others', async () => {
  const given = { payer: 'village', segment: 'PU', startsOn: '2025-12-01' } as const
  const { receipt } = await makeMember(db, given)
  const shown = showReceipt(receipt)
  await run('aktif', shown, '2026-01', '2026-02-10')
  await expect(run('upah', shown, '2.000.000', '2025-12')).rejects.toThrow('Upahnya tidak terbaca')
  await expect(run('upah', shown, '2000000', 'Desember')).rejects.toThrow('tidak terbaca')
  expect(await run('upah', shown, '2000000', '2025-12')).toBe(
    'Upahnya berlaku mulai iuran 2026-02. Bulan 2025-12 dan sesudahnya sudah ditagih dengan upah ' +
      'lama: selisihnya 10800 rupiah, urus dengan desanya.',
  )
  expect(await run('perlu')).toContain('upah lain sejak 2025-12-01, 2 bulan, selisih 10800 rupiah')
  expect(await run('upah', shown, 'selesai')).toContain('sudah diurus')
  await expect(run('upah', shown, 'selesai')).rejects.toThrow('Tidak ada selisih')
  const own = await makeOld()
  const set = run('upah', own.receipt, '2000000', '2025-12')
  await expect(set).rejects.toThrow('tidak terdaftar sebagai penerima upah')
})
