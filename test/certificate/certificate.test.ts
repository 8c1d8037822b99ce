// The certificate as a file: it opens, has one page, says what its row says, the same every time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { drawCertificate } from '../../src/certificate/certificate.ts'
import { plainLetters, widthOf, wrapped } from '../../src/certificate/fonts.ts'
import { sayCertificate } from '../../src/certificate/say.ts'
import type { Certificate } from '../../src/registry/certificates.ts'
import { realBook, realVillages } from '../support/real-book.ts'

const villages = realVillages()
const book = realBook('Kantor Cabang Contoh')

const certificate: Certificate = {
  ...{ code: '7K3M292QXA', villageCode: '63.03.05.2056', sinceOn: '2026-11-21' },
  ...{ agreement: 'PER/12 (KB)/2026', people: 11, isSadarNow: true },
}

const site = 'https://sapadesa.example'

function draw(changes: Partial<Certificate> = {}, language = 'id', at: string | undefined = site) {
  return drawCertificate(sayCertificate(book, language, { ...certificate, ...changes }, at))
}

const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is written on the page, in the order in which it is drawn. */
function textsOf(file: Buffer): string[] {
  const shown = file.toString('latin1').matchAll(/ Td \(((?:\\.|[^\\()])*)\) Tj ET/g)
  return [...shown].map(([, text = '']) => text.replace(/\\(.)/g, '$1'))
}

/** How wide this bold text is on the page, in points. */
function sizeOf(text: string, file: Buffer): number {
  const shape = new RegExp(`/Times-Bold ([\\d.]+) Tf [^T]*Tc [^T]*Td \\(${text}\\)`)
  const size = Number(shape.exec(file.toString('latin1'))?.[1])
  return widthOf(text, 'bold', size)
}

test('is a file whose table leads to each of its objects, with one page', () => {
  const text = draw().toString('latin1')
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
  expect(text.slice(table, table + 5)).toBe('xref\n')
  const starts = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) =>
    Number(at),
  )
  expect(starts).toHaveLength(5)
  for (const [index, start] of starts.entries()) {
    expect(text.slice(start).startsWith(`${index + 1} 0 obj\n`)).toBe(true)
  }
  expect(text.match(/\/Type \/Page /g)).toHaveLength(1)
  const [, length, stream] = /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(text) ?? []
  expect(stream).toHaveLength(Number(length))
})

test('says where, since when, under which agreement, and how to check it', () => {
  expect(textsOf(draw())).toEqual([
    ...['PIAGAM DESA SADAR', 'Jaminan Sosial Ketenagakerjaan', 'Dengan ini dinyatakan bahwa'],
    ...['Desa Pasayangan Utara', 'Kecamatan Martapura, Kabupaten Banjar'],
    'telah melindungi kepala desa dan seluruh perangkat desanya dengan jaminan sosial ketenagakerjaan,',
    'sehingga menyandang status Desa Sadar Jaminan Sosial Ketenagakerjaan sejak 21 November 2026.',
    ...['Nomor perjanjian', 'PER/12 (KB)/2026', 'Orang yang terdaftar', '11'],
    ...['Kode piagam', '7K3M2-92QXA', 'Diterbitkan oleh Kantor Cabang Contoh'],
    'Periksa piagam ini di sapadesa.example/verify/7K3M2-92QXA',
  ])
  const english = textsOf(draw({}, 'en'))
  expect(english).toContain('the village of Pasayangan Utara')
})

test('names no address where the pages have none', () => {
  const words = sayCertificate(book, 'id', certificate, undefined)
  expect(words.address).toBeUndefined()
  const texts = textsOf(drawCertificate(words)).join('\n')
  expect(texts).toContain('Tanyakan berlakunya piagam ini kepada penerbitnya.')
  expect(texts).not.toContain('verify')
})

test('is the same to the last byte for the same row, and another for another', () => {
  expect(draw().equals(draw())).toBe(true)
  expect(draw({ people: 12 }).equals(draw())).toBe(false)
  expect(draw({ code: '7K3M292QXB' }).equals(draw())).toBe(false)
})

test('has room for the longest names that there are, and letters for every one of them', () => {
  const bare = villages.filter(({ name }) => plainLetters(name).trim() === '')
  expect(bare).toEqual([])
  const longest = (pick: (one: (typeof villages)[number]) => string) =>
    villages.reduce((one, other) => (pick(other).length > pick(one).length ? other : one)).code
  const codes = [longest(({ name }) => name), longest((one) => one.district + one.regency)]
  const wide = 'W'.repeat(60)
  expect(sizeOf(wide, draw({ agreement: wide }))).toBeLessThan(401)
  for (const villageCode of codes) {
    const placed = draw({ villageCode }).toString('latin1')
    const starts = [...placed.matchAll(/Tc ([\d.-]+) [\d.-]+ Td/g)].map(([, x]) => Number(x))
    expect(Math.min(...starts)).toBeGreaterThan(60)
  }
})

test('letters: signs that the faces lack are lost, lines break between words', () => {
  expect(plainLetters('Désa “Ma’rang” – 1')).toBe('Desa "Ma\'rang" - 1')
  expect(widthOf('Desa', 'roman', 10)).toBeCloseTo(19.99, 2)
  expect(widthOf('Desa', 'roman', 10, 2)).toBeCloseTo(25.99, 2)
  expect(wrapped('satu dua tiga', 'roman', 10, 45)).toEqual(['satu dua', 'tiga'])
})

const ghostscript = spawnSync('gs', ['--version']).status === 0
if (!ghostscript) {
  console.warn(
    'SKIPPED: the certificate is not opened by Ghostscript (apt-get install ghostscript)',
  )
}

test.skipIf(!ghostscript)('Ghostscript opens it without a complaint, and paints one page', () => {
  const file = join(folder, 'piagam.pdf')
  writeFileSync(file, draw())
  const out = join(folder, 'page-%d.png')
  const paint = ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-dPDFSTOPONERROR', '-sDEVICE=pnggray']
  const run = spawnSync('gs', [...paint, '-r30', `-sOutputFile=${out}`, file], { encoding: 'utf8' })
  expect([run.status, run.stdout, run.stderr]).toEqual([0, '', ''])
  expect(statSync(join(folder, 'page-1.png')).size).toBeGreaterThan(2_000)
  expect(() => statSync(join(folder, 'page-2.png'))).toThrow()
})
