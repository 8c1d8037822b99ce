// Workbooks in all the ways in which Excel and other programs write them.
import { describe, expect, it } from 'vitest'
import type { SheetRows } from '../../src/core/roster/cell.ts'
import { readFile } from '../../src/roster/read-file.ts'
import { RosterRefused } from '../../src/roster/refused.ts'
import {
  buildXlsx,
  LONG_DAY_STYLE,
  type TestCell,
  WHOLE_STYLE,
} from '../support/rosters/build-xlsx.ts'
import { sheetOf } from '../support/rosters/hostile.ts'

function read(file: Buffer): SheetRows[] {
  return [...readFile(file)]
}

/** The cells of the first row of a workbook with this one row. */
function readCells(cells: TestCell[], more: { is1904?: boolean; prefix?: string } = {}) {
  return read(buildXlsx({ sheets: [{ name: 'Daftar', rows: [cells] }], ...more }))[0]?.rows[0]
    ?.cells
}

/** The rows of a workbook whose sheet is written just so. */
function readSheet(xml: string) {
  const parts = { 'xl/worksheets/sheet1.xml': xml }
  const sheets = [{ name: 'Daftar', rows: [['x']] }]
  return read(buildXlsx({ sheets, parts })).flatMap(({ rows }) => rows)
}

describe('cells', () => {
  it.each<[string, TestCell, unknown]>([
    ['shared words', 'Budi & Siti <x> "Noor" 1/2', 'Budi & Siti <x> "Noor" 1/2'],
    ['words of other scripts', 'Ñuñu – Ma’ruf 日本 😀', 'Ñuñu – Ma’ruf 日本 😀'],
    ['words in the cell', { inline: '=1+1' }, '=1+1'],
    ['words in pieces', { rich: ['Budi ', 'Rekaan'] }, 'Budi Rekaan'],
    ['words with a pronunciation', { rich: ['東京'], phonetic: 'トウキョウ' }, '東京'],
    ['what a formula gave', { formula: 'A1&"x"', result: 'Budi' }, 'Budi'],
    ['a number', { number: '6302051203850000' }, { is: 'number', text: '6302051203850000' }],
    ['a number with an exponent', { number: '6.3E+15' }, { is: 'number', text: '6.3E+15' }],
    ['a whole number in a style', { number: '5', style: WHOLE_STYLE }, { is: 'number', text: '5' }],
    ['a day', { day: 31_118 }, { is: 'date', on: '1985-03-12' }],
    ['a moment of a day', { day: 31_118.75 }, { is: 'date', on: '1985-03-12' }],
    [
      'a day in a format of its own',
      { number: '31118', style: LONG_DAY_STYLE },
      { is: 'date', on: '1985-03-12' },
    ],
    ['the first day of Excel', { day: 1 }, { is: 'date', on: '1900-01-01' }],
    ['the last day before the false one', { day: 59 }, { is: 'date', on: '1900-02-28' }],
    ['a day that never was', { day: 60 }, { is: 'number', text: '60' }],
    ['the day after it', { day: 61 }, { is: 'date', on: '1900-03-01' }],
    ['a leap day', { day: 36_585 }, { is: 'date', on: '2000-02-29' }],
    ['true', { truth: true }, 'TRUE'],
    ['an error', { error: '#REF!' }, { is: 'error', text: '#REF!' }],
  ])('%s', (_what, cell, found) => {
    expect(readCells([cell])).toEqual([found])
    expect(readCells([cell], { prefix: 'x:' })).toEqual([found])
  })

  it('days counted from 1904', () => {
    expect(readCells([{ day: 29_656 }], { is1904: true })).toEqual([
      { is: 'date', on: '1985-03-12' },
    ])
  })

  it('escaped controls and entities are put right, unknown ones stay as they are', () => {
    const cells = '<c t="str"><v>a&#65;&#x42;_x0043_&amp;lt;&secret;</v></c>'
    expect(readSheet(sheetOf(`<row>${cells}</row>`))[0]?.cells).toEqual(['aABC&lt;&secret;'])
  })
})

describe('rows', () => {
  it('blank rows and cells keep their places', () => {
    const rows: TestCell[][] = [['NIK', '', 'Nama'], [], ['', 'x']]
    expect(read(buildXlsx({ sheets: [{ name: 'a', rows, numbers: [3, 4, 9] }] }))[0]?.rows).toEqual(
      [
        { at: 3, cells: ['NIK', '', 'Nama'] },
        { at: 9, cells: ['', 'x'] },
      ],
    )
  })

  it('without numbers they are counted', () => {
    const rows = sheetOf(
      '<row><c t="str"><v>a</v></c></row><row/><row><c t="str"><v>b</v></c></row>',
    )
    expect(readSheet(rows).map(({ at }) => at)).toEqual([1, 3])
  })

  it('empty cells with a style are nothing, however far right', () => {
    const row = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="XFD1" s="1"/><c r="XFC1"></c></row>'
    expect(readSheet(sheetOf(row))).toEqual([{ at: 1, cells: ['a'] }])
  })

  it('hidden rows say so, hidden sheets are not read', () => {
    const file = buildXlsx({
      sheets: [
        { name: 'Rahasia', rows: [['x']], isHidden: true },
        { name: 'Daftar', rows: [['a'], ['b']], hiddenRows: [2] },
        { name: 'RT', rows: [['c']] },
      ],
    })
    expect(read(file)).toEqual([
      {
        sheet: 1,
        name: 'Daftar',
        isTyped: true,
        rows: [
          { at: 1, cells: ['a'] },
          { at: 2, cells: ['b'], isHidden: true },
        ],
      },
      { sheet: 2, name: 'RT', isTyped: true, rows: [{ at: 1, cells: ['c'] }] },
    ])
  })

  it('comments are passed over, marked sections are words', () => {
    const hidden = '<!-- <row r="1"><c t="str"><v>no</v></c></row> -->'
    const row = '<row r="2"><c t="str"><v><![CDATA[a <b> & c]]></v></c></row>'
    expect(readSheet(sheetOf(hidden + row))).toEqual([{ at: 2, cells: ['a <b> & c'] }])
  })

  it('a long list is read to its end, over every window of the file', () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [
      `${at} ${strange(at)}`,
      { inline: `${at}` },
    ])
    const found = read(buildXlsx({ sheets: [{ name: 'a', rows }] }))
    expect(found.map(({ rows: batch }) => batch.length)).toEqual(Array(10).fill(500))
    expect(found.flatMap(({ rows: batch }) => batch).map(({ cells }) => cells)).toEqual(
      rows.map(([one], at) => [one, `${at}`]),
    )
  })
})

/** Letters of two, three and four bytes: some stand where one window ends. */
function strange(at: number): string {
  return `ñ${String.fromCodePoint(0x4e00 + at).repeat(9)}${String.fromCodePoint(0x1f300 + (at % 99))}`
}

describe('limits', () => {
  it.each([
    [64, undefined],
    [65, 'too-many-columns'],
  ])('%i columns', (count, refusal) => {
    const file = buildXlsx({ sheets: [{ name: 'a', rows: [Array(count).fill('x')] }] })
    expect(refusalOf(file)).toBe(refusal)
  })

  it.each([
    [25_000, undefined],
    [25_001, 'too-many-rows'],
  ])('%i rows', (count, refusal) => {
    const lines = Array.from({ length: count }, (_, at) => `${at};Budi`)
    expect(refusalOf(Buffer.from(lines.join('\n')))).toBe(refusal)
  })
})

function refusalOf(file: Buffer): string | undefined {
  try {
    read(file)
    return undefined
  } catch (error) {
    if (error instanceof RosterRefused) return error.refusal
    throw error
  }
}
