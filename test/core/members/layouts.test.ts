// The layouts of flows/layouts: the portal's columns as they are known, and what stands below them.
import { describe, expect, it } from 'vitest'
import { findLack, type HeldMember, layOut } from '../../../src/core/members/lay-out.ts'
import { findLayout, type Layout } from '../../../src/core/members/layout.ts'
import { must } from '../../../src/core/must.ts'
import { realBook } from '../../support/real-book.ts'

const { layouts } = realBook()
const places = { label: (code: string) => `Desa ${code}` }
const place = { exportRow: 'E7-3', branch: 'Cabang Uji', places }

/** The columns of "Data TK Baru" as three public repositories have them, between the names. */
const between = `GELAR TELEPON_AREA_RUMAH TELEPON_RUMAH TELEPON_AREA_KANTOR TELEPON_KANTOR
  TELEPON_EXT_KANTOR HP EMAIL TEMPAT_LAHIR TANGGAL_LAHIR NAMA_IBU_KANDUNG JENIS_IDENTITAS
  NOMOR_IDENTITAS MASA_LAKU_IDENTITAS JENIS_KELAMIN SURAT_MENYURAT_KE TANGGAL_KEPESERTAAN
  STATUS_KAWIN GOLONGAN_DARAH NPWP KODE_NEGARA UPAH ALAMAT KODE_POS LOKASI_PEKERJAAN
  STATUS_PEGAWAI TGL_AWAL_BEKERJA TGL_AKHIR_KONTRAK`.split(/\s+/)

const held: HeldMember = {
  submissionId: 1,
  receipt: 'SD-00000-00001',
  person: {
    nik: '6303055203850001',
    name: 'Siti  Nur Aisyah Rahmah',
    birthPlace: 'Martapura',
    birthOn: '1985-03-12',
    sex: 'P',
    motherName: 'Aminah',
    phone: '+6281234567890',
    addressLine: 'Jl. Contoh 5\nRT 02',
  },
  villageCode: '63.03.05.2056',
  livesThere: true,
  occupation: 'pedagang sayur',
  workPlace: 'pasar',
  baseRupiah: 1_000_000,
  months: 3,
  programmes: ['JKK', 'JKM', 'JHT'],
  hasObjected: false,
  hasLeft: false,
}

function layoutOf(kind: 'sipp' | 'bpu', name: string): Layout {
  return must(findLayout(layouts, kind, '', name), name)
}

/** What stands in the columns that are not empty. */
function rowOf(layout: Layout, one: HeldMember) {
  const cells = layOut(layout, one, place)
  const filled = layout.columns.map(({ heading }, at) => [heading, cells[at]])
  return Object.fromEntries(filled.filter(([, cell]) => cell !== ''))
}

describe('the portal layout', () => {
  it('has every column in its order, in both versions', () => {
    const headingsOf = (name: string) =>
      layoutOf('sipp', name).columns.map(({ heading }) => heading)
    const first = ['NO_PEGAWAI', 'NAMA_DEPAN', 'NAMA_TENGAH', 'NAMA_BELAKANG', ...between]
    expect(headingsOf('sipp-1')).toEqual(first)
    const second = ['NO_PEGAWAI', 'NAMA_LENGKAP', ...between, 'RAPEL', 'NATIONALITY']
    expect(headingsOf('sipp-2')).toEqual(second)
  })

  it('says of itself what nobody has verified', () => {
    for (const { unverified, source } of layouts) {
      expect(unverified.length).toBeGreaterThan(2)
      expect(source).toMatch(/^REPO /)
    }
  })

  it('is the newest that had begun on the day, or the one that is named', () => {
    expect(findLayout(layouts, 'sipp', '2021-12-31')?.name).toBe('sipp-1')
    expect(findLayout(layouts, 'sipp', '2022-01-01')?.name).toBe('sipp-2')
    expect(findLayout(layouts, 'sipp', '2018-12-31')).toBeUndefined()
    expect(findLayout(layouts, 'bpu', '2026-12-20', 'sipp-2')).toBeUndefined()
  })

  it('writes a person as the codes of its instruction sheet want', () => {
    expect(rowOf(layoutOf('sipp', 'sipp-1'), held)).toEqual({
      NO_PEGAWAI: 'E7-3',
      NAMA_DEPAN: 'Siti',
      NAMA_TENGAH: 'Nur Aisyah',
      NAMA_BELAKANG: 'Rahmah',
      HP: '081234567890',
      TEMPAT_LAHIR: 'Martapura',
      TANGGAL_LAHIR: '12-03-1985',
      NAMA_IBU_KANDUNG: 'Aminah',
      JENIS_IDENTITAS: 'KTP',
      NOMOR_IDENTITAS: '6303055203850001',
      JENIS_KELAMIN: 'P',
      SURAT_MENYURAT_KE: 'S',
      KODE_NEGARA: 'ID',
      UPAH: '1000000',
      ALAMAT: 'Jl. Contoh 5 RT 02, Desa 63.03.05.2056',
    })
  })

  it('does not take a post for a home, nor one name for two', () => {
    const person = { ...held.person, name: 'Ahmad', addressLine: '' }
    const row = rowOf(layoutOf('sipp', 'sipp-1'), { ...held, person, livesThere: false })
    expect(row).toMatchObject({ NAMA_DEPAN: 'Ahmad' })
    for (const heading of ['NAMA_TENGAH', 'NAMA_BELAKANG', 'ALAMAT']) {
      expect(row).not.toHaveProperty(heading)
    }
  })
})

describe('the list of those who work for themselves', () => {
  it('has their work, programmes and months', () => {
    expect(rowOf(layoutOf('bpu', 'bpu-1'), held)).toMatchObject({
      'NOMOR BARIS': 'E7-3',
      'KANTOR CABANG': 'Cabang Uji',
      'JENIS PEKERJAAN': 'pedagang sayur',
      'LOKASI PEKERJAAN': 'pasar',
      PROGRAM: 'JKK JKM JHT',
      'PERIODE BULAN': '3',
    })
  })
})

describe('who cannot be a row yet', () => {
  const layout = layoutOf('sipp', 'sipp-2')

  it('is nobody with everything that is needed', () => {
    expect(findLack(layout, held, places)).toBeUndefined()
  })

  it.each([
    [
      'without something needed',
      { person: { ...held.person, sex: '' } },
      'fields',
      ['JENIS_KELAMIN'],
    ],
    ['who has left the post', { hasLeft: true }, 'left', []],
    ['who objects, whatever else', { hasObjected: true, hasLeft: true }, 'objected', []],
  ] as const)('is somebody %s', (_what, change, why, headings) => {
    expect(findLack(layout, { ...held, ...change }, places)).toEqual({ why, headings })
  })

  it('is somebody for whom the layout has no code', () => {
    const columns = layout.columns.map((column) =>
      column.field === 'sex' ? { ...column, codes: new Map([['L', '1']]) } : column,
    )
    const coded = { ...layout, columns }
    expect(findLack(coded, held, places)).toEqual({ why: 'code', headings: ['JENIS_KELAMIN'] })
    const man = { ...held, person: { ...held.person, sex: 'L' as const } }
    expect(findLack(coded, man, places)).toBeUndefined()
    expect(rowOf(coded, man)).toMatchObject({ JENIS_KELAMIN: '1' })
  })
})
