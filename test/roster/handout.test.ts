// The list that is handed out: what stands in it, and that it is understood when it comes back.
import { expect, it } from 'vitest'
import { handoutOf } from '../../src/core/roster/handout.ts'
import { inflatePart } from '../../src/roster/inflate.ts'
import { readFile } from '../../src/roster/read-file.ts'
import { writeWorkbook } from '../../src/roster/write-workbook.ts'
import { readZipDirectory } from '../../src/roster/zip-directory.ts'
import { flowBook, judgeFile, judgeRows } from '../support/rosters/judging.ts'

const handout = handoutOf(flowBook, 'id', ['kepala-desa', 'perangkat-desa', 'rt-rw'])
const file = await writeWorkbook(handout)

it('has headings, one example of nobody, and nothing that is not recognised', () => {
  const batches = [...readFile(file)]
  expect(batches.map(({ name }) => name)).toEqual(['Daftar'])
  const [headings, example, ...more] = batches[0]?.rows ?? []
  expect(headings?.cells).toEqual([
    ...['NIK', 'Nama', 'Tempat Lahir', 'Tanggal Lahir', 'Jenis Kelamin', 'Jabatan', 'No HP'],
    'Nama Ibu Kandung',
  ])
  expect(example?.cells[1]).toBe('CONTOH')
  expect(more).toEqual([])
  const { rowsIn, sheets } = judgeFile(file)
  expect(rowsIn).toBe(0)
  expect(sheets[0]).toMatchObject({ unknown: [], skipped: 1, layout: { lacks: [] } })
})

it('offers its cohorts in a list and keeps every column as text', () => {
  const entries = readZipDirectory(file)
  const part = (name: string) => {
    const entry = entries.get(name)
    return entry ? inflatePart(entry) : ''
  }
  const sheet = part('xl/worksheets/sheet1.xml')
  expect(sheet).toContain('sqref="F2:F502"><formula1>\'Pilihan\'!$B$1:$B$3</formula1>')
  expect(sheet.match(/<col [^>]*style="1"/g)).toHaveLength(8)
  expect(part('xl/styles.xml')).toContain('<xf numFmtId="49"')
  const list = part('xl/worksheets/sheet2.xml')
  for (const cohort of ['Kepala Desa', 'Perangkat Desa', 'RT/RW'])
    expect(list).toContain(`>${cohort}<`)
})

it('is understood when it comes back, in every language', async () => {
  for (const language of flowBook.languages) {
    const { columns } = handoutOf(flowBook, language, ['rt-rw', 'rentan'])
    const head = columns.map(({ heading }) => heading)
    const example = columns.map((column) => column.example)
    const filled = [
      '6302051203850001',
      'Budi Rekaan',
      '',
      '12-03-1985',
      'L',
      'RT/RW',
      '081234567890',
    ]
    const { rows } = judgeRows([head, example, filled])
    expect(rows.map(({ judged, person }) => [judged, person.cohort])).toEqual([
      ['accepted', 'rt-rw'],
    ])
  }
})
