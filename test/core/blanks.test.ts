// What the named blanks say, against figures reckoned by hand from the published rules.
import { describe, expect, it } from 'vitest'
import { blanks } from '../../src/core/blanks.ts'
import type { RosterView } from '../../src/core/roster/roster-view.ts'
import { someFacts } from '../support/some-facts.ts'
import { fixtureBook, goodAnswers, talkWith, watched } from '../support/talk.ts'

function show(name: string, given: Parameters<typeof talkWith>[0]) {
  return blanks[name]?.show(talkWith(given))
}

describe('at an income of one million, in November 2026', () => {
  const answers = { income: 1_000_000, sector: 'other', programme: 'basic', months: 'three' }
  it.each([
    ['base', 'Rp1.000.000'],
    ['jkk_death', 'Rp70.000.000'],
    ['jkk_disability', 'Rp68.000.000'],
    ['stmb_full', 'Rp1.000.000'],
    ['stmb_full_months', '12 bulan'],
    ['stmb_later', 'Rp500.000'],
    ['jkm_full', 'Rp42.000.000'],
    ['jkm_early', 'Rp10.000.000'],
    ['jkm_wait', '3 bulan'],
    ['jht', 'Rp20.000'],
    ['jht_age', '56'],
    ['scholarship_children', '2'],
    ['scholarship_max', 'Rp174.000.000'],
    ['scholarship_wait', '3 tahun'],
    ['price_basic', 'Rp8.400 sampai Desember 2026, lalu Rp16.800 mulai Januari 2027'],
    ['price_savings', 'Rp28.400 sampai Desember 2026, lalu Rp36.800 mulai Januari 2027'],
    ['prepay_one', 'Rp8.400'],
    ['prepay_three', 'Rp33.600'],
    ['prepay_six', 'Rp84.000'],
    ['prepay_twelve', 'Rp184.800'],
    ['prepay_choices', '1 bulan, 3 bulan, 6 bulan, 12 bulan'],
    ['prepaid_total', 'Rp33.600 untuk November 2026 - Januari 2027'],
    ['first_month', 'November 2026'],
    ['due_day', '15'],
    ['age_from', '18'],
    ['age_until', '65'],
    ['report_within', '2 x 24 jam'],
    ['correction_within', '3 x 24 jam'],
    ['rates_on', '21 November 2026'],
    ['today', '21 November 2026'],
    ['example_date', '12 Maret 1985'],
    ['example_income', 'Rp1.500.000'],
    ['nik_digits', '16'],
  ])('{%s} says %s', (name, expected) => {
    expect(show(name, { answers })).toBe(expected)
  })
})

describe('prices', () => {
  it.each([
    [
      1_250_000,
      'transport',
      '2026-11-21',
      'Rp9.400 sampai Maret 2027, lalu Rp18.800 mulai April 2027',
    ],
    [1_250_000, 'other', '2027-05-03', 'Rp18.800 per bulan'],
    ['', 'other', '2027-05-03', 'Rp16.800 per bulan'],
  ])('for income %s in sector %s on %s', (income, sector, on, expected) => {
    expect(show('price_basic', { answers: { income, sector }, on })).toBe(expected)
  })

  it('a skipped income counts on the lowest base', () => {
    expect(show('base', { answers: { income: '' } })).toBe('Rp1.000.000')
  })

  it('one month paid ahead names that month only', () => {
    const answers = { income: 1_000_000, sector: 'other', programme: 'savings', months: 'one' }
    expect(show('prepaid_total', { answers })).toBe('Rp28.400 untuk November 2026')
  })

  it('the lowest price is the one of the sector', () => {
    expect(show('lowest_price_other', {})).toContain('Desember 2026')
    expect(show('lowest_price_transport', {})).toContain('Maret 2027')
  })

  it('speaks English', () => {
    const answers = { income: 1_000_000, sector: 'other' }
    expect(show('price_basic', { answers, language: 'en' })).toBe(
      'Rp8.400 until December 2026, then Rp16.800 from January 2027',
    )
  })
})

describe('what the registry holds', () => {
  it('says of a submission only what its sender may know', () => {
    const states = [
      'waiting',
      'recorded',
      'parked',
      'received',
      'registered',
      'refused',
      'withdrawn',
    ]
    const submissions = states.map((state) => ({ receipt: 'SD-1', state, createdOn: '2026-11-02' }))
    const lines = show('submissions', { facts: { 'my-submissions': submissions } })?.split('\n')
    const received = 'SD-1 2 November 2026: diterima'
    expect(lines?.slice(0, 4)).toEqual([received, received, received, received])
    expect(lines?.slice(4).map((line) => line.split(': ')[1])).toEqual([
      'terdaftar',
      'ditolak',
      'batal',
    ])
  })

  it('lists held data by name and leaves out what has none', () => {
    const facts = { 'my-data': { name: 'Siti Contoh', row: 7, nik: '6303••••••••0001' } }
    expect(show('my_data', { facts })).toBe('Nama: Siti Contoh\nNIK: 6303••••••••0001')
  })
})

describe('posts and invites', () => {
  it.each([
    ['pin_digits', '6'],
    ['code_length', '10'],
    ['idle_minutes', '10'],
    ['invite_hours', '72'],
    ['my_role', 'kepala desa'],
    ['my_area', 'Pasayangan Utara'],
    ['invite_role', 'operator desa'],
    ['invite_area', 'Pasayangan Utara'],
    ['new_code', '01234-56789'],
    ['village_people', 'kepala desa Budi Contoh 20 November 2026 (Anda)'],
  ])('{%s} says %s', (name, expected) => {
    expect(show(name, { facts: someFacts })).toBe(expected)
  })
})

describe('to what an officer invites', () => {
  const village = { 'invited-village': '63.03.05.2056' }
  it.each([
    ['village-head', undefined, 'Pasayangan Utara'],
    ['bumdes-agent', 'regency', 'Pasayangan Utara'],
    ['coordinator', 'district', 'Kec. Martapura, Kab. Banjar'],
    ['coordinator', 'regency', 'Kab. Banjar'],
  ])('%s over a %s', (role, scope, expected) => {
    const answers = { ...village, 'invited-role': role, ...(scope && { 'invited-scope': scope }) }
    expect(show('invited_area', { answers })).toBe(expected)
  })

  it('no role that works for the branch can be given', () => {
    const answers = { ...village, 'invited-role': 'branch-head' }
    expect(() => show('invited_area', { answers })).toThrow('a role to invite to')
  })
})

describe('what a village pays', () => {
  const answers = { cohort: 'perangkat-desa', posts: 8 }
  it.each([
    ['cohort_name', 'perangkat'],
    ['cohort_default', 'PU, siltap Rp2.022.200, JKK, JKM'],
    ['default_price', 'sekretaris 1 x Rp12.012 = Rp12.012\nperangkat 7 x Rp10.920 = Rp76.440'],
    ['siltap_floor', 'Rp2.022.200'],
    ['umk', 'Rp3.725.000'],
    ['fund_choices', 'ADD, PADes, bagi hasil pajak/retribusi, APBD'],
    ['plan_month', 'November 2026'],
    ['village_table', 'BPD 5 x Rp5.400 = Rp27.000\n\nRp27.000, Rp324.000'],
    [
      'village_table_new',
      'sekretaris 1 x Rp12.012 = Rp12.012\nperangkat 7 x Rp10.920 = Rp76.440\n' +
        'BPD 5 x Rp5.400 = Rp27.000\n\nRp115.452, Rp1.385.424',
    ],
  ])('{%s} says %s', (name, expected) => {
    expect(show(name, { answers, facts: someFacts })).toBe(expected)
  })

  it('a village may choose otherwise', () => {
    const own = { ...goodAnswers, ...answers }
    expect(show('cohort_plan', { answers: own, facts: someFacts })).toBe(
      'perangkat: PU, dasar Rp2.000.000, JKK, JKM, JHT\n\nperangkat 8 x Rp124.800 = Rp998.400',
    )
  })
})

describe('who is registered in a village', () => {
  it.each([
    ['village_status', {}, 'BPD 5 0 0 4\nSiti Contoh Ketua BPD umur'],
    ['village_lacks', {}, 'kepala desa ?\nperangkat ?'],
    ['sadar_since', {}, '21 November 2026'],
    ['agreement', {}, 'PER/12/112026'],
    ['certificate_code', {}, '7K3M2-92QXA'],
    ['area_overview', {}, '198 3 20 175'],
    ['area_cohorts', {}, 'BPD 55/990 7\n55 dari 40'],
    ['member_name', { 'staff-member': '1' }, 'Siti Contoh'],
    ['ended_count', { 'ended-cohort': 'bpd' }, '1'],
    ['ended_count', { 'ended-cohort': 'kader' }, '0'],
    ['ended_cohort', { 'ended-cohort': 'bpd' }, 'BPD'],
    ['staff_entry', {}, 'Siti Contoh 6303••••••••0001 Ketua BPD BPD Pasayangan Utara'],
    ['entry_by', {}, 'Desa'],
    [
      'resident_list',
      {},
      '25 1 23 1\n\nSiti Contoh SD-1 terdaftar\nBudi Contoh SD-2 menolak\n' +
        'Noor Contoh SD-3 ditolak\n+22',
    ],
  ])('{%s} says what holds (%j)', (name, answers, expected) => {
    expect(show(name, { answers, facts: someFacts })).toBe(expected)
  })
})

describe('a list that was sent', () => {
  const whole = someFacts.roster as RosterView
  const view = { ...whole, known: 0, rejected: 0, groups: [] }
  const gap = { key: '0:5', at: 5, name: '', position: '', kind: 'nik' }
  it.each<[string, object, string]>([
    [
      'roster_preview',
      {},
      '6 orang\n2 siap\n1 pernah\n2 kurang\n1 belum bisa\n\nBPD: 2\n\n' +
        '4 Anang Contoh: NIK belum ada\n+2',
    ],
    ['roster_preview', { ...view, waiting: 0, troubles: [] }, '6 orang\n2 siap'],
    [
      'roster_preview',
      { ...view, waiting: 1, troubles: [{ at: 5, name: '', reason: 'nik-missing' }] },
      '6 orang\n2 siap\n1 kurang\n\n5: NIK belum ada',
    ],
    ['roster_accepted', {}, '2'],
    ['roster_gaps', {}, '2'],
    ['roster_refusal', {}, 'ini PDF'],
    ['roster_field', {}, 'NIK'],
    ['roster_post', {}, 'Juru Kunci'],
    ['roster_gap', {}, '4 Anang Contoh (Kasi Pelayanan)'],
    ['roster_gap', { ...view, gap }, '5 (?)'],
  ])('{%s} says what holds (%#)', (name, roster, expected) => {
    expect(show(name, { facts: { ...someFacts, roster: { ...whole, ...roster } } })).toBe(expected)
  })

  it.each(['roster_preview', 'roster_gap', 'roster_refusal'])(
    '{%s}: nothing of no list',
    (name) => {
      expect(show(name, { facts: { roster: null } })).toBe('')
    },
  )
})

it('whom an agent registered finds work, income and programmes besides', () => {
  const entry = {
    ...{ kind: 'resident', name: 'Siti Contoh', nik: '6303••••••••0001', programme: 'savings' },
    ...{ villageName: 'Pasayangan Utara', occupation: 'nelayan', income: 1_500_000 },
  }
  const facts = { 'staff-entry': entry }
  expect(show('entry_by', { facts })).toBe('Agen')
  expect(show('staff_entry', { facts })).toBe(
    'Siti Contoh 6303••••••••0001 nelayan Rp1.500.000 JKK, JKM, JHT Pasayangan Utara',
  )
})

describe('contacts', () => {
  it('are only those that the branch gave', () => {
    const branch = { ...fixtureBook.branch, contacts: ['Jalan Contoh', 'buka hari kerja'] }
    const book = { ...fixtureBook, branch }
    expect(show('contacts', { book })).toBe('Kontak: Jalan Contoh\nbuka hari kerja')
    expect(show('contacts', {})).toBe('belum ada')
  })
})

describe('what a blank looks at', () => {
  it.each(Object.entries(blanks))('{%s}: only what it declares', (_name, blank) => {
    const asked = new Set<string>()
    const needed = new Set<string>()
    const answers = watched(goodAnswers, asked)
    blank.show(talkWith({ answers, facts: watched(someFacts, needed) }))
    const looked = [...blank.uses, ...(blank.mayUse ?? [])]
    expect(looked).toEqual(expect.arrayContaining([...asked]))
    expect(blank.needs ?? []).toEqual(expect.arrayContaining([...needed]))
  })
})
