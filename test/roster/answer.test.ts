// The copy that goes back: the same file, with a verdict in words and colours beside each row.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SheetAnswers } from '../../src/core/roster/answers.ts'
import type { SheetRow } from '../../src/core/roster/cell.ts'
import { keepRoster } from '../../src/core/roster/kept-roster.ts'
import { sayAnswers } from '../../src/core/roster/say-answers.ts'
import { answerFile } from '../../src/roster/answer-file.ts'
import { inflatePart } from '../../src/roster/inflate.ts'
import { readFile } from '../../src/roster/read-file.ts'
import { createRosterThreads } from '../../src/roster/thread.ts'
import { readZipDirectory } from '../../src/roster/zip-directory.ts'
import { buildXlsx, type TestCell } from '../support/rosters/build-xlsx.ts'
import { flowBook, judgeFile, kotabaru, tell } from '../support/rosters/judging.ts'
import { inventRosters } from '../support/rosters/village-rosters.ts'
import { createRandom } from '../support/simulate/random.ts'

const SHEET = 'xl/worksheets/sheet1.xml'
const rows: TestCell[][] = [
  ['DAFTAR APARAT'],
  ['NIK', 'Nama', 'Lahir'],
  ['6302051203850001', 'Budi', { day: 31_118 }],
  ['', 'Siti', { formula: 'A1', result: 'x' }],
]
const answers: SheetAnswers = {
  sheet: 0,
  headingAt: 2,
  heading: 'Hasil',
  column: 3,
  rows: [
    { at: 3, judged: 'accepted', words: 'SIAP & <baik>' },
    { at: 4, judged: 'waiting', words: '=1+1' },
  ],
}

function rowsOf(file: Buffer): SheetRow[] {
  return [...readFile(file)].flatMap((batch) => batch.rows)
}

function partOf(file: Buffer, name: string): string {
  const entry = readZipDirectory(file).get(name)
  return entry ? inflatePart(entry) : ''
}

describe('in a workbook', () => {
  const file = buildXlsx({
    sheets: [
      { name: 'Daftar', rows, merged: ['A1:C1'] },
      { name: 'Lain', rows: [['x']] },
    ],
  })

  it('stand beside their rows, and nothing else is changed', async () => {
    const answered = await answerFile(file, [answers])
    const [before, after] = [rowsOf(file), rowsOf(answered)]
    expect(after.map(({ cells }) => cells.slice(0, 3))).toEqual(before.map(({ cells }) => cells))
    expect(after.map(({ cells }) => cells[3])).toEqual([
      undefined,
      'Hasil',
      'SIAP & <baik>',
      '=1+1',
      undefined,
    ])
    const changed = [SHEET, 'xl/styles.xml']
    const [old, young] = [readZipDirectory(file), readZipDirectory(answered)]
    expect([...young.keys()]).toEqual([...old.keys()])
    for (const [name, entry] of old) {
      if (!changed.includes(name)) expect(young.get(name)?.data.equals(entry.data)).toBe(true)
    }
  })

  it('keep the XML of the sheet around them to the letter', async () => {
    const xml = partOf(await answerFile(file, [answers]), SHEET)
    const without = xml
      .replace(/<c r="D\d"[^>]*>.*?<\/c>/g, '')
      .replace(/<cols>.*?<\/cols>/, '')
      .replace('ref="A1:D4"', 'ref="A1:C4"')
    // A hint about the width of the row, which would be wrong now, is the only thing left out.
    const bare = (text: string) => text.replace(/ spans="[^"]*"/g, '')
    expect(bare(without)).toBe(bare(partOf(file, SHEET)))
  })

  it('have colours of their own, and words that are never formulas', async () => {
    const answered = await answerFile(file, [answers])
    const styles = partOf(answered, 'xl/styles.xml')
    expect(styles).toContain('<cellXfs count="7">')
    expect(styles).toContain('<fills count="5">')
    expect(styles.match(/FFC6EFCE|FFFFEB9C|FFFFC7CE/g)).toHaveLength(3)
    const xml = partOf(answered, SHEET)
    expect(xml).toContain('<c r="D3" s="4" t="inlineStr">')
    expect(xml).toContain('<c r="D4" s="5" t="inlineStr"><is><t xml:space="preserve">=1+1<')
    expect(xml.match(/<f>/g)).toHaveLength(1)
  })

  it('go where tags have a prefix, and where there are no styles', async () => {
    for (const prefix of ['x:', '']) {
      const parts = prefix ? {} : { 'xl/styles.xml': undefined }
      const odd = buildXlsx({ sheets: [{ name: 'Daftar', rows }], prefix, parts })
      const found = rowsOf(await answerFile(odd, [answers]))
      expect(found.map(({ cells }) => cells[3])).toEqual([
        undefined,
        'Hasil',
        'SIAP & <baik>',
        '=1+1',
      ])
    }
  })

  it('take the place of empty cells with a style, and stay left of what comes after', async () => {
    const cells = '<c r="A2" t="str"><v>a</v></c><c r="D2" s="1"/><c r="E2" s="1"/>'
    const xml = `<worksheet><cols><col min="1" max="16384" width="9"/></cols><sheetData><row r="2">${cells}</row><row r="3"/></sheetData></worksheet>`
    const odd = buildXlsx({ sheets: [{ name: 'a', rows: [] }], parts: { [SHEET]: xml } })
    const after = partOf(await answerFile(odd, [answers]), SHEET)
    expect(after).toContain('<v>a</v></c><c r="D2" t="inlineStr"><is>')
    expect(after).toContain('</c><c r="E2" s="1"/></row>')
    expect(after.match(/<col /g)).toHaveLength(1)
    expect(after).toContain('<row r="3"><c r="D3"')
    const gap = xml.replace('<c r="D2" s="1"/>', '')
    const filled = buildXlsx({ sheets: [{ name: 'a', rows: [] }], parts: { [SHEET]: gap } })
    expect(partOf(await answerFile(filled, [answers]), SHEET)).toMatch(
      /<v>a<\/v><\/c><c r="D2"[^>]*>.*<\/c><c r="E2" s="1"\/><\/row>/,
    )
  })
})

describe('in a CSV file', () => {
  const answer = async (text: string) =>
    (
      await answerFile(Buffer.from(text), [
        {
          ...answers,
          column: 2,
          headingAt: 1,
          rows: answers.rows.map((row) => ({ ...row, at: row.at - 1 })),
        },
      ])
    ).toString()

  it('the mark, the separator and the line ends are kept', async () => {
    expect(await answer('\ufeffNIK;Nama\r\n1;Budi\r\n2;"Si;ti"\r\n')).toBe(
      '\ufeffNIK;Nama;Hasil\r\n1;Budi;SIAP & <baik>\r\n2;"Si;ti";\'=1+1\r\n',
    )
  })

  it('the last line may end without an end, and rows may be short', async () => {
    expect(await answer('sep=,\nNIK,Nama\n1\n2,Siti')).toBe(
      "sep=,\nNIK,Nama,Hasil\n1,,SIAP & <baik>\n2,Siti,'=1+1",
    )
  })

  it("what looks like a formula in somebody's cells does not come back as one", async () => {
    expect(await answer('NIK;Nama\n=cmd();+62812\n')).toContain("\n'=cmd();'+62812;")
  })
})

it('no words ever become a formula, and all of them come back', async () => {
  const word = fc.tuple(
    fc.constantFrom('=', '+', '-', '@', '＝', ''),
    fc.string({ unit: 'grapheme' }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 2, maxLength: 2 }), async (words) => {
      const said = words.map((parts) => parts.join(''))
      const file = buildXlsx({
        sheets: [{ name: 'Daftar', rows: rows.slice(0, 3).concat([['', 'Siti']]) }],
      })
      const given = answers.rows.map((row, at) => ({ ...row, words: said[at] ?? '' }))
      const answered = await answerFile(file, [{ ...answers, rows: given }])
      expect(partOf(answered, SHEET)).not.toContain('<f>')
      const found = rowsOf(answered)
        .slice(2)
        .map(({ cells }) => cells[3] ?? '')
      const plain = (text: string) =>
        text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '')
      expect(found).toEqual(said.map(plain))
    }),
    { numRuns: 200 },
  )
})

it('a copy that is sent back is judged the same and answered in the same column', async () => {
  const random = createRandom(7)
  const codes = kotabaru.slice(0, 24).map(({ code }) => code)
  const threads = createRosterThreads()
  for (const [index, roster] of inventRosters(random, codes).entries()) {
    const first = judgeFile(roster.bytes)
    const given = sayAnswers(keepRoster(first), flowBook, 'id')
    const copy =
      index === 0
        ? Buffer.from(await threads.answer(roster.bytes, given))
        : await answerFile(roster.bytes, given)
    const second = judgeFile(copy)
    expect(tell(second)).toEqual(tell(first))
    expect(second.rows.map(({ at }) => at)).toEqual(first.rows.map(({ at }) => at))
    expect(sayAnswers(keepRoster(second), flowBook, 'id')).toEqual(given)
    const again = await answerFile(copy, sayAnswers(keepRoster(second), flowBook, 'id'))
    expect(rowsOf(again)).toEqual(rowsOf(copy))
  }
})
