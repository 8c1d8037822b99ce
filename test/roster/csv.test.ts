// CSV files as they come out of Excel, LibreOffice, village software and people's hands.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSeparator, readCsv, type Separator, writeCell } from '../../src/roster/csv.ts'
import { decodeText, type Encoding, encodeText } from '../../src/roster/decode-text.ts'
import { readFile } from '../../src/roster/read-file.ts'

const LIST = 'NIK;Nama;Alamat\r\n6302051203850001;Ma’ruf Ñ;"Jl. A; no. 2"\r\n'
const CELLS = [
  ['NIK', 'Nama', 'Alamat'],
  ['6302051203850001', 'Ma’ruf Ñ', 'Jl. A; no. 2'],
]

function cellsOf(file: Buffer): unknown[] {
  return [...readFile(file)].flatMap(({ rows }) => rows.map(({ cells }) => cells))
}

describe('the way it is written', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(LIST)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LIST}`)],
    ['UTF-16', Buffer.from(`\ufeff${LIST}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${LIST}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(LIST, 'utf16le')],
    ['Windows-1252', Buffer.from(LIST.replace('’', '\x92'), 'latin1')],
  ])('%s', (_what, file) => {
    expect(cellsOf(file)).toEqual(CELLS)
  })

  it.each<[Encoding, boolean]>([
    ['utf-8', false],
    ['utf-8', true],
    ['utf-16le', true],
    ['utf-16be', true],
    ['windows-1252', false],
  ])('%s (mark: %s) is written as it was read', (encoding, hasMark) => {
    const bytes = encodeText({ text: LIST, encoding, hasMark })
    expect(decodeText(bytes)).toEqual({ text: LIST, encoding, hasMark })
  })
})

describe('what stands between the cells', () => {
  it.each<[string, string]>([
    ['semicolons', 'NIK;Nama\n6302;Budi, S.Pd\n'],
    ['commas', 'NIK,Nama\n6302,"Budi, S.Pd"\n'],
    ['tabs', 'NIK\tNama\n6302\tBudi, S.Pd\n'],
    ['lines', 'NIK|Nama\n6302|Budi, S.Pd\n'],
    ['what Excel is told', 'sep=;\r\nNIK;Nama\r\n6302;Budi, S.Pd\r\n'],
    ['old Macs', 'NIK;Nama\r6302;Budi, S.Pd\r'],
    ['a title above', 'Daftar Aparatur, Tahun Ini\n\nNIK;Nama\n6302;Budi, S.Pd\n'],
  ])('%s', (_what, text) => {
    expect(cellsOf(Buffer.from(text)).slice(-2)).toEqual([
      ['NIK', 'Nama'],
      ['6302', 'Budi, S.Pd'],
    ])
  })

  it('quotes, doubled quotes and line ends in a cell', () => {
    const text = 'Nama;Alamat\n"Budi ""Anang"" R";"Jl. A\r\nno. 2"\n'
    expect(cellsOf(Buffer.from(text))[1]).toEqual(['Budi "Anang" R', 'Jl. A\r\nno. 2'])
  })

  it('rows are numbered as they stand, blank ones counted', () => {
    const rows = [...readFile(Buffer.from('NIK;Nama\n\n;\n6302;Budi\n'))][0]?.rows
    expect(rows?.map(({ at }) => at)).toEqual([1, 4])
  })
})

const separators = fc.constantFrom<Separator[]>(',', ';', '\t', '|')
const cells = fc.array(
  fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { minLength: 2, maxLength: 5 }),
  {
    minLength: 1,
    maxLength: 6,
  },
)

describe('every list', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(cells, separators, (rows, separator) => {
        const text = rows.map((row) =>
          row.map((cell) => writeCell(cell, separator)).join(separator),
        )
        const read = [...readCsv(`${text.join('\r\n')}\r\n`, separator, 0)]
        // An apostrophe before a formula is taken for our own, wherever it comes from.
        const plain = (cell: string) =>
          cell.replace(/(?<=^|[,;|\t\r\n]"*)'(?=[=+\-@\t\r\n\0＝＋－＠])/g, '')
        expect(read.map((record) => record.cells)).toEqual(rows.map((row) => row.map(plain)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('never holds the beginning of a formula', () => {
    const start = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\0',
      '＝',
      '＋',
      '－',
      '＠',
      ' ',
      'a',
    )
    fc.assert(
      fc.property(start, fc.string(), separators, (first, rest, separator) => {
        const bare = writeCell(first + rest, separator).replace(/^"/, '')
        expect(bare).not.toMatch(/^[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]/)
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells its separator, also where other signs stand in its cells', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{2,8}(, S\.Pd)?$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word), { minLength: 2, maxLength: 8 }), (rows) => {
        const lines = [['NIK', 'Nama', 'Alamat'], ...rows].map((row) =>
          row.map((cell) => writeCell(cell, ';')).join(';'),
        )
        expect(findSeparator(lines.join('\n')).separator).toBe(';')
      }),
      { numRuns: 300 },
    )
  })
})
