// The rules that flows may name: where each holds, and that each looks only at what it declares.
import { describe, expect, it } from 'vitest'
import { facts } from '../../src/core/facts.ts'
import type { RosterView } from '../../src/core/roster/roster-view.ts'
import { rules } from '../../src/core/rules.ts'
import { someFacts } from '../support/some-facts.ts'
import { goodAnswers, talkWith, watched } from '../support/talk.ts'

function holds(name: string, answers: Record<string, string>, facts = {}) {
  return rules[name]?.holds(talkWith({ answers, facts }))
}

describe('ages on 21 November 2026', () => {
  it.each<[string, string | undefined, string]>([
    ['2008-11-22', 'too-young', 'a day short of 18'],
    ['2008-11-21', undefined, '18 today'],
    ['1985-03-12', undefined, 'in between'],
    ['1962-01-21', undefined, '61 days before 65'],
    ['1962-01-20', 'nearly-too-old', '60 days before 65'],
    ['1961-11-22', 'nearly-too-old', '65 tomorrow'],
    ['1961-11-21', 'too-old', '65 today'],
    ['1930-01-01', 'too-old', 'long past it'],
  ])('born %s: only %s holds (%s)', (birth, expected) => {
    const holding = ['too-young', 'nearly-too-old', 'too-old'].filter((name) =>
      holds(name, { 'birth-date': birth }),
    )
    expect(holding).toEqual(expected ? [expected] : [])
  })
})

describe('nik-fits', () => {
  it.each([
    ['6303051203850001', '1985-03-12', 'L', true],
    ['6303055203850001', '1985-03-12', 'P', true],
    ['6303055203850001', '1985-03-12', 'L', false],
    ['6303051203850001', '1985-03-13', 'L', false],
    ['6303051203850001', '1986-03-12', 'L', false],
  ])('case %#', (nik, birth, sex, expected) => {
    expect(holds('nik-fits', { nik, 'birth-date': birth, sex })).toBe(expected)
  })
})

describe('posts', () => {
  it.each([
    ['invite-is-bad', { invite: null }, true],
    ['invite-is-bad', { invite: someFacts.invite }, false],
    ['invite-is-gone', { 'invite-held': true }, false],
    ['invite-is-gone', { 'invite-held': false }, true],
    ['pin-is-right', { 'pin-check': 'right' }, true],
    ['pin-is-right', { 'pin-check': 'wrong' }, false],
    ['pin-is-right', { 'pin-check': 'shut' }, false],
    ['no-operators', { 'village-people': someFacts['village-people'] }, true],
  ])('%s with %j is %s', (name, given, expected) => {
    expect(holds(name, {}, given)).toBe(expected)
  })

  it.each([
    ['63.03.05.2056', '63.02 63.03', false],
    ['63.03.05.2056', '63.02 63.10', true],
    ['63.03.05.2056', '63.0', true],
  ])('a village %s is elsewhere for an officer of %s: %s', (village, area, expected) => {
    const post = { id: 1, role: 'branch-officer', area, areaName: '', lock: 'open' }
    expect(holds('village-is-elsewhere', { 'invited-village': village }, { post })).toBe(expected)
  })

  it('only coordinators are invited for more than a village', () => {
    const forVillage = (role: string) => holds('invites-for-village', { 'invited-role': role })
    expect(['village-head', 'bumdes-agent', 'coordinator'].map(forVillage)).toEqual([
      ...[true, true, false],
    ])
  })
})

describe('what a village has set up', () => {
  const post = { post: someFacts.post }
  it.each<[string, Record<string, string | number>, object, boolean]>([
    ['no-posts', { posts: 0 }, {}, true],
    ['no-posts', { posts: 1 }, {}, false],
    ['is-bpu', { segment: 'BPU' }, {}, true],
    ['is-bpu', { segment: 'PU' }, {}, false],
    ['base-is-known', { cohort: 'kepala-desa', 'wage-base': 'siltap' }, post, true],
    ['base-is-known', { cohort: 'bpd', 'wage-base': 'siltap' }, post, false],
    ['base-is-known', { cohort: 'bpd', 'wage-base': 'umk' }, post, true],
    ['base-is-known', { cohort: 'kepala-desa', 'wage-base': 'fixed' }, post, false],
    ['wage-is-enough', { cohort: 'kepala-desa', 'base-amount': 2_426_640 }, {}, true],
    ['wage-is-enough', { cohort: 'kepala-desa', 'base-amount': 2_426_639 }, {}, false],
    ['wage-is-enough', { cohort: 'kader', 'base-amount': 1 }, {}, true],
    ['fund-is-barred', { cohort: 'kepala-desa', fund: 'dana-desa' }, {}, true],
    ['fund-is-barred', { cohort: 'perangkat-desa', fund: 'dana-desa' }, {}, true],
    ['fund-is-barred', { cohort: 'bpd', fund: 'dana-desa' }, {}, true],
    ['fund-is-barred', { cohort: 'rentan', fund: 'dana-desa' }, {}, false],
    ['fund-is-clear', { cohort: 'rentan', fund: 'dana-desa' }, {}, false],
    ['fund-is-clear', { cohort: 'rentan', fund: 'other' }, {}, false],
    ['fund-is-clear', { cohort: 'kepala-desa', fund: 'add' }, {}, true],
    ['no-cohorts', {}, { 'village-cohorts': [] }, true],
    ['no-cohorts', {}, { 'village-cohorts': [{ cohort: 'bpd', posts: 0, fund: '' }] }, true],
    ['no-cohorts', {}, someFacts, false],
  ])('%s with %j', (name, answers, given, expected) => {
    expect(rules[name]?.holds(talkWith({ answers, facts: { ...given } }))).toBe(expected)
  })
})

describe('who is registered in a village', () => {
  const sinceOn = '2026-11-21'
  const head = { key: '1', cohort: 'kepala-desa', position: 'Kades', name: 'Budi Contoh' }
  const registered = { ...head, state: 'registered', said: 'agreed' }
  const one = { cohort: 'kepala-desa', posts: 1, fund: 'add' }
  const staff = { ...one, cohort: 'perangkat-desa' }
  const second = { ...registered, key: '2', cohort: 'perangkat-desa' }
  const noResidents = { total: 0, registered: 0, waiting: 0, refused: 0, newest: [] }
  const aware = { 'village-cohorts': [one, staff], 'village-staff': [registered, second] }
  it.each<[string, Record<string, string>, object, boolean]>([
    ['cohort-is-full', { 'staff-cohort': 'kepala-desa' }, aware, true],
    ['cohort-is-full', { 'staff-cohort': 'kepala-desa' }, { ...aware, 'village-staff': [] }, false],
    ['registered-enough-today', {}, { 'staff-today': 199 }, false],
    ['registered-enough-today', {}, { 'staff-today': 200 }, true],
    ['enrolled-enough-today', {}, { 'residents-today': 59 }, false],
    ['enrolled-enough-today', {}, { 'residents-today': 60 }, true],
    ['no-residents', {}, { 'my-residents': noResidents }, true],
    ['no-residents', {}, someFacts, false],
    ['no-staff', {}, { 'village-staff': [] }, true],
    ['no-staff', {}, aware, false],
    ['has-died', { 'leave-reason': 'died' }, {}, true],
    ['has-died', { 'leave-reason': 'term' }, {}, false],
    ['village-lacks-nothing', {}, aware, true],
    ['village-lacks-nothing', {}, { ...aware, 'village-cohorts': [one] }, false],
    ['village-lacks-nothing', {}, { ...aware, 'village-staff': [registered] }, false],
    [
      'village-lacks-nothing',
      {},
      { ...aware, 'village-staff': [registered, { ...second, state: 'waiting' }] },
      false,
    ],
    ['village-is-sadar', {}, { 'village-sadar': null }, false],
    ['village-is-sadar', {}, { 'village-sadar': { isSadar: false, sinceOn } }, false],
    ['village-is-sadar', {}, { 'village-sadar': { isSadar: true, sinceOn } }, true],
    ['village-is-certified', {}, { 'village-sadar': { isSadar: true, sinceOn } }, false],
    ['village-is-certified', {}, someFacts, true],
    ['entry-is-unknown', {}, { 'staff-entry': null }, true],
    ['entry-is-unknown', {}, someFacts, false],
  ])('%s with %j', (name, answers, given, expected) => {
    expect(rules[name]?.holds(talkWith({ answers, facts: { ...given } }))).toBe(expected)
  })
})

describe('a list that was sent', () => {
  const whole = someFacts.roster as RosterView
  const { column: _, post: __, gap: ___, ...rest } = whole
  const plain = { ...rest, gaps: 0 }
  const gap = (kind: string) => ({ ...plain, gaps: 1, gap: { ...whole.gap, kind } })
  it.each<[string, object | null, boolean]>([
    ['no-roster', null, true],
    ['no-roster', plain, false],
    ['roster-is-under-way', { ...plain, state: 'waiting' }, true],
    ['roster-is-under-way', { ...plain, state: 'agreed' }, true],
    ['roster-is-under-way', plain, false],
    ['roster-is-refused', { ...plain, state: 'refused' }, true],
    ['roster-is-refused', plain, false],
    ['roster-lacks-a-column', whole, true],
    ['roster-lacks-a-column', plain, false],
    ['roster-lacks-posts', { ...plain, lacksPosts: true }, true],
    ['roster-lacks-posts', plain, false],
    ['roster-post-is-unknown', whole, true],
    ['roster-post-is-unknown', plain, false],
    ['roster-accepts-nobody', { ...plain, accepted: 0 }, true],
    ['roster-accepts-nobody', plain, false],
    ['roster-has-gaps', gap('nik'), true],
    ['roster-has-gaps', plain, false],
    ['next-gap-is-name', gap('name'), true],
    ['next-gap-is-name', gap('nik'), false],
    ['next-gap-is-birth', gap('birth'), true],
    ['next-gap-is-birth', plain, false],
    ['next-gap-is-phone', gap('phone'), true],
    ['next-gap-is-phone', gap('sure'), false],
    ['next-gap-is-doubt', gap('sure'), true],
    ['next-gap-is-doubt', gap('phone'), false],
  ])('%s (%#) is right', (name, roster, expected) => {
    expect(holds(name, {}, { roster })).toBe(expected)
    // Without a list nothing holds of it.
    if (name !== 'no-roster') expect(holds(name, {}, { roster: null })).toBe(false)
  })
})

describe('facts', () => {
  it.each([
    ['submitted-too-often', { 'submissions-today': 2 }, false],
    ['submitted-too-often', { 'submissions-today': 3 }, true],
    ['nothing-submitted', { 'my-submissions': [] }, true],
    ['nothing-submitted', { 'my-submissions': someFacts['my-submissions'] }, false],
    ['holds-nothing', { 'my-data': null }, true],
    ['holds-nothing', { 'my-data': {} }, true],
    ['holds-nothing', { 'my-data': someFacts['my-data'] }, false],
    ['ticket-is-open', { 'has-open-ticket': true }, true],
    ['ticket-is-open', { 'has-open-ticket': false }, false],
    ['already-stopped', { stopped: true }, true],
    ['already-stopped', { stopped: false }, false],
  ])('%s with %j is %s', (name, given, expected) => {
    expect(holds(name, {}, given)).toBe(expected)
  })
})

it('somebody-died holds only when that was said', () => {
  expect(holds('somebody-died', { event: 'died' })).toBe(true)
  expect(holds('somebody-died', { event: 'unsure' })).toBe(false)
})

describe('what facts rest on', () => {
  it.each(Object.entries(rules))('%s knows every answer behind its facts', (_name, rule) => {
    const behind = (rule.needs ?? []).flatMap((name) => facts[name]?.uses ?? ['no such fact'])
    const known = [...rule.uses, ...(rule.mayUse ?? [])]
    expect(known).toEqual(expect.arrayContaining(behind))
  })

  it('is known of every fact that tests have a value for', () => {
    expect(Object.keys(someFacts).sort()).toEqual(Object.keys(facts).sort())
  })
})

describe('what a rule looks at', () => {
  it.each(Object.entries(rules))('%s: only what it declares', (_name, rule) => {
    const asked = new Set<string>()
    const needed = new Set<string>()
    rule.holds(
      talkWith({ answers: watched(goodAnswers, asked), facts: watched(someFacts, needed) }),
    )
    const looked = [...rule.uses, ...(rule.mayUse ?? [])]
    expect(looked).toEqual(expect.arrayContaining([...asked]))
    expect(rule.needs ?? []).toEqual(expect.arrayContaining([...needed]))
  })
})
