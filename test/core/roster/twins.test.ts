// Lists as a whole: people who are there twice, and what must hold for every list.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell } from '../../../src/core/roster/cell.ts'
import { ground, judgeRows, tell } from '../../support/rosters/judging.ts'

const HEAD = ['NIK', 'Nama', 'Tanggal Lahir', 'Jabatan', 'No HP']
const BUDI = ['6302051203850001', 'Budi Rekaan', '12-03-1985', 'Kadus', '081234567890']
const with_ = (changes: Record<number, string>) => BUDI.map((cell, at) => changes[at] ?? cell)

describe('one NIK in two rows', () => {
  it.each<[string, string[], string[]]>([
    ['the same row', BUDI, ['accepted', 'rejected row-twice']],
    [
      'titles make no difference',
      with_({ 1: 'H. BUDI REKAAN, S.Pd' }),
      ['accepted', 'rejected row-twice'],
    ],
    [
      'two names',
      with_({ 1: 'Siti Contoh' }),
      ['rejected nik-two-names', 'rejected nik-two-names'],
    ],
    [
      'one without a name',
      with_({ 1: '' }),
      ['waiting nik-twice', 'waiting name-missing nik-twice'],
    ],
    ['two posts', with_({ 3: 'Ketua RT' }), ['waiting nik-twice', 'waiting nik-twice']],
    [
      'another phone that cannot be read',
      with_({ 4: '12345' }),
      ['waiting nik-twice', 'waiting nik-twice phone-odd'],
    ],
    ['two phones', with_({ 4: '081300000001' }), ['waiting nik-twice', 'waiting nik-twice']],
  ])('%s', (_what, other, verdicts) => {
    expect(tell(judgeRows([HEAD, BUDI, other]))).toEqual(verdicts)
    expect(tell(judgeRows([HEAD, other, BUDI])).sort()).toEqual(verdicts.toSorted())
  })

  it('on two sheets', () => {
    const rows = judgeRows([HEAD, BUDI, with_({ 0: '6302051203850002', 1: 'Noor Contoh' })])
    expect(tell(rows)).toEqual(['accepted', 'accepted'])
  })
})

it('people without a NIK who look alike are told apart by asking', () => {
  const verdict = 'waiting nik-missing row-alike'
  expect(tell(judgeRows([HEAD, with_({ 0: '' }), with_({ 0: '' })]))).toEqual([verdict, verdict])
})

/** Cells as they come: right ones, near ones, and anything. */
const cell = (right: string[]): fc.Arbitrary<Cell> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constantFrom('', '-', 'KOSONG', '__proto__', '6.30E+15') },
    {
      weight: 1,
      arbitrary: fc.nat().map((value): Cell => ({ is: 'number', text: String(value) })),
    },
    { weight: 1, arbitrary: fc.constant<Cell>({ is: 'date', on: '1985-03-12' }) },
    { weight: 1, arbitrary: fc.constant<Cell>({ is: 'error', text: '#N/A' }) },
  )

const anyRow = fc.tuple(
  cell([BUDI[0] ?? '', '6302055203850002', '6302051203850000']),
  cell(['Budi Rekaan', 'SITI CONTOH', 'Noor Umpama']),
  cell(['12-03-1985', '12 Maret 1985', '31118']),
  cell(['Kadus', 'Ketua RT 1', 'Juru Kunci']),
  cell(['081234567890', '', '0518 21345']),
)
/** A total ends what is a list, so it depends on where it stands; here are only people. */
const people = fc
  .array(anyRow, { minLength: 1, maxLength: 12 })
  .map((rows) => rows.filter(([nik, name]) => !isNothing(nik) && !isNothing(name)))

function isNothing(value: Cell): boolean {
  return typeof value !== 'string' || !/^(\d|Budi|SITI|Noor)/.test(value)
}

describe('every list', () => {
  it('rows in = accepted + waiting + rejected, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 15 }), (rows) => {
        const used = rows.filter((cells) =>
          cells.some((one) => typeof one === 'object' || one.trim()),
        )
        const { counts, rowsIn, sheets, rows: judged } = judgeRows([HEAD, ...used])
        expect(counts.accepted + counts.waiting + counts.rejected).toBe(rowsIn)
        expect(judged.length).toBe(rowsIn)
        expect(rowsIn + (sheets[0]?.skipped ?? 0)).toBe(used.length)
      }),
      { numRuns: 300 },
    )
  })

  it('no order of the rows changes a verdict', () => {
    const shuffled = people.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const verdicts = (list: Cell[][]) => {
          const judged = judgeRows([HEAD, ...list])
          // Of rows that read the same, one is kept: which of them makes no difference.
          return tell(judged)
            .map((verdict, at) => `${JSON.stringify(judged.rows[at]?.person)} ${verdict}`)
            .sort()
        }
        expect(verdicts(other)).toEqual(verdicts(rows))
      }),
      { numRuns: 300 },
    )
  })

  it('no order of the columns changes a verdict', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
    fc.assert(
      fc.property(people, order, (rows, columns) => {
        const turn = (cells: Cell[]) => columns.map((column) => cells[column] ?? '')
        expect(tell(judgeRows([turn(HEAD), ...rows.map(turn)]))).toEqual(
          tell(judgeRows([HEAD, ...rows])),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('judged again is judged the same', () => {
    fc.assert(
      fc.property(people, (rows) => {
        expect(judgeRows([HEAD, ...rows], ground)).toEqual(judgeRows([HEAD, ...rows], ground))
      }),
      { numRuns: 50 },
    )
  })
})
