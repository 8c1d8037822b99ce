// One long invented list for benchmarks: so many rows of ten columns, as a workbook or as CSV.
import { createRandom } from '../simulate/random.ts'
import { buildXlsx, type TestCell } from './build-xlsx.ts'
import { inventOfficials, type Official } from './official.ts'

const HEADINGS = [
  ...['No', 'NIK', 'Nama Lengkap', 'Tempat Lahir', 'Tanggal Lahir', 'Jenis Kelamin', 'Jabatan'],
  ...['No HP', 'Nama Ibu Kandung', 'Alamat'],
]

/** Invented people in lists of a village each; every NIK is another one. */
function invent(rows: number): Official[] {
  const random = createRandom(9)
  const taken = new Set<string>()
  const people: Official[] = []
  for (let village = 0; people.length < rows; village++) {
    const district = `63.02.${String(1 + (village % 22)).padStart(2, '0')}`
    people.push(...inventOfficials(random, district, Math.min(12, rows - people.length), taken))
  }
  return people
}

/** The list as a workbook with shared words and real days. */
export function largeXlsx(rows: number): Buffer {
  const cells = invent(rows).map((one, index): TestCell[] => [
    { number: String(index + 1) },
    one.nik,
    one.name,
    one.birthPlace,
    { day: Date.parse(one.birthOn) / 86_400_000 + 25_569 },
    one.sex,
    one.post,
    one.phone,
    `Ibu ${one.name}`,
    `Jalan Umpama nomor ${index % 90}`,
  ])
  return buildXlsx({ sheets: [{ name: 'Daftar', rows: [HEADINGS, ...cells] }] })
}

/** The same list as CSV with semicolons. */
export function largeCsv(rows: number): Buffer {
  const lines = invent(rows).map((one, index) =>
    [
      index + 1,
      one.nik,
      one.name,
      one.birthPlace,
      one.birthOn,
      one.sex,
      one.post,
      one.phone,
      `Ibu ${one.name}`,
      `Jalan Umpama nomor ${index % 90}`,
    ].join(';'),
  )
  return Buffer.from(`${[HEADINGS.join(';'), ...lines].join('\r\n')}\r\n`)
}
