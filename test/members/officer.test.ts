// The officer's command line for members: what it prints and writes, and what it never shows.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { memberActions } from '../../src/officer/members.ts'
import type { Desk } from '../../src/officer/posts.ts'
import { rosterThreads } from '../../src/roster/thread.ts'
import { openStage } from '../registry/stage.ts'
import { makeWaiting, staff } from './stage.ts'

const { db, book, seal } = await openStage()
const desk = { db, book, seal, actor: 'officer:budi' } as unknown as Desk
const folder = mkdtempSync(join(tmpdir(), 'sapa-members-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs an action in the folder of this test: exports land where the officer is. */
async function run(words: string[], actor = desk.actor) {
  const before = process.cwd()
  process.chdir(folder)
  try {
    return (await memberActions.anggota?.({ ...desk, actor }, words)) ?? ''
  } finally {
    process.chdir(before)
  }
}

const ask = ['ekspor', 'bpu', '--alasan', 'pendaftaran Desember']

test('a list is written where the officer is, for the officer alone, and its answers come in', async () => {
  const [one, two] = [await makeWaiting(db), await makeWaiting(db)]
  const lacking = await makeWaiting(db, { person: { motherName: '' } })
  const told = await run([...ask, '--wilayah', '63.03.05'])
  expect(told).toContain(
    'Ekspor 1: 2 orang, ditulis ke ekspor-1-bpu-1.xlsx. Hapus setelah diunggah.',
  )
  expect(told).toContain('Belum bisa: 1 orang, lihat belum-bisa-bpu.csv')
  const path = join(folder, 'ekspor-1-bpu-1.xlsx')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const held = readFileSync(join(folder, 'belum-bisa-bpu.csv'), 'utf8')
  expect(held).toMatch(/^Resi;Alasan\r\nSD-W0000-\d{5};belum ada isinya: NAMA IBU KANDUNG\r\n$/)
  const cells = []
  for await (const { rows } of rosterThreads.read(readFileSync(path))) {
    cells.push(...rows.map((row) => row.cells))
  }
  expect(cells[1]?.slice(0, 4)).toEqual(['E1-1', 'Cabang Uji', 'Siti Nur Rahmah', one.nik])
  const answers = join(folder, 'jawaban.csv')
  const lines = [
    'NOMOR BARIS;KPJ;Status;Keterangan',
    `E1-1;${one.kpj};Berhasil;`,
    'E1-2;;Gagal;=kode+9',
    `E1-3;${one.kpj};Berhasil;`,
  ]
  writeFileSync(answers, lines.join('\n'))
  const imported = await run(['impor', answers])
  expect(imported).toContain('Impor 1:\n  terdaftar: 1\n  ditolak: 1\n  tidak dikenal: 1\n')
  const results = readFileSync(`${answers}.hasil.csv`, 'utf8')
  expect(results.split('\r\n').slice(0, 3)).toEqual([
    'Baris;Resi/No Pegawai/NIK;Alasan;Hasil;Penjelasan',
    expect.stringMatching(/^2;SD-W0000-\d{5};;terdaftar;/),
    expect.stringMatching(/^3;SD-W0000-\d{5};'=kode\+9;ditolak;"Penolakan dicatat, tetapi/),
  ])
  const listed = await run([])
  expect(listed).toContain('2 orang, 2 sudah dijawab  sudah ditulis  officer:budi')
  expect(listed).toContain('Baris jawaban yang menunggu petugas: 2')
  for (const number of [one.nik, one.kpj, two.nik, lacking.nik]) {
    expect(told + imported + results + held + listed).not.toContain(number)
  }
  expect(await run(['impor', answers])).toMatch(/^Berkas ini sudah selesai diimpor/)
  const { rows: open } = await db.pool.query('SELECT id FROM answer_row WHERE seen_at IS NULL')
  for (const { id } of open) await run(['selesai', String(id)]).catch(() => undefined)
  expect(await run([])).toContain('Baris jawaban yang menunggu petugas: 0')
})

test('a large list is printed by nobody before a second officer has agreed', async () => {
  for (let index = 0; index < 26; index++) await makeWaiting(db, staff)
  const told = await run(['ekspor', 'sipp', '--alasan', 'aparat desa', '--bentuk', 'sipp-1'])
  expect(told).toMatch(/^Ekspor (\d+): 26 orang\. Petugas lain harus menyetujui dulu/)
  const [, id = ''] = /Ekspor (\d+)/.exec(told) ?? []
  expect(readdirSync(folder)).not.toContain(`ekspor-${id}-sipp-1.xlsx`)
  await expect(run(['setujui', id])).rejects.toThrow('Petugas lain yang harus menyetujui')
  await expect(run(['tulis', id])).rejects.toThrow('belum disetujui')
  expect(await run(['setujui', id], 'officer:ani')).toContain('officer:budi bisa menulisnya')
  writeFileSync(join(folder, `ekspor-${id}-sipp-1.csv`), '')
  await expect(run(['tulis', id, '--csv'])).rejects.toThrow('sudah ada di sini')
  rmSync(join(folder, `ekspor-${id}-sipp-1.csv`))
  expect(await run(['tulis', id, '--csv'])).toContain('26 orang, ditulis ke')
  await expect(run(['tulis', id, '--csv'])).rejects.toThrow()
})

test('what is not understood is told in a sentence', async () => {
  const said = async (...words: string[]) => run(words).catch((error: Error) => error.message)
  expect(await said('ekspor', 'ppu')).toBe('Pilih daftarnya: sipp atau bpu.')
  expect(await said('ekspor', 'bpu')).toMatch(/^Tulis alasannya/)
  expect(await said(...ask, '--wilayah', '99.99')).toMatch(/^Tulis kode wilayah/)
  expect(await said(...ask, '--bentuk', 'sipp-1')).toMatch(/^Bentuk daftar itu tidak ada/)
  expect(await said(...ask, '--ulang', '77')).toMatch(/^Ekspor itu tidak ada/)
  expect(await said('batal', 'x')).toMatch(/^Ekspor itu tidak ada/)
  expect(await said(...ask, '--wilayah', '63.02')).toMatch(/^Tidak ada yang bisa didaftarkan/)
  expect(await said('entah')).toMatch(/^Cara pakai/)
  expect(await said('ekspor', '--apa')).toMatch(/^Cara pakai/)
  const path = join(folder, 'lain.csv')
  writeFileSync(path, 'Nama;Jumlah\nSiti;8400\n')
  expect(await said('impor', path)).toMatch(/"NIK", "KPJ", "Hasil"\. .*flows\/members\.yaml/)
})
