// Ten thousand names that are meant to be more than words, in the files that leave the program.
import { expect, test } from 'vitest'
import { createPage } from '../../src/certificate/pdf.ts'
import { must } from '../../src/core/must.ts'
import { sayPhrase } from '../../src/core/phrase.ts'
import { inflatePart } from '../../src/roster/inflate.ts'
import { listLine } from '../../src/roster/write-list.ts'
import { writeTable } from '../../src/roster/write-table.ts'
import { readZipDirectory } from '../../src/roster/zip-directory.ts'
import { openStage } from '../registry/stage.ts'
import { oddNames } from '../support/attacks/odd-names.ts'

const names = oddNames(10_000, 20_261_123)

/** Cuts a text as a spreadsheet does: quotes count where a cell begins with them. */
function cut(text: string, separator: string): string[] {
  const cells: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      at += 1
      while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
        cell += text[at]
        at += text[at] === '"' ? 2 : 1
      }
      at += 1
    }
    while (at < text.length && text[at] !== separator && !'\r\n'.includes(text[at] ?? '')) {
      cell += text[at++]
    }
    cells.push(cell)
    at += 1
  }
  return cells
}

const startsFormula = /^[=+\-@\t\r\n\0＝＋－＠]/

test('in a list no cell begins a formula, whatever a program takes for its separator', () => {
  const text = names.map((name) => listLine(['6302051203850001', name, 'Jl. A'])).join('')
  for (const separator of [';', ',', '\t', '|']) {
    // Line ends of another program's rows leave an empty cell; what is empty is no formula.
    const odd = cut(text, separator).filter((cell) => startsFormula.test(cell))
    expect([separator, odd.slice(0, 3)]).toEqual([separator, []])
  }
  expect(cut(text, ';').filter((cell) => cell === 'Jl. A')).toHaveLength(names.length)
})

test('in a workbook each is one cell of text, and nothing else is there', async () => {
  const rows = names.map((name) => [name, name])
  const file = await writeTable({ name: 'Orang', headings: ['A', 'B'], rows })
  const part = must(readZipDirectory(file).get('xl/worksheets/sheet1.xml'), 'the part')
  const sheet = inflatePart(part)
  const body = sheet.slice(sheet.indexOf('<row r="2">'), sheet.indexOf('</sheetData>'))
  const cell =
    /<c r="[AB]\d+" s="1" t="inlineStr"><is><t xml:space="preserve">[^<>"]*<\/t><\/is><\/c>/g
  expect(body.match(cell)).toHaveLength(2 * names.length)
  expect(body.replace(cell, '').replace(/<row r="\d+"><\/row>/g, '')).toBe('')
  expect(body).not.toMatch(/&(?!(?:amp|lt|gt|quot);)|[\0-\u0008\u000b\u000c\u000e-\u001f]/)
})

test('on paper each stays between the brackets of its own line', () => {
  const colour = [0, 0, 0] as const
  const page = createPage(800, 600)
  for (const name of names) page.centred(name, { x: 9, y: 9 }, { face: 'bold', size: 9, colour })
  const file = page.finish(names.join(' ')).toString('latin1')
  const [, drawn = ''] = /\nstream\n([\s\S]*)\nendstream\nendobj\n/.exec(file) ?? []
  const line = /^BT 0 0 0 rg \/\S+ 9 Tf 0 Tc -?[\d.]+ 9 Td \((?:[^()\\]|\\[()\\])*\) Tj ET$/
  expect(drawn.split('\n').filter((one) => !line.test(one))).toEqual([])
  expect(drawn.split('\n')).toHaveLength(names.length)
  expect(file.match(/^\d+ 0 obj$/gm)).toHaveLength(5)
  expect(/\/Title \((?:[^()\\]|\\[()\\])*\) >>\nendobj/.test(file)).toBe(true)
})

test('in a sentence each is said as it is: no blank in it is filled', async () => {
  const { book } = await openStage()
  const mark = 'NAMA'
  const fills = { since: 'hari ini', operator: 'Cabang' }
  const plain = sayPhrase(book, 'id', 'office-talk-held', { ...fills, name: mark })
  expect(plain.split(mark)).toHaveLength(2)
  const [before = '', after = ''] = plain.split(mark)
  const odd = names.filter((name) => {
    const said = sayPhrase(book, 'id', 'office-talk-held', { ...fills, name })
    return said !== `${before}${name}${after}`
  })
  expect(odd.slice(0, 3)).toEqual([])
})
