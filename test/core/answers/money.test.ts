// Rupiah a month as people say it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moneyReader } from '../../../src/core/answers/money.ts'

const context = { on: '2026-11-21' }
const read = (words: string) => moneyReader.read(words, context)

describe('said plainly', () => {
  test.each([
    ['1,5 juta', 1_500_000],
    ['1.5jt', 1_500_000],
    ['1,50 Juta', 1_500_000],
    ['1.500.000', 1_500_000],
    ['1,500,000', 1_500_000],
    ['1 500 000', 1_500_000],
    ['Rp 1.500.000,00', 1_500_000],
    ['Rp. 1.500.000,-', 1_500_000],
    ['IDR 1,500,000.00', 1_500_000],
    ['1500000', 1_500_000],
    ['１５０００００', 1_500_000],
    ['1500rb', 1_500_000],
    ['1.500 ribu', 1_500_000],
    ['300rb', 300_000],
    ['300 ribu', 300_000],
    ['300k', 300_000],
    ['300.000', 300_000],
    ['satu setengah juta', 1_500_000],
    ['setengah juta', 500_000],
    ['½ juta', 500_000],
    ['1½ juta', 1_500_000],
    ['3 1/2 juta', 3_500_000],
    ['sejuta', 1_000_000],
    ['sejuta setengah', 1_500_000],
    ['sejuta dua ratus ribu', 1_200_000],
    ['sejuta dan dua ratus ribu', 1_200_000],
    ['dua juta lima ratus ribu', 2_500_000],
    ['1jt500rb', 1_500_000],
    ['dua puluh lima juta', 25_000_000],
    ['tujuh ratus lima puluh ribu', 750_000],
    ['sebelas juta', 11_000_000],
    ['dua belas juta', 12_000_000],
    ['1 miliar', 1_000_000_000],
    ['gaji saya 2 juta sebulan', 2_000_000],
    ['2 juta/bln', 2_000_000],
    ['dapat 2 juta per bulan aja pak', 2_000_000],
    ['two million', 2_000_000],
  ])('%s', (words, amount) => {
    expect(read(words)).toEqual({ kind: 'value', value: amount })
  })

  test.each([
    ['sajuta', 1_000_000],
    ['talu juta', 3_000_000],
    ['ampat ratus ribu', 400_000],
    ['dalapan ratus ribu', 800_000],
    ['saratus anam puluh ribu', 160_000],
    ['pitung ratus ribu', 700_000],
    ['sawalas juta', 11_000_000],
    ['duawalas juta', 12_000_000],
    ['salikur juta', 21_000_000],
    ['salawi juta', 25_000_000],
    ['duit 700 ribu haja', 700_000],
  ])('in Banjar: %s', (words, amount) => {
    expect(read(words)).toEqual({ kind: 'value', value: amount })
  })
})

describe('understood, but confirmed', () => {
  test.each([
    ['1500', [1_500_000, 1_500]],
    ['1.500', [1_500_000, 1_500]],
    ['Rp 1.500', [1_500_000, 1_500]],
    ['500', [500_000, 500]],
    ['25', [25_000_000, 25_000]],
    ['2', [2_000_000]],
    ['1,5', [1_500_000]],
    ['50000', [50_000]],
    ['5k', [5_000]],
    ['25 ribu', [25_000]],
    ['salaksa', [10_000]],
    ['sejuta dua ratus', [1_200_000]],
    ['1 juta 500', [1_500_000]],
    ['2jt5', [2_500_000]],
    ['2 juta-an', [2_000_000]],
    ['2 jutaan', [2_000_000]],
    ['sekitar 2 juta', [2_000_000]],
    ['kira-kira 2jt', [2_000_000]],
    ['kira2 2 jt', [2_000_000]],
    ['paling 2 juta', [2_000_000]],
    ['± 2 juta', [2_000_000]],
    ['2 juta?', [2_000_000]],
    ['kurang dari 1 juta', [1_000_000]],
    ['tidak sampai 1 juta', [1_000_000]],
    ['tidak tentu, kadang 2 juta', [2_000_000]],
    ['kada tantu, paling 1 satangah juta', [1_500_000]],
    ['satu satangah juta', [1_500_000]],
    ['tangah dua juta', [1_500_000]],
    ['1.5M', [1_500_000]],
    ['1.500 juta', [1_500_000]],
    ['1.500.000 juta', [1_500_000]],
    ['300.000 ribu', [300_000, 300_000_000]],
    ['2 juta dari 2 sawah', [2_000_000]],
    ['2 juta dari sawah', [2_000_000]],
    ['2 juta sebulan, kerja tiap hari', [2_000_000]],
    ['1-2 juta', [1_000_000, 2_000_000]],
    ['dua-tiga juta', [2_000_000, 3_000_000]],
    ['1 s/d 2 juta', [1_000_000, 2_000_000]],
    ['antara 1 dan 2 juta', [1_000_000, 2_000_000]],
    ['500-1 juta', [500_000, 1_000_000]],
    ['500 ribu sampai 1 juta', [500_000, 1_000_000]],
    ['1.500.000 - 2.000.000', [1_500_000, 2_000_000]],
    ['1500-2000', [1_500_000, 2_000_000]],
    ['ceban', [10_000]],
    ['goceng', [5_000]],
    ['gocap', [50_000]],
    ['cepek', [100_000]],
    ['gopek', [500_000]],
  ])('%s', (words, options) => {
    expect(read(words)).toEqual({ kind: 'doubt', say: 'money-check', options })
  })
})

describe('not an amount a month', () => {
  test.each([
    ['sehari 100 ribu', 'money-per-day'],
    ['100rb/hari', 'money-per-day'],
    ['per hari 80', 'money-per-day'],
    ['sahari 50 ribu', 'money-per-day'],
    ['200 ribu seminggu', 'money-per-day'],
    ['5 juta sekali panen', 'money-per-day'],
    ['tidak tentu', 'money-unsure'],
    ['kada tantu', 'money-unsure'],
    ['tergantung panen', 'money-unsure'],
    ['ratusan ribu', 'money-unsure'],
    ['gak tau', 'money-unsure'],
    ['0', 'money-odd'],
    ['-0', 'money-odd'],
    ['-5 juta', 'money-odd'],
    ['Rp -500.000', 'money-odd'],
    ['2 miliar', 'money-odd'],
    ['1000000001', 'money-odd'],
    ['1e308', 'money-unclear'],
    ['1.50.000', 'money-unclear'],
    ['1.50.000 atau 2 juta', 'money-unclear'],
    ['2jt50', 'money-unclear'],
    ['dua ribu tiga juta', 'money-unclear'],
    ['1.5000.000', 'money-unclear'],
    ['dua tiga juta', 'money-unclear'],
    ['juta', 'money-unclear'],
    ['juta juta', 'money-unclear'],
    ['gaji 2 juta potong 300 ribu', 'money-unclear'],
    ['anak saya 3', 'money-unclear'],
    ['cukup', 'money-unclear'],
    ['', 'money-unclear'],
    ['null', 'money-unclear'],
    ['{{7*7}}', 'money-unclear'],
  ])('%s: %s', (words, say) => {
    expect(read(words)).toEqual({ kind: 'wrong', say })
  })
})

test('amounts are shown in rupiah with points', () => {
  expect(
    [1, 999, 1_000, 16_800, 1_500_000, 1e9].map((each) => moneyReader.show(each, 'id')),
  ).toEqual(['Rp1', 'Rp999', 'Rp1.000', 'Rp16.800', 'Rp1.500.000', 'Rp1.000.000.000'])
})

test('a shown amount reads back as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (value) => {
      expect(read(moneyReader.show(value, 'id'))).toEqual({ kind: 'value', value })
    }),
  )
})

test('thousands and millions in words and in digits are the same amount', () => {
  const units = 'satu dua tiga empat lima enam tujuh delapan sembilan'.split(' ')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (m, h) => {
      const inWords = `${units[m - 1]} juta ${units[h - 1]} ratus ribu`
      expect(read(inWords)).toEqual(read(`${m}${h}00000`))
      expect(read(`${m},${h} juta`)).toEqual(read(inWords))
    }),
  )
})

test('what is stored is checked again', () => {
  expect(
    [1, 1e9, 0, -1, 1.5, Number.NaN, '1500000', 1e9 + 1].map((each) => moneyReader.holds(each)),
  ).toEqual([true, true, false, false, false, false, false, false])
})
