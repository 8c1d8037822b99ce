// Rosters as villages really send them: seven ways of keeping a list, with mistakes, all invented.
import type { Judged } from '../../../src/core/roster/answers.ts'
import type { Reason } from '../../../src/core/roster/reasons.ts'
import type { Random } from '../simulate/random.ts'
import { buildXlsx, type TestCell } from './build-xlsx.ts'
import { inventOfficials, type ListedOfficial, listOfficial, type Official } from './official.ts'

/** What is to be found about one row. */
export interface ExpectedRow {
  at: number
  judged: Judged
  /** Sorted. */
  reasons: Reason[]
}

/** A village's file, and what is to be found in it. */
export interface VillageRoster {
  villageCode: string
  fileName: string
  bytes: Buffer
  rows: ExpectedRow[]
  /** Everybody who holds a post, as they really are. */
  officials: Official[]
  /** The list once every mistake in it was put right. */
  corrected(): Buffer
}

/** A way of keeping a list. */
interface Style {
  weight: number
  extension: 'xlsx' | 'csv' | 'txt'
  write(random: Random, listed: ListedOfficial[]): { bytes: Buffer; firstAt: number }
  /** What the way itself does to a row. */
  expect?(row: ListedOfficial): ListedOfficial
}

/** Rosters of these villages; the same seed gives the same files. */
export function inventRosters(random: Random, villageCodes: readonly string[]): VillageRoster[] {
  const taken = new Set<string>()
  return villageCodes.map((code) => inventRoster(random, code, taken))
}

/** One village's roster of 8 to 12 officials; `taken` holds every NIK given out so far. */
export function inventRoster(random: Random, code: string, taken: Set<string>): VillageRoster {
  const officials = inventOfficials(random, code.slice(0, 8), random.int(8, 12), taken)
  const listed = officials.flatMap((one) => listOfficial(random, one))
  const style = random.weigh(STYLES.map((one) => [one.weight, one] as const))
  const { bytes, firstAt } = style.write(random, listed)
  const expected = listed.map((row) => style.expect?.(row) ?? row)
  return {
    villageCode: code,
    fileName: `perangkat-${code.slice(9)}.${style.extension}`,
    bytes,
    officials,
    corrected: () => writeCorrected(officials),
    rows: expected.map(({ judged, reasons }, index) => {
      return { at: firstAt + index, judged, reasons: [...reasons].sort() }
    }),
  }
}

/** The bot's own list, filled in by somebody who has every identity card before them. */
function writeCorrected(officials: Official[]): Buffer {
  const head = ['NIK', 'Nama', 'Tempat Lahir', 'Tanggal Lahir', 'Jenis Kelamin', 'Jabatan']
  const rows = officials.map((one) => [
    ...[one.nik, one.name, one.birthPlace, one.birthOn.split('-').reverse().join('-')],
    ...[one.sex, one.post, one.phone, 'Ibu Rekaan'],
  ])
  const all = [[...head, 'No HP', 'Nama Ibu Kandung'], ...rows]
  return buildXlsx({ sheets: [{ name: 'Daftar', rows: all }] })
}

function dayFirst({ birthOn, birthText }: ListedOfficial, between: string): string {
  return birthText ?? birthOn.split('-').reverse().join(between)
}

/** The number by which Excel counts a day. */
function dayCell(row: ListedOfficial): TestCell {
  if (row.birthText !== undefined) return row.birthText
  return { day: Date.parse(row.birthOn) / 86_400_000 + 25_569 }
}

const template: Style = {
  weight: 3,
  extension: 'xlsx',
  write(_, listed) {
    const head = [
      'NIK',
      'Nama',
      'Tempat Lahir',
      'Tanggal Lahir',
      'Jenis Kelamin',
      'Jabatan',
      'No HP',
    ]
    const example = ['', 'CONTOH', 'Martapura', '', 'P', 'BPD', '']
    const rows = listed.map((row) => [
      row.nik,
      row.name,
      row.birthPlace,
      dayFirst(row, '-'),
      row.sex,
      row.post,
      row.phone,
    ])
    return {
      bytes: buildXlsx({ sheets: [{ name: 'Daftar', rows: [head, example, ...rows] }] }),
      firstAt: 3,
    }
  },
}

/** Made by hand: a title, headings in two rows, real days, a total and a signature below. */
const handmade: Style = {
  weight: 4,
  extension: 'xlsx',
  write(random, listed) {
    const top = ['NO', 'NAMA', 'KELAHIRAN', '', 'L/P', 'JABATAN', 'No. KTP', 'No. HP / WA']
    const bottom = ['', '', 'TEMPAT', 'TGL', '', '', '', '']
    const rows = listed.map((row, index): TestCell[] => [
      { number: String(index + 1) },
      row.name.toUpperCase(),
      row.birthPlace.toUpperCase(),
      dayCell(row),
      row.sex,
      row.post.toUpperCase(),
      row.nik,
      random.chance(0.5) ? row.phone : { inline: row.phone },
    ])
    const foot: TestCell[][] = [
      ['', 'JUMLAH', '', '', '', { number: String(listed.length) }],
      ['', '', '', '', '', 'Mengetahui'],
      ['', '', '', '', '', 'Kepala Desa'],
      ['', '', '', '', '', 'TANDA TANGAN'],
    ]
    const all = [['DAFTAR APARATUR DESA'], ['TAHUN ANGGARAN'], top, bottom, ...rows, ...foot]
    const merged = ['A1:H1', 'C3:D3', 'A3:A4', 'B3:B4']
    const notes = { name: 'Catatan', rows: [['tidak dipakai']], isHidden: true }
    return {
      bytes: buildXlsx({ sheets: [notes, { name: 'Sheet1', rows: all, merged }] }),
      firstAt: 5,
    }
  },
}

/** NIK and phones typed as numbers: fifteen digits are kept, the nought in front is lost. */
const asNumbers: Style = {
  weight: 2,
  extension: 'xlsx',
  write(_, listed) {
    const head = ['No', 'NIK', 'Nama Lengkap', 'Tempat/Tgl', 'Tgl Lahir', 'Jabatan', 'HP']
    const cut = (nik: string): TestCell =>
      /^\d{16}$/.test(nik) ? { number: `${nik.slice(0, 15)}0`, style: 3 } : nik
    const rows = listed.map((row, index): TestCell[] => [
      { number: String(index + 1) },
      cut(row.nik),
      row.name,
      row.birthPlace,
      dayCell(row),
      row.post,
      /^0\d+$/.test(row.phone) ? { number: row.phone.slice(1), style: 3 } : row.phone,
    ])
    return { bytes: buildXlsx({ sheets: [{ name: 'Data', rows: [head, ...rows] }] }), firstAt: 2 }
  },
  expect(row) {
    const isCut = /^\d{16}$/.test(row.nik)
    // There is no column for the sex, and nothing differs from a NIK that is not known.
    const lost = isCut ? /^nik-(birth|sex)-differs$|^row-twice$/ : /^nik-sex-differs$/
    const added: Reason[] = row.isTwice ? ['nik-excel', 'row-alike'] : ['nik-excel']
    return withReasons(row, lost, isCut ? added : [])
  },
}

/** The row without the reasons that the list does not show, and with those that it adds. */
function withReasons(row: ListedOfficial, lost: RegExp, added: Reason[]): ListedOfficial {
  if (row.reasons.includes('vacant')) return row
  const reasons = [...row.reasons.filter((reason) => !lost.test(reason)), ...added]
  const isRejected = reasons.some((reason) => REJECTING.includes(reason))
  const judged = isRejected ? 'rejected' : reasons.length > 0 ? 'waiting' : 'accepted'
  return { ...row, reasons, judged }
}

const REJECTING: Reason[] = ['nik-length', 'name-odd', 'birth-impossible', 'row-twice']

/** The official book of village staff: thirteen numbered columns, no NIK and no phone. */
const staffBook: Style = {
  weight: 3,
  extension: 'xlsx',
  write(_, listed) {
    const head = [
      ...['NO', 'NAMA', 'NIAP', 'NIP', 'JENIS KELAMIN', 'TEMPAT TANGGAL LAHIR', 'AGAMA'],
      ...['PANGKAT/GOLONGAN', 'JABATAN', 'PENDIDIKAN TERAKHIR'],
      'NOMOR DAN TANGGAL KEPUTUSAN PENGANGKATAN',
      'NOMOR DAN TANGGAL KEPUTUSAN PEMBERHENTIAN',
      'KETERANGAN (Periode/Masa Jabatan)',
    ]
    const numbers = head.map((_name, index): TestCell => ({ number: String(index + 1) }))
    const rows = listed.map((row, index): TestCell[] => [
      { number: String(index + 1) },
      row.name,
      '',
      '-',
      row.sex === 'L' ? 'LAKI-LAKI' : 'PEREMPUAN',
      [row.birthPlace, dayFirst(row, '-')].filter(Boolean).join(', '),
      'Islam',
      '-',
      row.post,
      'SLTA',
      '141/04/2019',
      '-',
      '2019-2025',
    ])
    const title = [['BUKU APARAT PEMERINTAH DESA'], [''], head, numbers]
    return {
      bytes: buildXlsx({ sheets: [{ name: 'A.4', rows: [...title, ...rows] }] }),
      firstAt: 5,
    }
  },
  // Neither NIK nor phone: both are asked for afterwards.
  expect(row) {
    const added: Reason[] = row.isTwice ? ['row-alike'] : []
    return withReasons(row, /^(nik|phone)-|^row-twice$/, ['nik-missing', 'phone-missing', ...added])
  },
}

function csv(rows: string[][], separator: string): string {
  const quote = (cell: string) =>
    cell.includes(separator) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
  return rows.map((row) => `${row.map(quote).join(separator)}\r\n`).join('')
}

/** An export of village software. */
const export_: Style = {
  weight: 2,
  extension: 'csv',
  write(_, listed) {
    const head =
      'pamong_id,pamong_nama,pamong_nik,pamong_tempatlahir,pamong_tanggallahir,pamong_sex'
    const rows = listed.map((row, index) => [
      String(index + 1),
      row.name,
      row.nik,
      row.birthPlace,
      row.birthText ?? row.birthOn,
      row.sex === 'L' ? '1' : '2',
      row.post,
      row.phone,
    ])
    const all = [[...head.split(','), 'jabatan', 'no_hp'], ...rows]
    return { bytes: Buffer.from(csv(all, ',')), firstAt: 2 }
  },
}

/** Saved by an Indonesian Excel: semicolons, a mark in front, an apostrophe before the NIK. */
const semicolons: Style = {
  weight: 3,
  extension: 'csv',
  write(random, listed) {
    const head = ['No', 'Nama', 'Jabatan', 'NIK', 'TTL', 'JK', 'No WA']
    const rows = listed.map((row, index) => [
      String(index + 1),
      row.name,
      row.post,
      row.nik && row.nik !== '-' ? `'${row.nik}` : row.nik,
      [row.birthPlace, dayFirst(row, '/')].filter(Boolean).join(', '),
      row.sex,
      row.phone,
    ])
    const text = csv([head, ...rows], ';')
    const bytes = random.chance(0.5) ? Buffer.from(`\ufeff${text}`) : Buffer.from(text, 'latin1')
    return { bytes, firstAt: 2 }
  },
}

/** What Excel calls Unicode text: tabs, UTF-16. */
const unicodeText: Style = {
  weight: 1,
  extension: 'txt',
  write(_, listed) {
    const head = ['Nama', 'NIK', 'Tempat Lahir', 'Tanggal Lahir', 'L/P', 'Jabatan', 'Nomor HP']
    const rows = listed.map((row) => [
      row.name,
      row.nik,
      row.birthPlace,
      dayFirst(row, '.'),
      row.sex,
      row.post,
      row.phone,
    ])
    return { bytes: Buffer.from(`\ufeff${csv([head, ...rows], '\t')}`, 'utf16le'), firstAt: 2 }
  },
}

const STYLES = [template, handmade, asNumbers, staffBook, export_, semicolons, unicodeText]
