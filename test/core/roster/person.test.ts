// One row, as it is typed: what is read, what is asked again, what is never guessed.
import { describe, expect, it } from 'vitest'
import type { Cell } from '../../../src/core/roster/cell.ts'
import { judgeRows, tell } from '../../support/rosters/judging.ts'

const NIK = '6302051203850001'
const HEAD = [
  'NIK',
  'Nama',
  'Tempat Lahir',
  'Tanggal Lahir',
  'L/P',
  'Jabatan',
  'No HP',
  'Gaji',
  'Nama Ibu',
]

/** A row that is in order, with some of its cells changed. */
function row(changed: Partial<Record<string, Cell>>): Cell[] {
  const right: Record<string, Cell> = {
    NIK,
    Nama: 'Budi Rekaan',
    'Tempat Lahir': 'Kandangan',
    'Tanggal Lahir': '12-03-1985',
    'L/P': 'L',
    Jabatan: 'Kaur Keuangan',
    'No HP': '081234567890',
  }
  return HEAD.map((heading) => changed[heading] ?? right[heading] ?? '')
}

function judgeRow(changed: Partial<Record<string, Cell>>, isTyped = true) {
  return judgeRows([HEAD, row(changed)], {}, isTyped)
}

const number = (text: string): Cell => ({ is: 'number', text })

describe('a NIK', () => {
  it.each<[string, Cell, boolean, string]>([
    ['as text', NIK, true, 'accepted'],
    ['as text in a CSV file', NIK, false, 'accepted'],
    ['with an apostrophe before it', `'${NIK}`, false, 'accepted'],
    ['with spaces', '630205 120385 0001', true, 'accepted'],
    ['shown by Excel as 6.30205E+15', '6.30205E+15', false, 'waiting nik-excel'],
    ['shown with a comma', '6,30205E+15', false, 'waiting nik-excel'],
    ['that Excel made a number of', number('6302051203850000'), true, 'waiting nik-excel'],
    [
      'whose number is written with an exponent',
      number('6.30205120385E15'),
      true,
      'waiting nik-excel',
    ],
    ['whose last digit may be lost', number('6302051203850010'), true, 'waiting nik-excel'],
    ['whose last digit may be lost in a CSV file', '6302051203850010', false, 'waiting nik-excel'],
    ['with serial number 0000 as text', '6302051203850000', true, 'waiting nik-excel'],
    ['kept exactly as a number', number(NIK), true, 'accepted'],
    ['that no number keeps exactly', number('9102051203850001'), true, 'waiting nik-excel'],
    ['with 15 digits', '630205120385000', true, 'rejected nik-length'],
    ['with letters that look like digits', '63O2O512O385OOO1', true, 'waiting nik-letters'],
    ['that is a word', 'menyusul', true, 'rejected nik-odd'],
    ['of one digit only', '1111111111111111', true, 'rejected nik-odd'],
    ['that is not there', '', true, 'waiting nik-missing'],
    ['of which a dash is said', '-', true, 'waiting nik-missing'],
    ['of another birth date', '6302051303850001', true, 'waiting nik-birth-differs'],
    ['of a woman', '6302055203850001', true, 'waiting nik-sex-differs'],
    [
      'that a formula should have found',
      { is: 'error', text: '#REF!' },
      true,
      'waiting cell-error nik-missing',
    ],
  ])('%s', (_what, cell, isTyped, verdict) => {
    expect(tell(judgeRow({ NIK: cell }, isTyped))).toEqual([verdict])
  })

  it('is never changed', () => {
    expect(judgeRow({}).rows[0]?.person.nik).toBe(NIK)
    expect(judgeRow({ NIK: number('6302051203850000') }).rows[0]?.person.nik).toBeUndefined()
  })

  it('the kept digits are told for one that is too short', () => {
    const [finding] = judgeRow({ NIK: '63020512038500' }).rows[0]?.findings ?? []
    expect(finding).toEqual({
      reason: 'nik-length',
      field: 'nik',
      column: 0,
      blanks: { count: '14' },
    })
  })
})

describe('a date of birth', () => {
  it.each<[Cell, string]>([
    ['12 Maret 1985', '1985-03-12'],
    ['12/03/85', '1985-03-12'],
    ['12031985', '1985-03-12'],
    [{ is: 'date', on: '1985-03-12' }, '1985-03-12'],
    ['1985-03-12', '1985-03-12'],
    // Month first is asked about in a chat; here the NIK has said it.
    ['3/25/1985', '1985-03-25'],
  ])('%j', (cell, day) => {
    const nik = day === '1985-03-25' ? '6302052503850001' : NIK
    const [read] = judgeRow({ 'Tanggal Lahir': cell, NIK: nik }).rows
    expect(read?.person.birthOn).toBe(day)
    expect(read?.judged).toBe('accepted')
  })

  it.each<[Cell, string]>([
    ['31-02-1985', 'rejected birth-impossible'],
    ['12-03-2030', 'rejected birth-future'],
    ['', 'waiting birth-missing'],
    ['kira-kira 1985', 'waiting birth-unclear'],
    // Excel's number of a day, or a date that lost its nought: nobody knows.
    [number('31118'), 'waiting birth-unclear'],
  ])('%j', (cell, verdict) => {
    expect(tell(judgeRow({ 'Tanggal Lahir': cell }))).toEqual([verdict])
  })

  it('month first without a NIK is asked about', () => {
    expect(tell(judgeRow({ 'Tanggal Lahir': '3/25/1985', NIK: '' }))).toEqual([
      'waiting birth-unclear nik-missing',
    ])
  })

  it.each([
    ['Kandangan, 12-03-1985', 'Kandangan', '1985-03-12'],
    ['KANDANGAN 12 MARET 1985', 'KANDANGAN', '1985-03-12'],
    ['Hulu Sungai Selatan, 12/03/1985', 'Hulu Sungai Selatan', '1985-03-12'],
    ['Kandangan/12-03-1985', 'Kandangan', '1985-03-12'],
  ])('with its place: %s', (cell, birthPlace, birthOn) => {
    const roster = judgeRows([
      ['NIK', 'Nama', 'TTL'],
      [NIK, 'Budi Rekaan', cell],
    ])
    expect(roster.rows[0]?.person).toMatchObject({ birthPlace, birthOn })
  })
})

describe('a phone', () => {
  it.each<[Cell, string]>([
    [number('81234567890'), 'accepted'],
    ['+62 812-3456-7890', 'accepted'],
    ['8.12346E+10', 'waiting phone-excel'],
    ['0518 21345', 'waiting phone-mobile'],
    ['081234567890 / 081300000001', 'waiting phone-which'],
    ['belum ada', 'waiting phone-missing'],
    ['12345', 'waiting phone-odd'],
  ])('%j', (cell, verdict) => {
    expect(tell(judgeRow({ 'No HP': cell }))).toEqual([verdict])
  })
})

describe('a post', () => {
  it.each([
    ['KEPALA DESA', 'kepala-desa'],
    ['Pambakal', 'kepala-desa'],
    ['Kepala Kampung', 'kepala-desa'],
    ['Kaur. Keuangan', 'perangkat-desa'],
    ['Kepala Urusan Tata Usaha dan Umum', 'perangkat-desa'],
    ['Kasi Pemerintahan', 'perangkat-desa'],
    ['Kepala Dusun III', 'perangkat-desa'],
    ['Sekdes', 'perangkat-desa'],
    ['Sekretaris BPD', 'bpd'],
    ['Anggota BPK', 'bpd'],
    ['Ketua RT. 02 / RW 01', 'rt-rw'],
    ['RT 05', 'rt-rw'],
    ['Ketua PKK', 'lkd'],
    ['Kader Posyandu Melati', 'kader'],
    ['Ketua Karang Taruna', 'lkd'],
  ])('%s', (post, cohort) => {
    expect(judgeRow({ Jabatan: post }).rows[0]?.person).toMatchObject({ cohort, post })
  })

  // An acting head may be a civil servant; others are simply not known.
  it.each(['Pj. Kepala Desa', 'Plt Kades', 'Juru Kunci', 'Kaurr'])('%s is asked about', (post) => {
    const judged = judgeRow({ Jabatan: post })
    expect(tell(judged)).toEqual(['waiting post-unknown'])
    expect([...judged.unknownPosts.values()]).toEqual([post])
  })

  it('what was said of it is applied, also that it is left out', () => {
    const posts = { 'juru kunci': 'lkd', 'pj kepala desa': 'none' } as const
    const mapping = { columns: {}, posts }
    const rows = [
      HEAD,
      row({ Jabatan: 'JURU KUNCI 2' }),
      row({ NIK: '', Jabatan: 'Pj. Kepala Desa' }),
    ]
    const judged = judgeRows(rows, { mapping })
    expect(judged.rows.map(({ person }) => person.cohort)).toEqual(['lkd', undefined])
    expect(tell(judged)).toEqual(['accepted', 'rejected nik-missing post-left-out'])
  })
})

it.each<[string, Record<string, Cell>, string]>([
  ['a wage', { Gaji: 'Rp 2.022.200,-' }, 'accepted'],
  ['a wage as a number', { Gaji: number('2022200') }, 'accepted'],
  ['a wage that is no amount', { Gaji: 'sesuai aturan' }, 'accepted wage-unclear'],
  ['a sex that is not known', { 'L/P': 'x' }, 'accepted sex-unclear'],
  ['a name of digits', { Nama: 'Budi 4' }, 'rejected name-odd'],
  ['no name', { Nama: '' }, 'waiting name-missing'],
  ['nobody in the post', { Nama: 'KOSONG', NIK: '' }, 'rejected vacant'],
  ['a post alone', { Nama: '', NIK: '', 'No HP': '', 'Tempat Lahir': '' }, 'rejected vacant'],
  ['an odd name of the mother', { 'Nama Ibu': '1234' }, 'accepted mother-name-odd'],
])('%s', (_what, changed, verdict) => {
  expect(tell(judgeRow(changed))).toEqual([verdict])
})

it('a wage is read in rupiah', () => {
  expect(judgeRow({ Gaji: 'Rp 2.022.200,00' }).rows[0]?.person.wageRupiah).toBe(2_022_200)
})

describe('the village of a row', () => {
  const head = ['NIK', 'Nama', 'Desa']
  const aboutVillage = (desa: string) =>
    judgeRows([head, [NIK, 'Budi Rekaan', desa]], { village: '63.02.01.2001' })
      .rows[0]?.findings.map(({ reason }) => reason)
      .filter((reason) => reason.includes('village'))

  it.each(['Labuan Barat', 'DESA LABUAN BARAT', 'Labuan Barat, Kec. Pulau Sembilan', ''])(
    '%j is the one that the list is for',
    (desa) => {
      expect(aboutVillage(desa)).toEqual([])
    },
  )

  it.each([
    ['Salino, Kec. Pulau Laut Tengah', 'other-village'],
    ['Desa Antah Berantah', 'village-unclear'],
  ])('%s is not', (desa, reason) => {
    expect(aboutVillage(desa)).toEqual([reason])
  })
})

describe('rows that are no person', () => {
  it.each<[string, Cell[]]>([
    ['numbers of columns', ['1', '2', '3', '4', '5', '6', '7', '8', '9']],
    ['the headings again', HEAD],
    ['a total', ['', 'JUMLAH', '', '', '', '', '', number('12000000')]],
    [
      'the example of the template',
      ['0000000000000000', 'CONTOH', 'Martapura', '31-12-1990', 'P', 'BPD'],
    ],
  ])('%s', (_what, cells) => {
    const { rows, sheets } = judgeRows([HEAD, row({}), cells])
    expect([rows.length, sheets[0]?.skipped]).toEqual([1, 1])
  })

  it('signatures below the list', () => {
    const foot: Cell[][] = [
      ['', 'Mengetahui'],
      ['', '', '', '', '', 'Kepala Desa'],
      ['', 'BUDI REKAAN'],
    ]
    const { rows, sheets } = judgeRows([HEAD, row({}), ...foot])
    expect([rows.length, sheets[0]?.skipped]).toEqual([1, 3])
  })

  it('a person whose note begins like a total stays one', () => {
    const rows = [
      ['Keterangan', ...HEAD],
      ['Catatan: pindah tugas', ...row({})],
    ]
    expect(tell(judgeRows(rows))).toEqual(['accepted'])
  })
})
