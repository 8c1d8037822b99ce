// The second check of a submission: what becomes of good answers, and of each thing that is wrong.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/core/answers/reading.ts'
import { checkEnrolment } from '../../src/core/enrolment.ts'
import { fixtureBook, goodAnswers } from '../support/talk.ts'

function check(changes: Record<string, Value> = {}, startedOn = '2026-11-21') {
  return checkEnrolment({ answers: { ...goodAnswers, ...changes }, startedOn }, fixtureBook)
}

describe('answers that are in order', () => {
  it('become one row for each programme, on the bracket base', () => {
    const checked = check({ programme: 'savings', months: 'twelve', sector: 'transport' })
    expect(checked.ok && checked.enrolments).toMatchObject([
      { programme: 'JKK', segment: 'BPU', baseRupiah: 1_200_000, months: 12, sector: 'transport' },
      { programme: 'JKM', villageCode: '63.03.05.2056', firstMonth: '2026-11' },
      { programme: 'JHT', occupation: 'pedagang sayur', workPlace: 'pasar' },
    ])
    expect(checked.ok && checked.enrolments).toHaveLength(3)
  })

  it('become a person as they said it', () => {
    const checked = check({ address: 'RT 2, dekat masjid' })
    expect(checked.ok && checked.person).toEqual({
      nik: '6303055203850001',
      name: 'Siti Contoh',
      birthPlace: 'Martapura',
      birthOn: '1985-03-12',
      sex: 'P',
      motherName: 'Ibu Contoh',
      phone: '+6281234567890',
      addressLine: 'RT 2, dekat masjid',
    })
  })

  it('a woman at home with work of her own is enrolled', () => {
    expect(check({ 'work-relation': 'none', 'own-work': 'ya' }).ok).toBe(true)
  })
})

describe('doubts are told to the officer and stop nothing', () => {
  it.each<[Record<string, Value>, string[]]>([
    [{}, []],
    [{ sex: 'L' }, ['nik-differs']],
    [{ 'birth-date': '1985-04-12' }, ['nik-differs']],
    [{ membership: 'unsure' }, ['membership-unsure']],
    [{ payer: 'family' }, ['discount-unsure']],
    [{ payer: 'family', membership: 'unsure' }, ['membership-unsure', 'discount-unsure']],
  ])('case %#', (changes, doubts) => {
    const checked = check(changes)
    expect(checked.ok && checked.doubts).toEqual(doubts)
  })
})

describe('what is not in order waits for an officer', () => {
  it.each<[string, Record<string, Value>]>([
    ['no-consent', { consent: 'tidak' }],
    ['nik-impossible', { nik: '1111111111111111' }],
    ['nik-impossible', { nik: '630305' }],
    ['answers-incomplete', { name: '' }],
    ['answers-incomplete', { income: '' }],
    ['answers-incomplete', { phone: '12' }],
    ['answers-incomplete', { sex: 'X' }],
    ['answers-incomplete', { programme: 'everything' }],
    ['answers-incomplete', { months: 'two' }],
    ['answers-incomplete', { months: 'constructor' }],
    ['answers-incomplete', { sector: 'moon' }],
    ['no-work', { 'work-relation': 'none', 'own-work': 'tidak' }],
    ['not-self-employed', { 'work-relation': 'company' }],
    ['not-self-employed', { 'work-relation': 'village' }],
    ['other-payer', { payer: 'other' }],
    ['village-unknown', { village: '99.99.99.9999' }],
    ['foreigner', { nationality: 'foreigner' }],
    ['member-already', { membership: 'ya' }],
    ['too-young', { 'birth-date': '2008-11-22' }],
    ['near-limit', { 'birth-date': '1961-11-22' }],
    ['too-old', { 'birth-date': '1961-11-21' }],
  ])('%s (case %#)', (park, changes) => {
    expect(check(changes)).toEqual({ ok: false, park })
  })

  it('judges age on the day the talk began', () => {
    expect(check({ 'birth-date': '1961-11-21' }, '2026-08-01').ok).toBe(true)
  })
})

it('never throws, whatever the answers are', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom('ya', 'basic', '__proto__'))
  const changes = fc.dictionary(fc.constantFrom(...Object.keys(goodAnswers), 'own-work'), value)
  fc.assert(fc.property(changes, (given) => typeof check(given).ok === 'boolean'))
})
