// Villages by code: their zones, kinds and labels.
import { describe, expect, test } from 'vitest'
import { buildPlaces } from '../../src/core/place.ts'
import { realVillages } from '../support/real-book.ts'

const villages = realVillages()
const places = buildPlaces(villages)

describe('a village by its code', () => {
  test('is got, or refused', () => {
    expect(places.get('62.01.01.2032').name).toBe('Pangkalan Satu')
    expect(places.find('99.99.99.9999')).toBeUndefined()
    expect(() => places.get('99.99.99.9999')).toThrow('cannot happen')
  })

  test('occurs once', () => {
    const [one] = villages
    expect(() => buildPlaces(one ? [one, one] : [])).toThrow('no village code occurs twice')
  })

  test.each([
    ['63.03.05.2056', 'desa'],
    ['63.03.05.1003', 'kelurahan'],
    ['91.03.17.3001', 'desa adat'],
  ])('%s is a %s', (code, kind) => {
    expect(places.kind(code)).toBe(kind)
  })
})

describe('a time zone', () => {
  test.each([
    ['11', 'Asia/Jakarta'],
    ['31', 'Asia/Jakarta'],
    ['36', 'Asia/Jakarta'],
    ['51', 'Asia/Makassar'],
    ['53', 'Asia/Makassar'],
    ['61', 'Asia/Pontianak'],
    ['62.01.01.2032', 'Asia/Pontianak'],
    ['63.03.05.2056', 'Asia/Makassar'],
    ['64.02', 'Asia/Makassar'],
    ['65', 'Asia/Makassar'],
    ['76', 'Asia/Makassar'],
    ['81', 'Asia/Jayapura'],
    ['82', 'Asia/Jayapura'],
    ['96', 'Asia/Jayapura'],
  ])('of %s is %s', (code, zone) => {
    expect(places.zone(code)).toBe(zone)
  })

  test('is known for every village, and is one that calendars know', () => {
    const midnight = Date.UTC(2026, 10, 21)
    const zones = new Set(villages.map(({ code }) => places.zone(code)))
    const hours = [...zones].map((timeZone) =>
      new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(
        midnight,
      ),
    )
    expect(hours.toSorted()).toEqual(['07', '07', '08', '09'])
    expect(() => places.zone('99')).toThrow('cannot happen')
  })
})

describe('a label', () => {
  test('says where the village is', () => {
    const label = 'Pasayangan Utara, Kec. Martapura, Kab. Banjar'
    expect(places.label('63.03.05.2056')).toBe(label)
    expect(places.label('31.71.01.1001')).toMatch(/, Kota Administrasi Jakarta Pusat$/)
  })

  test('says what the village is where a desa and a kelurahan would read alike', () => {
    const labels = ['91.71.05.1002', '91.71.05.2005'].map(places.label)
    expect(labels).toEqual([
      'Kelurahan Waena, Kec. Heram, Kota Jayapura',
      'Desa Waena, Kec. Heram, Kota Jayapura',
    ])
  })

  test('says the code where two desa would', () => {
    const labels = ['94.03.01.2011', '94.03.01.2018'].map(places.label)
    expect(labels[0]).toMatch(/ \(94\.03\.01\.2011\)$/)
    expect(labels[1]).toMatch(/ \(94\.03\.01\.2018\)$/)
  })

  test('is unlike every other', () => {
    expect(new Set(villages.map(({ code }) => places.label(code))).size).toBe(villages.length)
  })
})
