// Villages as people write them: found, or asked about, never silently another one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reading } from '../../src/core/answers/reading.ts'
import { buildPlaces, createPlaceReader, type Village } from '../../src/core/place.ts'
import { realVillages } from '../support/real-book.ts'

const villages = realVillages()
const places = buildPlaces(villages)
const reader = createPlaceReader(places)
const read = (words: string, keep?: string) =>
  reader.read(words, keep === undefined ? { on: '2026-11-21' } : { on: '2026-11-21', keep })

const pasayanganUtara = '63.03.05.2056'
const loaDuriIlir = '64.02.03.2007'
const value = (code: string): Reading => ({ kind: 'value', value: code })

function getKeep(reading: Reading): string {
  if (reading.kind !== 'doubt' || reading.keep === undefined) throw new Error('nothing was kept')
  return reading.keep
}

/** What a reading offers: its value, or its options. */
function offers(reading: Reading): unknown[] {
  if (reading.kind === 'wrong') return []
  return reading.kind === 'value' ? [reading.value] : reading.options
}

describe('the ways to write a village', () => {
  test.each([
    'Pasayangan Utara',
    'PASAYANGAN UTARA',
    '  pasayangan   utara. ',
    'pasayanganutara',
    'desa Pasayangan Utara',
    'Ds. Pasayangan Utara',
    'Pasayangan Utara, Martapura',
    'Pasayangan Utara Martapura Banjar',
    'pasayangan utara kec martapura kab banjar',
    'PASAYANGAN UTARA KEC. MARTAPURA KAB. BANJAR KALSEL',
    'Pasayangan Utara, Kecamatan Martapura, Kabupaten Banjar, Provinsi Kalimantan Selatan',
    'Kec. Martapura, Desa Pasayangan Utara',
    'Martapura, desa Pasayangan Utara',
    'saya tinggal di desa Pasayangan Utara',
    'RT 02 RW.01 Desa Pasayangan Utara',
    'ｐａｓａｙａｎｇａｎ ｕｔａｒａ',
  ])('%s', (words) => {
    expect(read(words)).toEqual(value(pasayanganUtara))
  })

  test.each([
    ['Pangkalan Satu', '62.01.01.2032'],
    ['pangkalan 1 kumai', '62.01.01.2032'],
    ['pangkalan I, kec kumai', '62.01.01.2032'],
    ['Sei Danau, Satui', '63.10.04.2010'],
    ['Gambir, Jakarta Pusat', '31.71.01.1001'],
    ['gambir dki jakarta', '31.71.01.1001'],
    ['kelurahan waena', '91.71.05.1002'],
    ['desa waena', '91.71.05.2005'],
    ['Pulo Dayah', '11.07.06.2022'],
  ])('%s is %s', (words, code) => {
    expect(read(words)).toEqual(value(code))
  })
})

describe('spellings that are not the official one are found and confirmed', () => {
  test.each([
    ['Pesayangan Utara', pasayanganUtara],
    ['Desa Pesayangan Utara, Martapura, Kabupaten Banjar', pasayanganUtara],
    ['Pesayangan Utara, Kecamatan Martapura Kota', pasayanganUtara],
    ['Pasayangan Utara, Kecamatan Martapura Kota', pasayanganUtara],
    ['pesayngan utra martpura bnjar', pasayanganUtara],
    ['pasayangan utara kecmatan martapura', pasayanganUtara],
    ['pesayangan utara kecmatan martapura kabupatn banjar', pasayanganUtara],
    ['jl mawar no 3 desa pasayangan utara', pasayanganUtara],
    ['pasayangan utara dekat masjid', pasayanganUtara],
    ['Loa Ilir Duri', loaDuriIlir],
    ['loa duri ilr kutai kartanegara', loaDuriIlir],
  ])('%s', (words, code) => {
    const reading = read(words)
    expect(reading).toMatchObject({ kind: 'doubt', say: 'place-meant' })
    expect(offers(reading)[0]).toBe(code)
    expect(offers(reading).length).toBeLessThanOrEqual(5)
  })

  test('a name without its last word', () => {
    const reading = read('Loa Duri')
    expect(reading).toMatchObject({ kind: 'doubt', say: 'place-meant' })
    expect(offers(reading).slice(0, 2).toSorted()).toEqual(['64.02.03.2002', loaDuriIlir])
  })
})

describe('a name that several villages bear', () => {
  test('is offered when there are few', () => {
    expect(read('Pasayangan')).toEqual({
      kind: 'doubt',
      say: 'place-many',
      options: ['32.08.07.2018', '63.03.05.1003'],
      keep: 'pasayangan',
    })
  })

  test('is narrowed by the district, then by the regency', () => {
    const first = read('Sidomulyo')
    expect(first).toMatchObject({ kind: 'doubt', say: 'place-narrow-district', options: [] })
    const found = read('kec. wanaraya', getKeep(first))
    expect(places.label(String(offers(found)[0]))).toBe(
      'Sidomulyo, Kec. Wanaraya, Kab. Barito Kuala',
    )
    const inJava = read('jawa timur', getKeep(first))
    expect(inJava).toMatchObject({ kind: 'doubt', options: [] })
    const inMalang = read('kab malang', getKeep(inJava))
    expect(inMalang.kind).toBe('value')
    expect(places.get(String(offers(inMalang)[0])).regency).toBe('Kabupaten Malang')
  })

  test('in a kabupaten is not one in the kota of the same name, nor the other way round', () => {
    const bare = (regency: string) => regency.replace(/^(Kabupaten|Kota) /, '')
    const regencies = [...new Set(villages.map(({ regency }) => regency))]
    const doubles = new Set(
      regencies.filter((one) => regencies.some((two) => one !== two && bare(one) === bare(two))),
    )
    const strayed = villages.filter(({ name, regency }) => {
      if (!doubles.has(regency)) return false
      const offered = offers(read(`${name} ${regency.replace('Kabupaten', 'kab.')}`))
      return offered.some((code) => places.get(String(code)).regency !== regency)
    })
    expect(doubles.size).toBe(52)
    expect(strayed.map(({ code }) => code)).toEqual([])
    expect(offers(read('Tajur, Bogor'))).toEqual(['32.01.03.2004', '32.71.02.1006'])
  })

  test('a misspelt district is confirmed', () => {
    const reading = read('kec wanaraia', 'sidomulyo')
    expect(reading).toMatchObject({ kind: 'doubt', say: 'place-meant' })
    expect(places.get(String(offers(reading)[0])).district).toBe('Wanaraya')
  })

  test('an unfinished district is confirmed', () => {
    const reading = read('kec. tamban', 'sidomulyo')
    expect(reading).toMatchObject({ kind: 'doubt', say: 'place-meant' })
    expect(places.get(String(offers(reading)[0])).district).toBe('Tamban Catur')
  })

  test('the same name again is not taken for the district of that name', () => {
    expect(read('sidomulyo', 'sidomulyo').kind).toBe('doubt')
  })

  test('what is typed next may be another village altogether', () => {
    expect(read('pasayangan utara', 'sidomulyo')).toEqual(value(pasayanganUtara))
    expect(read('desa tarjun', 'sidomulyo').kind).toBe('value')
    expect(offers(read('pesayangan utara', 'sidomulyo'))[0]).toBe(pasayanganUtara)
  })

  test.each(['marabahan', 'Ketambe', 'kec Ketambe', 'xxxxxxxx', '?'])(
    'words that do not narrow it ("%s") never choose a village',
    (words) => {
      const reading = read(words, 'sidomulyo')
      expect(reading.kind).not.toBe('value')
    },
  )

  test('nothing understood: the name is kept and the regency is asked', () => {
    for (const words of ['xxxxxxxx', '?']) {
      expect(read(words, 'sidomulyo')).toMatchObject({
        say: 'place-narrow-regency',
        keep: 'sidomulyo',
      })
    }
    expect(offers(read('xxxxxxxx', 'pasayangan'))).toHaveLength(2)
  })
})

describe('words that are no place', () => {
  test.each(['', ' ', '???', '12', 'tidak tahu', 'saya mau tanya dulu', 'asdfghjkl', 'ꦱꦶꦢ'])(
    '"%s"',
    (words) => {
      expect(read(words)).toEqual({ kind: 'wrong', say: 'place-unknown' })
    },
  )

  test('anything at all is read without harm, and only villages are offered', () => {
    const anyWords = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 60 }))
    fc.assert(
      fc.property(anyWords, fc.option(anyWords, { nil: undefined }), (words, keep) => {
        for (const code of offers(read(words, keep))) expect(reader.holds(String(code))).toBe(true)
      }),
      { numRuns: 300 },
    )
    expect(read('desa '.repeat(2_000)).kind).toBe('wrong')
  })
})

test('a kept value is shown as its label, and one that left the list is not held', () => {
  expect(reader.holds(pasayanganUtara)).toBe(true)
  expect(reader.holds('63.03.05.9999')).toBe(false)
  expect(reader.holds(7)).toBe(false)
  expect(reader.show(loaDuriIlir, 'id')).toBe(
    'Loa Duri Ilir, Kec. Loa Janan, Kab. Kutai Kartanegara',
  )
})

/** Answers the reader's questions truthfully, as somebody from this village would. */
function leadsTo(village: Village, words: string): boolean {
  const answers = [`kec. ${village.district}`, village.regency]
  let reading = read(words)
  for (const answer of answers) {
    if (reading.kind !== 'doubt' || reading.options.length > 0) break
    reading = read(answer, getKeep(reading))
  }
  return offers(reading).includes(village.code)
}

describe('every village of the list leads to itself, or to a question about it', () => {
  test.each<[string, (village: Village) => string]>([
    ['name', ({ name }) => name],
    ['name, district', ({ name, district }) => `${name}, ${district}`],
    [
      'NAME KEC DISTRICT KAB REGENCY',
      ({ name, district, regency }) =>
        `${name} KEC ${district} ${regency.replace('Kabupaten', 'KAB')}`.toUpperCase(),
    ],
    ['name district regency', (v) => `${v.name} ${v.district} ${v.regency}`],
  ])('written as %s', (_, write) => {
    const lost = villages.filter((village) => !leadsTo(village, write(village)))
    expect(lost.map(({ code }) => code)).toEqual([])
  })
})

/** One typing error: a letter left out, added, mistaken, or swapped with the next. */
function mistype(name: string, kind: number, at: number, letter: string): string {
  const [head, tail] = [name.slice(0, at), name.slice(at)]
  const changed = [
    tail.slice(1),
    letter + tail,
    letter + tail.slice(1),
    tail.charAt(1) + tail.charAt(0) + tail.slice(2),
  ]
  return head + (changed[kind] ?? tail)
}

const mistyped = fc
  .record({
    village: fc.constantFrom(...villages),
    kind: fc.nat(3),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    letter: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
  })
  .map(({ village, kind, place, letter }) => {
    const at = Math.floor(place * (village.name.length - 1))
    return { village, words: mistype(village.name, kind, at, letter) }
  })

describe('2,000 names with a typing error', () => {
  const samples = fc.sample(mistyped, { numRuns: 2_000, seed: 20_261_121 })

  test('with the district are found, and only a name that is written so is not confirmed', () => {
    const readings = samples.map(({ village, words }) => ({
      village,
      words,
      reading: read(`${words}, kec ${village.district}`),
    }))
    const found = readings.filter(({ village, reading }) => offers(reading).includes(village.code))
    expect(found.length).toBeGreaterThanOrEqual(1_980)
    const squash = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
    const silent = readings.filter(({ village, words, reading }) => {
      if (reading.kind !== 'value' || reading.value === village.code) return false
      return squash(places.get(String(reading.value)).name) !== squash(words)
    })
    expect(silent).toEqual([])
  })

  test('take less than 20 ms each', () => {
    const spentMs = samples.map(({ words }) => {
      const before = process.cpuUsage()
      read(words)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    })
    spentMs.sort((a, b) => a - b)
    // The machine's own pauses are not the reader's: one look-up in a hundred is not counted.
    expect(spentMs[1_980]).toBeLessThan(20)
  })
})
