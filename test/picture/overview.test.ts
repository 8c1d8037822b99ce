// The picture of an area: light, the same everywhere, and its bars are as long as the numbers say.
import { describe, expect, test } from 'vitest'
import type { AreaOverview } from '../../src/core/village-staff.ts'
import { drawOverview } from '../../src/picture/overview.ts'
import { encodePng } from '../../src/picture/png.ts'
import { renderPng } from '../../src/picture/render.ts'
import { sayOverview } from '../../src/picture/say.ts'
import { countInRow, readPng } from '../support/read-png.ts'
import { realBook } from '../support/real-book.ts'

const book = realBook('Kantor Cabang Contoh')
const colours = ['#006655', '#eeaa22', '#dddddd']

const overview: AreaOverview = {
  ...{ villages: 198, aware: 99, underWay: 33, registeredYearAgo: 1210 },
  cohorts: [
    { cohort: 'kepala-desa', posts: 160, registered: 80, waiting: 40 },
    { cohort: 'perangkat-desa', posts: 1402, registered: 1402, waiting: 0 },
    { cohort: 'bpd', posts: 10, registered: 9, waiting: 5 },
  ],
}

function svgOf(changes: Partial<AreaOverview> = {}, language = 'id', area = '63.02') {
  const counted = { area, on: '2026-11-22', overview: { ...overview, ...changes } }
  return drawOverview(sayOverview(book, language, counted))
}

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)

describe('the words', () => {
  test('every bar has its name and its number', () => {
    expect(textsOf(svgOf())).toEqual([
      ...['Kab. Kotabaru', 'Jaminan sosial pekerja desa per 22 November 2026'],
      ...['Desa', '198', 'Desa Sadar', '99', 'sedang berjalan', '33', 'belum mulai', '66'],
      ...['Orang yang terdaftar', '1.491 dari 1.572', 'terdaftar', 'menunggu petugas'],
      ...['kepala desa', '80 dari 160', 'perangkat desa', '1.402 dari 1.402'],
      ...['anggota BPD', '9 dari 10', 'Setahun lalu 1.210 orang terdaftar'],
    ])
  })

  test('in English too, and what a name holds is never taken for SVG', () => {
    expect(textsOf(svgOf({}, 'en'))).toContain('1,491 of 1,572')
    const words = sayOverview(book, 'en', { area: '63.02', on: '2026-11-22', overview })
    expect(drawOverview({ ...words, title: '<b>&"' })).toContain('>&#60;b&#62;&#38;&#34;</text>')
  })
})

describe('the picture', () => {
  test('is light, twice as wide as a phone, and the same at every run', async () => {
    const [png, again] = [await renderPng(svgOf()), await renderPng(svgOf())]
    expect(png.equals(again)).toBe(true)
    expect(png.length).toBeLessThan(60_000)
    expect(readPng(png).width).toBe(720)
  })

  test('bars are as long as the numbers say; what is over the posts is cut off', async () => {
    const png = readPng(await renderPng(svgOf()))
    // The middle of each bar, in the order in which they stand.
    expect(countInRow(png, 234, colours)).toEqual([320, 107, 213])
    expect([587, 669, 751].map((y) => countInRow(png, y, colours))).toEqual([
      [320, 160, 160],
      [640, 0, 0],
      [576, 64, 0],
    ])
  })

  test('letters are drawn although the machine has none: there is ink where the title is', async () => {
    const png = readPng(await renderPng(svgOf()))
    const ink = Array.from({ length: 40 }, (_, y) => countInRow(png, 40 + y, ['#112222'])[0] ?? 0)
    expect(Math.max(...ink)).toBeGreaterThan(50)
  })

  test('an area of many regencies, and one without anybody, fit too', async () => {
    const none = { villages: 0, aware: 0, underWay: 0, cohorts: [], registeredYearAgo: 0 }
    const long = svgOf(none, 'id', '63.02 63.03 63.10 63.07')
    expect(textsOf(long).slice(0, 3)).toEqual([
      ...['Kab. Kotabaru, Kab. Banjar, Kab.', 'Tanah Bumbu, Kab. Hulu Sungai', 'Tengah'],
    ])
    expect(countInRow(readPng(await renderPng(long)), 318, colours)).toEqual([0, 0, 640])
  })
})

test('of more colours than a palette holds the first stands for the rest', () => {
  const rgba = new Uint8Array(4_096 * 4)
  for (let at = 0; at < 4_096; at++) {
    rgba.set([(at >> 8) * 17, ((at >> 4) & 15) * 17, (at & 15) * 17, 255], at * 4)
  }
  const png = readPng(encodePng({ width: 64, height: 64, rgba }))
  expect([png.colourAt(1, 0), png.colourAt(63, 3), png.colourAt(63, 63)]).toEqual([
    ...['#000011', '#00ffff', '#000000'],
  ])
})
