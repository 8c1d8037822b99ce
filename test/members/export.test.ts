// Lists that go out to be registered: who is on them, who may let them out, what the file says.
import { expect, test } from 'vitest'
import type { BranchDesk } from '../../src/branch-desk.ts'
import type { Layout } from '../../src/core/members/layout.ts'
import { must } from '../../src/core/must.ts'
import { writeExport } from '../../src/members/export-file.ts'
import { approve, askExport, cancel } from '../../src/members/export-members.ts'
import { recordMemberships } from '../../src/registry/decisions.ts'
import { listExports } from '../../src/registry/exports.ts'
import { inflatePart } from '../../src/roster/inflate.ts'
import { rosterThreads } from '../../src/roster/thread.ts'
import { readZipDirectory } from '../../src/roster/zip-directory.ts'
import { openStage } from '../registry/stage.ts'
import { makeWaiting, staff } from './stage.ts'

const on = '2026-12-20'
const when = new Date('2026-12-20T05:00:00Z')
const wish = { kind: 'bpu', area: '', reason: 'pendaftaran Desember' } as const

async function openDesk(): Promise<BranchDesk> {
  const { db, book, seal } = await openStage()
  return { db, book, seal, actor: 'officer:budi' }
}

async function take(desk: BranchDesk, id: number | undefined, format: 'xlsx' | 'csv' = 'csv') {
  let file: Buffer = Buffer.alloc(0)
  const keep = async (bytes: Buffer) => {
    file = bytes
  }
  const written = await writeExport(desk, id ?? 0, format, when, keep)
  return { ...written, file }
}

async function rowsOf(file: Buffer) {
  const sheets = new Map<string, string[][]>()
  for await (const { name, rows } of rosterThreads.read(file)) {
    const cells = rows.map((row) =>
      row.cells.map((cell) => (typeof cell === 'string' ? cell : '?')),
    )
    sheets.set(name, [...(sheets.get(name) ?? []), ...cells])
  }
  return sheets
}

test('wage earners go out in the portal layout: each cell where it belongs, and all of them text', async () => {
  const desk = await openDesk()
  const evil = '=HYPERLINK("http://x","klik")'
  const post = { ...staff, person: { name: 'Ahmad', motherName: evil, phone: '' } }
  const { nik } = await makeWaiting(desk.db, post)
  await makeWaiting(desk.db)
  const { id, rows } = await askExport(desk, { ...wish, kind: 'sipp', layout: 'sipp-1' }, on)
  expect(rows).toBe(1)
  const { file } = await take(desk, id, 'xlsx')
  const sheets = await rowsOf(file)
  const [headings = [], cells = []] = sheets.get('Data TK Baru') ?? []
  const held = headings.flatMap((heading, at) => (cells[at] ? [[heading, cells[at]]] : []))
  expect(held).toEqual([
    ['NO_PEGAWAI', 'E1-1'],
    ['NAMA_DEPAN', 'Ahmad'],
    ['TEMPAT_LAHIR', 'Martapura'],
    ['TANGGAL_LAHIR', '12-03-1985'],
    ['NAMA_IBU_KANDUNG', evil],
    ['JENIS_IDENTITAS', 'KTP'],
    ['NOMOR_IDENTITAS', nik],
    ['JENIS_KELAMIN', 'P'],
    ['SURAT_MENYURAT_KE', 'S'],
    ['KODE_NEGARA', 'ID'],
    ['UPAH', '2022200'],
    ['ALAMAT', 'Jl. Contoh 5 RT 02'],
  ])
  const parts = readZipDirectory(file)
  const sheet = inflatePart(must(parts.get('xl/worksheets/sheet1.xml'), 'the part'))
  expect(sheet).not.toMatch(/<f[ >]/)
  expect(sheet.match(/<c /g)?.length).toBe(sheet.match(/t="inlineStr"/g)?.length)
  const notes = (sheets.get('Keterangan') ?? []).flat().join('\n')
  const mark =
    /Ekspor 1, 1 orang, dibuat 2026-12-20T05:00:00.000Z oleh officer:budi, bentuk sipp-1 .*pendaftaran Desember/
  expect(notes).toMatch(mark)
  expect(notes).toContain('Belum dipastikan:')
  const properties = inflatePart(must(parts.get('docProps/core.xml'), 'the part'))
  expect(properties).toMatch(mark)
  expect(properties).toContain('<dc:creator>officer:budi</dc:creator>')
})

test('as text nothing begins like a formula, and the last line is the watermark', async () => {
  const desk = await openDesk()
  await makeWaiting(desk.db, { person: { motherName: '+1+1', name: "=cmd|'/c calc'!A0" } })
  const { id } = await askExport(desk, wish, on)
  const lines = (await take(desk, id)).file.toString().trimEnd().split('\r\n')
  const cells = lines.flatMap((line) => line.split(';'))
  expect(cells.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([])
  expect(lines.at(-1)).toMatch(/^Ekspor 1, 1 orang, .*officer:budi/)
  expect(lines[1]).toContain("'=cmd")
})

test('nobody goes out twice, unless the list is wanted again with a reason', async () => {
  const desk = await openDesk()
  const one = await makeWaiting(desk.db)
  const first = await askExport(desk, wish, on)
  await take(desk, first.id)
  await expect(take(desk, first.id)).rejects.toMatchObject({ refusal: 'written' })
  expect((await askExport(desk, wish, on)).id).toBeUndefined()
  const two = await makeWaiting(desk.db)
  const second = await askExport(desk, wish, on)
  expect((await take(desk, second.id)).file.toString()).toContain(two.nik)
  const again = await askExport(desk, { ...wish, repeats: first.id ?? 0 }, on)
  const text = (await take(desk, again.id)).file.toString()
  expect(text).toContain(one.nik)
  expect(text).not.toContain(two.nik)
  await expect(askExport(desk, { ...wish, reason: ' - ' }, on)).rejects.toMatchObject({
    refusal: 'no-reason',
  })
  const told = (await listExports(desk.db.pool, 9)).map(({ id, rows, repeats }) => [
    id,
    rows,
    repeats,
  ])
  expect(told).toEqual([
    [3, 1, 1],
    [2, 1, undefined],
    [1, 1, undefined],
  ])
})

test('who lacks something, objects or has left is held back with the reason, never guessed', async () => {
  const desk = await openDesk()
  const { db } = desk
  const noMother = await makeWaiting(db, { person: { motherName: '', birthPlace: '' } })
  const objects = await makeWaiting(db, { command: 'register-resident' })
  await db.pool.query(
    `WITH p AS (INSERT INTO post (address_id, role, area, name, pin_salt, pin_hash, granted_by)
                VALUES ($1, 'bumdes-agent', '63.03.05.2056', '', '', '', 'x') RETURNING id)
     INSERT INTO resident (village_code, submission_id, objected_at, set_by)
     SELECT '63.03.05.2056', $2, now(), id FROM p`,
    [objects.addressId, objects.id],
  )
  const left = await makeWaiting(db)
  await db.pool.query(
    `INSERT INTO staff (village_code, cohort, position, submission_id, from_on, until_on, end_reason,
            set_by) SELECT '63.03.05.2056', 'rt-rw', 'Ketua RT', $1, '2026-11-01', '2026-12-01',
            'other', id FROM post`,
    [left.id],
  )
  const { id, heldBack } = await askExport(desk, wish, on)
  expect(id).toBeUndefined()
  expect(heldBack).toEqual([
    {
      receipt: noMother.receipt,
      lack: { why: 'fields', headings: ['TEMPAT LAHIR', 'NAMA IBU KANDUNG'] },
    },
    { receipt: objects.receipt, lack: { why: 'objected', headings: [] } },
    { receipt: left.receipt, lack: { why: 'left', headings: [] } },
  ])
})

test('a large list waits for a second person, and whoever asked is not one', async () => {
  const desk = await openDesk()
  for (let index = 0; index < 26; index++) await makeWaiting(desk.db)
  const { id = 0, isLarge } = await askExport(desk, wish, on)
  expect(isLarge).toBe(true)
  await expect(take(desk, id)).rejects.toMatchObject({ refusal: 'not-approved' })
  await expect(approve(desk, id)).rejects.toMatchObject({ refusal: 'own' })
  const byHand = `UPDATE export SET state = 'approved', approved_by = asked_by WHERE id = $1`
  await expect(desk.db.pool.query(byHand, [id])).rejects.toThrow('export_second_person')
  await approve({ ...desk, actor: 'officer:ani' }, id)
  const { file, rows } = await take(desk, id)
  expect(rows).toBe(26)
  expect(file.toString()).toContain('officer:budi / officer:ani')
  const { rows: trail } = await desk.db.pool.query(
    `SELECT actor || ' ' || action AS told FROM audit WHERE subject = $1 ORDER BY id`,
    [`export:${id}`],
  )
  expect(trail.map(({ told }) => told)).toEqual([
    'officer:budi ask-export',
    'officer:ani approve-export',
    'officer:budi write-export',
  ])
})

test('a list that was given up frees its people; what was decided meanwhile is left out', async () => {
  const desk = await openDesk()
  const [one, two] = [await makeWaiting(desk.db), await makeWaiting(desk.db)]
  const { id = 0 } = await askExport(desk, wish, on)
  await cancel(desk, id)
  await expect(cancel(desk, id)).rejects.toMatchObject({ refusal: 'cancelled' })
  const next = await askExport(desk, wish, on)
  await desk.db.transaction((tx) =>
    recordMemberships(tx, desk.seal, [{ submissionId: one.id, kpj: one.kpj }], 'officer:ani'),
  )
  const { file, rows, dropped } = await take(desk, next.id)
  expect([rows, dropped]).toEqual([1, 1])
  expect(file.toString()).not.toContain(one.nik)
  expect(file.toString()).toContain(`E${next.id}-2`)
  expect(file.toString()).toContain(two.nik)
  await expect(cancel(desk, next.id ?? 0)).rejects.toMatchObject({ refusal: 'written' })
})

test('asked for twenty times at once, each person is on one list; only their area is', async () => {
  const desk = await openDesk()
  for (let index = 0; index < 5; index++) await makeWaiting(desk.db)
  const none = await askExport(desk, { ...wish, area: '63.02 63.04' }, on)
  expect(none.id).toBeUndefined()
  const inside = { ...wish, area: '63.02 63.03.05' }
  // Connections that are there already: all ask in the same moment.
  await Promise.all(Array.from({ length: 10 }, () => desk.db.pool.query('SELECT pg_sleep(0.1)')))
  const asked = await Promise.all(Array.from({ length: 20 }, () => askExport(desk, inside, on)))
  expect(asked.reduce((sum, { rows }) => sum + rows, 0)).toBe(5)
  const held = `SELECT count(*) AS count, count(DISTINCT submission_id) AS people FROM export_row`
  expect((await desk.db.pool.query(held)).rows).toEqual([{ count: 5, people: 5 }])
})

test('a layout that has changed since is not written as if it were the same', async () => {
  const desk = await openDesk()
  await makeWaiting(desk.db)
  const { id } = await askExport(desk, wish, on)
  const change = (one: Layout): Layout => ({ ...one, version: 'other' })
  const changed = { ...desk, book: { ...desk.book, layouts: desk.book.layouts.map(change) } }
  await expect(take(changed, id)).rejects.toMatchObject({ refusal: 'layout-changed' })
  const broken = { ...desk }
  const full = async () => {
    throw new Error('the disk is full')
  }
  await expect(writeExport(broken, id ?? 0, 'csv', when, full)).rejects.toThrow('the disk is full')
  expect((await take(desk, id)).rows).toBe(1)
})
