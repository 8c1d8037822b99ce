// Answers about people who were to be registered: every row has its verdict, nobody is told twice.
import { expect, test } from 'vitest'
import { askExport } from '../../src/members/export-members.ts'
import { importAnswers } from '../../src/members/import-answers.ts'
import { listAnswers } from '../../src/registry/answer-rows.ts'
import type { Database } from '../../src/registry/database.ts'
import { listImports } from '../../src/registry/imports.ts'
import { eraseData } from '../../src/registry/rights.ts'
import { makeNumbered } from '../payments/stage.ts'
import { makeAddress, openStage } from '../registry/stage.ts'
import { dyingAt } from '../support/dying.ts'
import { heardBy, makeWaiting, staff } from './stage.ts'

const on = '2026-12-20'
const headings = ['No Pegawai', 'NIK', 'KPJ', 'Status', 'Keterangan', 'Resi']

async function openDesk() {
  const { db, book, seal } = await openStage()
  return { db, book, seal, actor: 'officer:budi' }
}

function answerFile(rows: string[][], order = [0, 1, 2, 3, 4, 5]): Buffer {
  const lines = [
    ['Jawaban portal'],
    ...[headings, ...rows].map((row) => order.map((at) => row[at] ?? '')),
  ]
  return Buffer.from(lines.map((cells) => cells.join(';')).join('\r\n'))
}

async function verdictsOf(db: Database) {
  const { rows } = await db.pool.query<{ told: string }>(
    `SELECT verdict || ' ' || reason AS told FROM answer_row ORDER BY import_id, line`,
  )
  return rows.map(({ told }) => told)
}

async function statesOf(db: Database) {
  const { rows } = await db.pool.query<{ told: string }>(
    `SELECT concat_ws(' ', submission_id, programme, e.state, s.state, s.reason,
            encode(kpj_index, 'hex')) AS told
       FROM enrolment e JOIN submission s ON s.id = e.submission_id ORDER BY e.id`,
  )
  return rows.map(({ told }) => told)
}

test('each answer is recorded and told, or says why not', async () => {
  const desk = await openDesk()
  const { db } = desk
  const people = []
  for (let index = 0; index < 8; index++) people.push(await makeWaiting(db))
  const [a, b, c, d, e, f, g, h] = people as [Made, Made, Made, Made, Made, Made, Made, Made]
  const english = await makeWaiting(db, { ...staff, language: 'en' })
  await askExport(desk, { kind: 'bpu', area: '', reason: 'uji jawaban' }, on)
  const taken = (await makeNumbered(db)).kpj
  const file = answerFile([
    ['E1-1', '', a.kpj, 'Berhasil', '', ''],
    ['', b.nik, '', 'GAGAL', 'Data tidak sesuai dengan Dukcapil', ''],
    ['', english.nik, '', 'Ditolak', 'Umur 67 tahun', ''],
    ['', c.nik, '', 'Ditolak', 'Kode 0x8F', ''],
    ['', '', d.kpj, '', '', `SD-${d.receipt.slice(0, 5)}-${d.receipt.slice(5)}`],
    ['E1-5', d.nik, e.kpj, 'Berhasil', '', ''],
    ['E1-5', '', taken, 'Berhasil', '', ''],
    ['E1-1', a.nik, a.kpj, 'Sukses', '', ''],
    ['E1-6', '', '', 'Dalam proses', '', ''],
    ['E9-1', '', f.kpj, 'Berhasil', '', ''],
    ['', '6303050101900009', f.kpj, 'Berhasil', '', ''],
    ['', '', f.kpj, 'Berhasil', '', ''],
    ['E1-6', '', '', 'Berhasil', '', ''],
    ['E1-6', '', '123', 'Berhasil', '', ''],
    ['E1-6', '', '', 'entah', '', ''],
    ['E1-6', '', '', '', '', ''],
    ['E1-7', '', g.kpj, '', '', ''],
    ['', g.nik, '', 'Gagal', 'Duplikat', ''],
    ['E1-8', '', h.kpj, 'Gagal', 'Duplikat', ''],
    ['', '6,30305E+15', h.kpj, 'Berhasil', '', ''],
  ])
  await importAnswers(desk, file, on)
  expect(await verdictsOf(db)).toEqual([
    'registered registered',
    'refused refused',
    'refused refused',
    'refused refused-unclear',
    'registered registered',
    'contradicts numbers-differ',
    'contradicts kpj-taken',
    'already already-registered',
    'waiting still-waiting',
    'unknown unknown-number',
    'unknown unknown-number',
    'unreadable number-missing',
    'unreadable kpj-missing',
    'unreadable number-unclear',
    'unreadable result-unclear',
    'unreadable result-missing',
    'contradicts rows-differ',
    'contradicts rows-differ',
    'unreadable result-unclear',
    'unreadable number-excel',
  ])
  expect(await heardBy(db, a.addressId)).toEqual([
    expect.stringContaining(`Nomor peserta: ${a.kpj}`),
  ])
  const hears = async ({ addressId }: Made) => (await heardBy(db, addressId)).join('|')
  expect(await hears(b)).toMatch(/belum bisa diterima\. Alasannya: data tidak sama/)
  expect(await hears(english)).toMatch(/the age is outside the limits/)
  expect(await hears(c)).toMatch(/petugas akan menjelaskan/)
  const { rows: zones } = await db.pool.query('SELECT DISTINCT zone FROM outbound')
  // Whole villages hear of it: not at night.
  expect(zones).toEqual([{ zone: 'Asia/Makassar' }])
  const untold = await Promise.all([e, f, g, h].map(hears))
  expect(untold).toEqual(['', '', '', ''])
})

type Made = Awaited<ReturnType<typeof makeWaiting>>

test('what was decided is never changed by an answer; who has withdrawn is left alone', async () => {
  const desk = await openDesk()
  const { db } = desk
  const [one, two, gone, twice] = [
    await makeWaiting(db),
    await makeWaiting(db),
    await makeWaiting(db),
    await makeWaiting(db),
  ]
  const first = [
    ['', one.nik, one.kpj, 'OK', '', ''],
    ['', two.nik, '', 'Gagal', 'Usia', ''],
    ['', twice.nik, '26999999991', 'OK', '', ''],
    ['', twice.nik, '26999999992', 'OK', '', ''],
  ]
  await importAnswers(desk, answerFile(first), on, 1)
  await db.pool.query(`UPDATE enrolment SET state = 'withdrawn' WHERE submission_id = $1`, [
    gone.id,
  ])
  const states = await statesOf(db)
  const second = [
    ['', one.nik, '26999999990', 'OK', '', ''],
    ['', two.nik, two.kpj, 'OK', '', ''],
    ['', two.nik, '', 'Gagal', 'lain', ''],
    ['', '', gone.kpj, 'OK', '', gone.receipt],
  ]
  await importAnswers(desk, answerFile(second), on, 1)
  expect(await verdictsOf(db)).toEqual([
    'registered registered',
    'refused refused',
    'contradicts rows-differ',
    'contradicts rows-differ',
    'contradicts other-kpj',
    'contradicts rows-differ',
    'already already-refused',
    'contradicts withdrawn',
  ])
  expect(await statesOf(db)).toEqual(states)
})

test('neither the order of columns nor that of rows decides anything', async () => {
  const results = []
  const desk = await openDesk()
  for (const turn of [0, 1, 2, 3]) {
    const [one, two, three] = [
      await makeWaiting(desk.db),
      await makeWaiting(desk.db),
      await makeWaiting(desk.db),
    ]
    const shared = `2699999998${turn}`
    const rows = [
      ['', one.nik, shared, 'OK', '', ''],
      ['', two.nik, shared, 'OK', '', ''],
      ['', '', '', 'Gagal', 'Umur', three.receipt],
      ['', three.nik, '', 'Gagal', 'Umur', ''],
    ]
    const columns = headings.map((_, at) => (at * 5 + turn) % headings.length)
    const moved = [...rows.slice(turn), ...rows.slice(0, turn)]
    const { id } = await importAnswers(desk, answerFile(moved, columns), on, 2)
    const [listed] = await listImports(desk.db.pool, 'answer', 1, id)
    results.push([Object.fromEntries(listed?.counts ?? []), await heardBy(desk.db, one.addressId)])
  }
  expect(results[0]).toEqual([{ contradicts: 2, refused: 1, already: 1 }, []])
  for (const result of results) expect(result).toEqual(results[0])
})

test('killed at any statement and started again, it ends the same and nobody is told twice', async () => {
  const desk = await openDesk()
  const { db } = desk
  let deaths = 0
  for (let last = 1; ; last++) {
    const [one, two] = [await makeWaiting(db), await makeWaiting(db)]
    const file = answerFile([
      ['', one.nik, one.kpj, 'OK', '', ''],
      ['', two.nik, '', 'Gagal', 'Umur', ''],
      ['', two.nik, '', 'Gagal', 'Umur', ''],
    ])
    const mortal = { ...desk, db: dyingAt(db, last, last % 2 === 0) }
    const failure = await importAnswers(mortal, file, on, 2).then(() => '', String)
    const { id } = await importAnswers(desk, file, on, 2)
    await importAnswers(desk, file, on, 2)
    const verdicts = (await verdictsOf(db)).slice(-3)
    expect(verdicts).toEqual([
      'registered registered',
      'refused refused',
      'already already-refused',
    ])
    expect(await heardBy(db, one.addressId)).toHaveLength(1)
    expect(await heardBy(db, two.addressId)).toHaveLength(1)
    const events = await db.pool.query(
      `SELECT count(*) AS count FROM enrolment_event v JOIN enrolment e ON e.id = v.enrolment_id
        WHERE e.submission_id = ANY ($1) AND v.kind <> 'submitted'`,
      [[one.id, two.id]],
    )
    expect(events.rows[0]?.count).toBe(4)
    const [listed] = await listImports(db.pool, 'answer', 1, id)
    expect(listed?.closedAt).toBeInstanceOf(Date)
    if (failure === '') break
    deaths += 1
  }
  expect(deaths).toBeGreaterThan(20)
})

test('who has their data erased is no longer in the rows of a file, and the list is still read', async () => {
  const desk = await openDesk()
  const { db, seal } = desk
  const one = await makeWaiting(db)
  const row = ['', one.nik, '', 'Gagal', 'Kode 0x8F', '']
  const { id } = await importAnswers(desk, answerFile([row]), on)
  const [before] = await listAnswers(db.pool, seal, id, -1, 9)
  expect(before?.said).toContain(one.nik)
  await db.transaction((tx) => eraseData(tx, seal, one.addressId))
  const [after] = await listAnswers(db.pool, seal, id, -1, 9)
  expect(after).toEqual({ ...before, said: '{}' })
})

test('whoever registered many people of a village hears of a file once, with the list', async () => {
  const desk = await openDesk()
  const { db } = desk
  const head = await makeAddress(db, 'kepala-desa')
  const of = (name: string) => ({ ...staff, addressId: head, person: { name } })
  const people = []
  for (const name of ['Rusdi Rekaan', 'Siti Rekaan', 'Aminah Rekaan']) {
    people.push(await makeWaiting(db, of(name)))
  }
  const [one, two, three] = people as [Made, Made, Made]
  const late = await makeWaiting(db, of('Norma Rekaan'))
  const own = await makeWaiting(db)
  const file = answerFile([
    ['', one.nik, one.kpj, 'Berhasil', '', ''],
    ['', two.nik, '', 'Gagal', 'Data tidak sesuai', ''],
    ['', own.nik, own.kpj, 'Berhasil', '', ''],
    ['', three.nik, three.kpj, 'Berhasil', '', ''],
  ])
  await importAnswers(desk, file, on, 2)
  await importAnswers(desk, file, on, 2)
  const [told = '', ...more] = await heardBy(db, head)
  expect(more).toEqual([])
  expect(told).toContain('jawaban atas pendaftaran 3 orang sudah ada')
  expect(told).toContain(`– Rusdi Rekaan: terdaftar, nomor peserta ${one.kpj}`)
  expect(told).toContain('– Siti Rekaan: belum bisa diterima, data tidak sama')
  expect(told).toContain(`– Aminah Rekaan: terdaftar, nomor peserta ${three.kpj}`)
  expect(told).not.toContain(own.kpj)
  expect(await heardBy(db, own.addressId)).toEqual([expect.stringContaining(own.kpj)])
  // Another file is another message; of one person alone it is the usual one.
  await importAnswers(desk, answerFile([['', late.nik, late.kpj, 'Berhasil', '', '']]), on)
  const [, later = '', ...rest] = await heardBy(db, head)
  expect(rest).toEqual([])
  expect(later).toContain('Kabar baik dari Cabang Uji. Pendaftaran SD-')
})

test('a village of more people than a message holds is counted', async () => {
  const desk = await openDesk()
  const { db } = desk
  const head = await makeAddress(db, 'kepala-desa')
  const rows: string[][] = []
  for (let index = 0; index < 43; index++) {
    const { nik, kpj } = await makeWaiting(db, { ...staff, addressId: head })
    rows.push(['', nik, kpj, 'Berhasil', '', ''])
  }
  await importAnswers(desk, answerFile(rows), on)
  const [told = '', ...more] = await heardBy(db, head)
  expect(more).toEqual([])
  expect(told.split('\n').filter((line) => line.startsWith('– '))).toHaveLength(40)
  expect(told).toContain('… dan 3 orang lagi.')
  expect(told.length).toBeLessThan(4_096)
})
