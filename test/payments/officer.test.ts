// The officer's command line for payment files: what it prints, what it writes, what it never shows.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { paymentActions } from '../../src/officer/payments.ts'
import type { Desk } from '../../src/officer/posts.ts'
import { listOpenRows } from '../../src/registry/payments.ts'
import { openStage } from '../registry/stage.ts'
import { buildXlsx } from '../support/rosters/build-xlsx.ts'
import { ledgerOf, makeNumbered, paymentFile } from './stage.ts'

const { db, book, seal } = await openStage()
const desk = { db, book, seal, actor: 'officer:test' } as unknown as Desk
const folder = mkdtempSync(join(tmpdir(), 'sapa-payments-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...words: string[]) {
  return paymentActions.iuran?.(desk, words) ?? ''
}

test('a file is imported, told in words, and its results stand beside it', async () => {
  const [one, two] = [await makeNumbered(db), await makeNumbered(db)]
  const path = join(folder, 'november.csv')
  const rows = [
    [one.kpj, one.nik, '2026-11', '8400', '2026-11-10', 'R1'],
    [two.kpj, '', '2026-11', '8500', '2026-11-10', 'R2'],
    ['=1+2', '', '', '=3', '=4', '=5'],
  ]
  writeFileSync(path, paymentFile(rows))
  const told = await run('impor', path)
  expect(told).toContain(
    'Impor 1: 3 baris\n  dicatat: 1\n  jumlah tidak cocok: 1\n  tidak terbaca: 1\n',
  )
  const results = readFileSync(`${path}.hasil.csv`, 'utf8')
  expect(results.split('\r\n').slice(0, 3)).toEqual([
    'Baris;KPJ/NIK;Jumlah;Tanggal Bayar;Bulan Iuran;Hasil;Alasan',
    expect.stringMatching(/^2;\*{4}\d{4};8400;2026-11-10;2026-11;dicatat;/),
    expect.stringMatching(/^3;\*{4}\d{4};8500;2026-11-10;;jumlah tidak cocok;/),
  ])
  expect(results).not.toMatch(/(^|;)[=+@-]/m)
  const listed = await run()
  expect(listed).toContain('Baris yang menunggu petugas: 2')
  for (const number of [one.kpj, one.nik, two.kpj]) {
    expect(told + results + listed).not.toContain(number)
  }
  const again = await run('impor', path)
  expect(again).toMatch(
    /^Berkas ini sudah selesai diimpor .*Tidak ada yang dicatat lagi\.\nImpor 1: 3/,
  )
  expect(readFileSync(`${path}.hasil.csv`, 'utf8')).toBe(results)
  const { rows: open } = await listOpenRows(db.pool, seal, 10)
  for (const { id } of open) await run('selesai', String(id))
  expect(await run()).toContain('Baris yang menunggu petugas: 0')
  await expect(run('selesai', String(open[0]?.id))).rejects.toThrow('Tulis nomor baris')
})

test('a workbook is read too; what is no payment file is refused in words', async () => {
  const { id, kpj } = await makeNumbered(db)
  const head = ['No. Peserta', 'Periode', 'Jumlah (Rp)', 'Tgl. Bayar']
  const row = [kpj, 'Nopember 2026', { number: '8400' }, { day: 46_340 }]
  const path = join(folder, 'november.xlsx')
  writeFileSync(path, buildXlsx({ sheets: [{ name: 'Bayar', rows: [['Daftar'], head, row] }] }))
  expect(await run('impor', path)).toContain('1 baris\n  dicatat: 1\n')
  expect((await ledgerOf(db)).at(-1)).toBe(`${id} 2026-11 8400 2026-11-14`)
  writeFileSync(path, 'Nama;Jumlah\nSiti;8400\n')
  await expect(run('impor', path)).rejects.toThrow(/Judul kolom .*"NIK".*"Tanggal Bayar"/)
  writeFileSync(path, '%PDF-1.7')
  await expect(run('impor', path)).rejects.toThrow('Ini berkas PDF')
  await expect(run('impor', join(folder, 'tidak-ada.csv'))).rejects.toThrow('tidak bisa dibuka')
})
