// Dated figures: every day of nine years has exactly one row, and outside there is an error.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/core/calendar.ts'
import type { FigureName } from '../../src/core/rates.ts'
import { findFigure, findRow, getFigure, RatesError } from '../../src/core/rates.ts'
import { RatesFileError, readRates } from '../../src/rates-file.ts'

const rates = readRates('flows/rates')
const names = Object.keys(rates.figures) as FigureName[]

/** The days swept: whatever a person may ask about, and the year after this one. */
const FIRST_ON = '2019-01-01'
const LAST_ON = '2027-12-31'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** What an officer reads after one careless edit of one file. */
function problemsAfter(file: string, before: string, after: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rates-'))
  folders.push(folder)
  cpSync('flows/rates', folder, { recursive: true })
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text).toContain(before)
  writeFileSync(join(folder, file), text.replace(before, after))
  try {
    readRates(folder)
    return ''
  } catch (error) {
    if (error instanceof RatesFileError) return error.problems.join('\n')
    throw error
  }
}

describe('every day from 2019 to 2027', () => {
  it.each(names)('%s has exactly one row, or says that it is not known', (name) => {
    const { rows } = rates.figures[name]
    const periods = rows.map((row, i) => {
      const next = rows[i + 1]
      return { ...row, last: row.until ?? (next ? addDays(next.from, -1) : '9999-12-31') }
    })
    const wrong: string[] = []
    for (let on = FIRST_ON; on <= LAST_ON; on = addDays(on, 1)) {
      const holding = periods.filter((row) => row.from <= on && on <= row.last)
      if (holding.length !== 1) wrong.push(on)
      if (findFigure(rates, name, on) !== holding[0]?.value) wrong.push(on)
    }
    expect(wrong).toEqual([])
  })

  it('is swept over the days that were meant', () => {
    let days = 0
    for (let on = FIRST_ON; on <= LAST_ON; on = addDays(on, 1)) days += 1
    expect(days).toBe(3287)
  })
})

describe('a day without a figure', () => {
  it.each<[FigureName, string]>([
    ['bpu-jkm-rupiah', '2015-06-30'],
    ['discount-other-percent', '2020-12-31'],
    ['jp-ceiling-rupiah', '2027-03-01'],
    ['holidays-national', '2027-01-01'],
    ['holidays-national', '2028-01-01'],
    ['umk-rupiah', '2027-06-01'],
    ['dana-desa-cohorts', '2025-06-01'],
    ['bpu-upper-age', '2021-12-31'],
  ])('%s on %s is an error that names both', (name, on) => {
    expect(() => getFigure(rates, name, on)).toThrow(RatesError)
    expect(() => getFigure(rates, name, on)).toThrow(new RegExp(`"${name}".*${on}`))
  })
})

describe('the last row', () => {
  const row = (from: string, until?: string) => ({ from, until, value: from, source: 'DER test' })
  const figure = (last: ReturnType<typeof row>) => ({
    ...{ file: 'x.yaml', about: 'x', rows: [row('2020-01-01'), last] },
  })

  it('holds on when it has no end', () => {
    expect(findRow(figure(row('2026-01-01')), '2040-01-01')?.value).toBe('2026-01-01')
  })

  it('is not followed by itself or an older one once it has ended', () => {
    const ended = figure(row('2026-01-01', '2026-12-31'))
    expect(findRow(ended, '2026-12-31')?.value).toBe('2026-01-01')
    expect(findRow(ended, '2027-01-01')).toBeUndefined()
  })
})

describe('a figure changes on its day', () => {
  it.each<[FigureName, string, unknown, unknown]>([
    ['discount-other-percent', '2026-04-01', 0, 50],
    ['discount-other-percent', '2027-01-01', 50, 0],
    ['discount-transport-percent', '2026-01-01', 0, 50],
    ['discount-transport-percent', '2027-04-01', 50, 0],
    ['jp-ceiling-rupiah', '2026-03-01', 10_547_400, 11_086_300],
    ['jp-pension-age', '2025-01-01', 58, 59],
    ['jkk-claim-years', '2019-12-02', 2, 5],
  ])('%s on %s', (name, on, before, after) => {
    expect(getFigure(rates, name, addDays(on, -1))).toEqual(before)
    expect(getFigure(rates, name, on)).toEqual(after)
  })

  it('pays 42 million after a death from PP 82/2019 on, and 24 million before', () => {
    const totalOn = (on: string) =>
      Object.values(getFigure(rates, 'jkm-rupiah', on)).reduce((sum, part) => sum + part)
    expect(totalOn('2019-12-01')).toBe(24_000_000)
    expect(totalOn('2019-12-02')).toBe(42_000_000)
  })
})

describe('mistakes that are refused', () => {
  const ceiling = 'value: 11.086.300'
  it.each<[string, string, string, string, RegExp]>([
    [
      'a row inside another',
      'discounts.yaml',
      'from: 2027-04-01',
      'from: 2027-03-01',
      /discounts\.yaml: "discount-transport-percent", row 5 .*overlaps row 4, .*2027-03-31/,
    ],
    [
      'a gap',
      'discounts.yaml',
      'from: 2027-04-01',
      'from: 2027-05-01',
      /row 5 .*gap after row 4, which ends on 2027-03-31/,
    ],
    [
      'rows out of order',
      'ceilings.yaml',
      'from: 2026-03-01',
      'from: 2024-03-01',
      /"jp-ceiling-rupiah", row 12 \(from 2024-03-01\) must begin after row 11/,
    ],
    [
      'an end before the beginning',
      'discounts.yaml',
      'until: 2027-03-31',
      'until: 2025-03-31',
      /row 4 .*ends before it begins/,
    ],
    [
      'a day that is none',
      'ceilings.yaml',
      '2026-03-01',
      '2026-02-30',
      /row 12, from: is not a day/,
    ],
    ['an amount with a comma', 'ceilings.yaml', ceiling, 'value: 11.086,3', /not an amount/],
    ['an amount with a dot astray', 'ceilings.yaml', ceiling, 'value: 11.0863', /not an amount/],
    [
      'a percentage with a dot',
      'contributions-pu.yaml',
      '0,24',
      '0.24',
      /"pu-jkk-percent", row 1, value > 1: .*comma/,
    ],
    [
      'a row without a source',
      'ceilings.yaml',
      'source: NEWS krishandsoftware',
      '',
      /row 1, source/,
    ],
    [
      'a source without its label',
      'ceilings.yaml',
      'source: NEWS krishandsoftware',
      'source: krishandsoftware',
      /row 1, source: must say where it comes from/,
    ],
    ['a row without a value', 'ceilings.yaml', ceiling, '', /row 12, value: is missing/],
    ['a word it does not know', 'ceilings.yaml', ceiling, `${ceiling}\n      untill: x`, /untill/],
    [
      'a figure nobody knows',
      'siltap.yaml',
      'siltap-floor',
      'siltap-flor',
      /"siltap-flor.* not a fig/,
    ],
    [
      'a figure that is missing',
      'siltap.yaml',
      'siltap-floor',
      'siltap-flor',
      /"siltap-floor.* no file/,
    ],
    [
      'a figure in two files',
      'siltap.yaml',
      'siltap-floor-rupiah',
      'umk-rupiah',
      /umk\.yaml: "umk-rupiah" also stands in siltap\.yaml/,
    ],
    [
      'a bracket that falls',
      'contributions-bpu.yaml',
      ': 2.950.000',
      ': 2.500.000',
      /does not rise/,
    ],
    ['brackets not from 0', 'contributions-bpu.yaml', ' 0: 1.0', ' 5: 1.0', /begin with income 0/],
    [
      'a table with a row twice',
      'ages.yaml',
      'bpu-lower-age',
      'bpu-upper-age',
      /ages\.yaml: .*unique at line/,
    ],
    ['broken YAML', 'ages.yaml', 'rows:', 'rows', /ages\.yaml: .* at line \d/],
    ['an alias', 'ages.yaml', 'value: 65', 'value: *x', /"\*x" points to another place/],
  ])('%s', (_, file, before, after, sentence) => {
    expect(problemsAfter(file, before, after)).toMatch(sentence)
  })

  it('lists them all at once', () => {
    const problems = problemsAfter('ceilings.yaml', 'rows:', 'rows:\n    - from: x\n      to: y')
    expect(problems.split('\n').length).toBeGreaterThan(2)
  })
})

describe('what an officer types', () => {
  it('means ten thousand by 10.000, dotted or not', () => {
    expect(getFigure(rates, 'jkk-funeral-rupiah', '2026-01-01')).toBe(10_000_000)
    expect(problemsAfter('ceilings.yaml', 'value: 11.086.300', 'value: 11086300')).toBe('')
  })

  it('gives another version for another figure', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rates-'))
    folders.push(folder)
    cpSync('flows/rates', folder, { recursive: true })
    expect(readRates(folder).version).toBe(rates.version)
    const file = join(folder, 'ages.yaml')
    writeFileSync(file, `${readFileSync(file, 'utf8')}# read again\n`)
    expect(readRates(folder).version).not.toBe(rates.version)
  })
})
