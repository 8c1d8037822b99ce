// Headings in every spelling, order and place; what is not known is asked, never guessed.
import { describe, expect, it } from 'vitest'
import { findLayout, findUnknown } from '../../../src/core/roster/layout.ts'
import { type Mapping, noMapping } from '../../../src/core/roster/mapping.ts'
import { flowBook, judgeRows, tell } from '../../support/rosters/judging.ts'

const words = flowBook.rosters

function layoutOf(rows: string[][], mapping: Mapping = noMapping) {
  const used = rows
    .map((cells, index) => ({ at: index + 1, cells }))
    .filter(({ cells }) => cells.some(Boolean))
  return findLayout(used, words, mapping)
}

/** Fields by column, as one line. */
function told(rows: string[][], mapping?: Mapping): string {
  const layout = layoutOf(rows, mapping)
  const columns = [...(layout?.columns ?? [])].flatMap(([field, at]) =>
    at.map((column): [number, string] => [column, field]),
  )
  return columns
    .sort(([one], [other]) => one - other)
    .map(([column, field]) => `${column}:${field}`)
    .join(' ')
}

describe('headings', () => {
  it.each([
    [
      'usual spellings',
      'No|No. KTP|NAMA LENGKAP|Tgl Lahir|L/P|Jabatan|No HP/WA|Nama Ibu|Gaji/Siltap',
    ],
    [
      'other ones',
      'no urut|Nomor Induk Kependudukan|Nama (sesuai KTP)|tgl. lahir|JK|KEDUDUKAN|Telp|Ibu Kandung|Penghasilan Tetap (Rp)',
    ],
    [
      'village software',
      'pamong_id|pamong_nik|pamong_nama|pamong_tanggallahir|pamong_sex|jabatan_nama|no_hp|nama_ibu|siltap',
    ],
    [
      'signs and spaces',
      ' NO. |N I K|nama :|Tanggal_Lahir|L / P|Jabatan*|NO.  H.P.|NAMA IBU KANDUNG|UPAH',
    ],
  ])('%s', (_what, line) => {
    expect(told([line.split('|')])).toBe(
      '0:ignored 1:nik 2:name 3:birth-date 4:sex 5:post 6:phone 7:mother-name 8:wage',
    )
  })

  it('the thirteen columns of the official staff book, its numbers skipped', () => {
    const head = ['NO', 'NAMA', 'NIAP', 'NIP', 'JENIS KELAMIN', 'TEMPAT, TANGGAL LAHIR', 'AGAMA']
    const more = ['PANGKAT / GOLONGAN', 'JABATAN', 'PENDIDIKAN TERAKHIR']
    const decrees = [
      'NOMOR DAN TANGGAL KEPUTUSAN PENGANGKATAN',
      'NOMOR DAN TANGGAL KEPUTUSAN PEMBERHENTIAN',
      'KETERANGAN (Periode/Masa Jabatan)',
    ]
    const all = [...head, ...more, ...decrees]
    const numbers = all.map((_, at) => String(at + 1))
    const layout = layoutOf([['BUKU APARAT'], [''], all, numbers])
    expect(layout?.headingAt).toBe(3)
    expect(layout?.unknown).toEqual([])
    expect(layout?.lacks).toEqual(['nik', 'phone'])
    const person = ['1', 'Budi Rekaan', '', '', 'L', 'Kandangan, 12 Maret 1985', '', '', 'Kadus II']
    const roster = judgeRows([['BUKU APARAT'], [''], all, numbers, person])
    expect(tell(roster)).toEqual(['waiting nik-missing phone-missing'])
    expect(roster.rows[0]?.person).toMatchObject({
      birthPlace: 'Kandangan',
      birthOn: '1985-03-12',
      cohort: 'perangkat-desa',
    })
    expect(roster.sheets[0]?.skipped).toBe(1)
  })

  it('two rows of headings, merged over and merged down', () => {
    const top = ['NO', 'NAMA', 'KELAHIRAN', '', 'ALAMAT', '', '', 'JABATAN']
    const bottom = ['', '', 'TEMPAT', 'TGL', 'DUSUN', 'RT', 'RW', '']
    expect(told([top, bottom])).toBe(
      '0:ignored 1:name 2:birth-place 3:birth-date 4:address 5:rt 6:rw 7:post',
    )
    expect(layoutOf([top, bottom])?.headingAt).toBe(2)
  })

  it('a person below the headings is not taken for a second row of them', () => {
    const layout = layoutOf([
      ['Nama', 'NIK', 'Jabatan'],
      ['Budi Rekaan', '6302051203850001', 'Ketua RT'],
    ])
    expect(layout?.headingAt).toBe(1)
  })

  it.each([1, 8, 15])('are found in row %i', (at) => {
    const rows = [...Array.from({ length: at - 1 }, () => ['Daftar nama']), ['NIK', 'Nama', 'HP']]
    expect(layoutOf(rows)?.headingAt).toBe(at)
  })

  it('further down there are none', () => {
    const rows = [...Array.from({ length: 16 }, () => ['x']), ['NIK', 'Nama', 'HP']]
    expect(layoutOf(rows)).toBeUndefined()
  })

  it.each([
    ['phones only', [['No HP', 'Alamat']]],
    ['one thing only', [['Nama'], ['Budi']]],
    ['names of prototypes', [['__proto__', 'constructor', 'toString']]],
  ])('%s are no list of people', (_what, rows) => {
    expect(layoutOf(rows)).toBeUndefined()
  })
})

describe('what is not recognised', () => {
  it('is asked about, and what was said of it is applied', () => {
    const rows = [['Sesebutan', 'Nomor Sakti', 'Pagawian', 'Urang']]
    expect(layoutOf(rows)).toBeUndefined()
    const used = rows.map((cells) => ({ at: 1, cells }))
    expect(findUnknown(used).map(({ key }) => key)).toEqual([
      'sesebutan',
      'nomorsakti',
      'pagawian',
      'urang',
    ])
    const columns = {
      sesebutan: 'name',
      nomorsakti: 'nik',
      pagawian: 'post',
      urang: 'ignored',
    } as const
    expect(told(rows, { columns, posts: {} })).toBe('0:name 1:nik 2:post 3:ignored')
  })

  it('does not hide what is', () => {
    const layout = layoutOf([['Nama', 'NIK', 'Hobi', '__proto__']])
    expect(layout?.unknown.map(({ heading }) => heading)).toEqual(['Hobi', '__proto__'])
    expect(layout?.lacks).toEqual(['birth-date', 'post', 'phone'])
  })

  it('a mapping cannot reach what it should not', () => {
    const mapping = JSON.parse('{"columns":{"__proto__":"nik"},"posts":{"__proto__":"bpd"}}')
    expect(told([['Nama', 'HP', '__proto__']], mapping)).toBe('0:name 1:phone')
    expect(Object.hasOwn(Object.prototype, 'nik')).toBe(false)
  })

  it('one cohort may be said for a whole list', () => {
    const mapping: Mapping = { columns: {}, posts: {}, cohort: 'rentan' }
    const list = [
      ['NO', 'NIK', 'NAMA KEPALA KELUARGA', 'JENIS KELAMIN', 'TANGGAL LAHIR', 'JENIS PEKERJAAN'],
      ['1', '6302051203850001', 'BUDI REKAAN', 'L', '12/03/1985', 'BURUH TANI'],
    ]
    expect(layoutOf(list, mapping)?.lacks).toEqual(['phone'])
    const [row] = judgeRows(list, { mapping }).rows
    expect(row?.person).toMatchObject({ cohort: 'rentan', occupation: 'BURUH TANI' })
  })
})

it('where two columns hold the same, the surer one counts, wherever it stands', () => {
  const person = ['Budi Rekaan', '081234567890', '0518 21345']
  const sure = (head: string[], cells: string[]) => judgeRows([head, cells]).rows[0]?.person.phone
  expect(sure(['Nama', 'No HP', 'Telepon'], person)).toBe('+6281234567890')
  expect(sure(['Telepon', 'No HP', 'Nama'], [...person].reverse())).toBe('+6281234567890')
  expect(sure(['Nama', 'No HP', 'Telepon'], ['Budi Rekaan', '-', '081300000001'])).toBe(
    '+6281300000001',
  )
})
