// The official list is read whole and as the decree counts it.
import { expect, test } from 'vitest'
import { buildPlaces } from '../src/core/place.ts'
import { readVillages } from '../src/place-list.ts'

const villages = readVillages()
const places = buildPlaces(villages)

test('holds as many villages of each kind as Kepmendagri 300.2.2-2430/2025', () => {
  const counts: Record<string, number> = {}
  for (const { code } of villages) {
    const kind = places.kind(code)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  expect(counts).toEqual({ kelurahan: 8_496, desa: 75_252, 'desa adat': 14 })
  expect(places.size).toBe(83_762)
})

test('holds every district, regency and province', () => {
  const areasOf = (length: number) => new Set(villages.map(({ code }) => code.slice(0, length)))
  expect([areasOf(8).size, areasOf(5).size, areasOf(2).size]).toEqual([7_285, 514, 38])
})

test('counts the villages of the regencies that the branches asked about', () => {
  const count = (regency: string, kind: string) =>
    villages.filter(({ code }) => code.startsWith(regency) && places.kind(code) === kind).length
  expect(count('63.02', 'desa')).toBe(198)
  expect(count('63.02', 'kelurahan')).toBe(4)
  expect(count('63.03', 'desa')).toBe(277)
  expect(count('63.03', 'kelurahan')).toBe(13)
  expect(count('64.02', 'desa')).toBe(193)
})

test('reads a village with everything it lies in', () => {
  expect(places.get('63.03.05.2056')).toEqual({
    code: '63.03.05.2056',
    name: 'Pasayangan Utara',
    district: 'Martapura',
    regency: 'Kabupaten Banjar',
    province: 'Kalimantan Selatan',
  })
})

test('reads names with quotes and commas in them', () => {
  const names = new Set(villages.map(({ name }) => name))
  for (const name of ['Soka"an', 'Lubuk Pakam I,II', "Pasi Kuala Ba'u"]) {
    expect(names).toContain(name)
  }
})

test('leaves no name empty or with blanks or a quote around it', () => {
  const names = villages.flatMap(({ name, district, regency }) => [name, district, regency])
  expect(names.filter((name) => !/^[^\s"](?:.*[^\s"])?$/.test(name))).toEqual([])
})
