// Which reminder a contact has come to, when it may arrive, and the reasons for which there is none.
import { describe, expect, it } from 'vitest'
import type { Membership } from '../../../src/core/ledger/membership.ts'
import { drawUpMonths, type PaidMonths } from '../../../src/core/ledger/months.ts'
import { oldestUnpaid, withPaid } from '../../../src/core/ledger/pay.ts'
import type { Contact } from '../../../src/core/reminders/contact.ts'
import { localDay, quietMs } from '../../../src/core/reminders/local-time.ts'
import { decide, findCandidates, type Lately } from '../../../src/core/reminders/plan.ts'
import { readRates } from '../../../src/rates-file.ts'

const rates = readRates('flows/rates')
const seller: Membership = {
  ...{ segment: 'bpu', sector: 'other', payer: 'self', baseRupiah: 1_000_000 },
  ...{ programmes: ['jkk', 'jkm'], firstMonth: '2026-08' },
}
const official: Membership = { ...seller, segment: 'pu', payer: 'village', baseRupiah: 2_000_000 }
const makassar = 'Asia/Makassar'
const silent: Lately = { said: new Set(), begunInWeek: 0 }

/** Nine in the morning in Makassar. */
const morning = (on: string) => Date.parse(`${on}T09:00:00+08:00`)

/** A contact whose memberships have so many months paid, as the rows stand on a day. */
function contactOf(
  on: string,
  members: [Membership, paidMonths: number][],
  more: Partial<Contact> = {},
): Contact {
  return {
    ...{ key: 'a17', kind: 'person', zone: makassar },
    members: members.map(([membership, paidMonths], index) => {
      const none: PaidMonths = new Map()
      const paid = withPaid(none, oldestUnpaid(membership, none, paidMonths), '2026-08-01')
      const unpaid = drawUpMonths(membership, paid, on, rates).filter((one) => !one.paidOn)
      const registeredOn = `${membership.firstMonth}-10`
      return { id: index + 1, membership, registeredOn, unpaid, paidMonths }
    }),
    ...more,
  }
}

function purposesOn(on: string, members: [Membership, number][], more: Partial<Contact> = {}) {
  const contact = contactOf(on, members, more)
  return findCandidates(contact, morning(on), rates).map(({ purpose }) => purpose)
}

describe('a month that is not paid', () => {
  it.each([
    ['2026-12-07', []],
    ['2026-12-08', ['reminder:2026-12:before-7:a17']],
    ['2026-12-12', ['reminder:2026-12:before-7:a17']],
    ['2026-12-13', ['reminder:2026-12:before-2:a17']],
    ['2026-12-15', ['reminder:2026-12:due:a17']],
    ['2026-12-17', ['reminder:2026-12:due:a17']],
    ['2026-12-18', ['reminder:2026-12:late:a17']],
  ])('is asked for on %s: %j', (on, purposes) => {
    const found = purposesOn(on, [[seller, 4]])
    // News is another test's.
    expect(found.filter((one) => one.startsWith('reminder'))).toEqual(purposes)
  })

  it('is not late while the moved due day is not over', () => {
    // 15 August 2026 was a Saturday and the 17th a holiday: late from the 19th, told on the 21st.
    expect(purposesOn('2026-08-20', [[seller, 0]])).toEqual(['reminder:2026-08:due:a17'])
    expect(purposesOn('2026-08-21', [[seller, 0]])).toEqual(['reminder:2026-08:late:a17'])
  })

  it('counts down to the third, and then only an officer looks', () => {
    const kinds = (on: string, paid: number) =>
      findCandidates(contactOf(on, [[seller, paid]]), morning(on), rates).map((one) => one.kind)
    expect(kinds('2026-08-25', 0)).toEqual(['late-1'])
    expect(kinds('2026-09-25', 0)).toEqual(['late-2'])
    expect(kinds('2026-10-17', 0)).toEqual([])
    expect(kinds('2026-10-18', 0)).toEqual(['maybe-ended'])
    expect(purposesOn('2027-05-15', [[seller, 0]])).toEqual(['reminder:2026-10:maybe-ended:a17:1'])
  })

  it('sends an officer to each of a contact once, also to those who come to it later', () => {
    const contact = contactOf('2026-12-20', [
      [seller, 0],
      [seller, 0],
    ])
    const candidates = findCandidates(contact, morning('2026-12-20'), rates)
    const said = new Set(['reminder:2026-10:maybe-ended:a17:1'])
    const planned = decide(contact, candidates, { ...silent, said }, morning('2026-12-20'), rates)
    expect(planned).toMatchObject({
      candidate: { purpose: 'reminder:2026-10:maybe-ended:a17:2', asked: [{ id: 2 }] },
    })
  })

  it('of wage earners is asked for a month later, and never counts down', () => {
    const village: Partial<Contact> = { key: 'v63', kind: 'village' }
    expect(purposesOn('2026-08-15', [[official, 0]], village)).toEqual([])
    expect(purposesOn('2026-09-08', [[official, 0]], village)).toEqual([
      'reminder:2026-09:before-7:v63',
    ])
    const [late] = findCandidates(
      contactOf('2027-03-20', [[official, 0]], village),
      morning('2027-03-20'),
      rates,
    )
    expect(late).toMatchObject({ kind: 'late', totalRupiah: 7 * 10_800 })
  })

  it('is asked for once for all people of a contact, with the sum', () => {
    const contact = contactOf('2026-12-08', [
      [seller, 4],
      [seller, 3],
      [seller, 5],
    ])
    const [one, ...more] = findCandidates(contact, morning('2026-12-08'), rates)
    expect(more.filter((other) => 'asked' in other)).toEqual([])
    expect(one).toMatchObject({ totalRupiah: 3 * 8_400, nominalDueOn: '2026-12-15' })
    expect(one && 'asked' in one && one.asked.map(({ id }) => id)).toEqual([1, 2])
  })

  it('is believed to be paid when the person says so', () => {
    const contact = contactOf('2026-12-15', [[seller, 3]])
    const claims = (claimedUntil: string) => ({
      ...contact,
      members: contact.members.map((one) => ({ ...one, claimedUntil })),
    })
    const kindsWith = (until: string) =>
      findCandidates(claims(until), morning('2026-12-15'), rates).map(({ purpose }) => purpose)
    expect(kindsWith('2026-12')).toEqual([])
    expect(kindsWith('2026-11')).toEqual(['reminder:2026-12:due:a17'])
  })
})

describe('a wish for another day', () => {
  const wish = { snoozedUntilOn: '2026-12-25' }
  const planOn = (on: string, said: string[] = []) => {
    const contact = contactOf(on, [[seller, 4]], wish)
    const lately = { said: new Set(said), begunInWeek: 0 }
    const candidates = findCandidates(contact, morning(on), rates).filter((one) => 'asked' in one)
    return decide(contact, candidates, lately, morning(on), rates)
  }

  it('is kept: nothing before that day, one on it, and then as always', () => {
    expect(planOn('2026-12-24')).toMatchObject({ silence: 'snoozed' })
    expect(planOn('2026-12-25')).toMatchObject({
      candidate: { kind: 'asked', purpose: 'reminder:2026-12:asked-2026-12-25:a17' },
    })
    expect(planOn('2027-01-05', ['reminder:2026-12:asked-2026-12-25:a17'])).toBeUndefined()
    expect(planOn('2027-01-08')).toMatchObject({ candidate: { kind: 'before' } })
  })
})

describe('nothing is said', () => {
  const contact = contactOf('2026-12-15', [[seller, 4]])
  const candidates = findCandidates(contact, morning('2026-12-15'), rates)
  const decideWith = (lately: Partial<Lately>) =>
    decide(contact, candidates, { ...silent, ...lately }, morning('2026-12-15'), rates)

  it.each([
    [{ unreachable: 'stopped' as const }, 'stopped'],
    [{ unreachable: 'no-chat' as const }, 'no-chat'],
    [{ begunInWeek: 3 }, 'weekly-cap'],
  ])('with %j, and the reason is known', (lately, silence) => {
    expect(decideWith(lately)).toMatchObject({ silence })
  })

  it('twice', () => {
    expect(decideWith({ begunInWeek: 2 })).toMatchObject({ notBeforeMs: morning('2026-12-15') })
    const said = new Set(candidates.map(({ purpose }) => purpose))
    expect(decideWith({ said })).toBeUndefined()
  })
})

describe('news', () => {
  it('of a dearer month comes in the two weeks before it, to those who have not paid it', () => {
    const price = (on: string, paid: number) =>
      findCandidates(contactOf(on, [[seller, paid]]), morning(on), rates).find(
        (one) => one.kind === 'price',
      )
    expect(price('2026-12-17', 5)).toBeUndefined()
    expect(price('2026-12-18', 5)).toMatchObject({
      ...{ fromMonth: '2027-01', oldRupiah: 8_400, newRupiah: 16_800 },
    })
    expect(price('2026-12-31', 6)).toBeUndefined()
    expect(price('2027-01-20', 6)).toBeUndefined()
  })

  it('of the whole benefit comes when every source agrees that it is reached', () => {
    const news = (on: string, paid: number) =>
      findCandidates(contactOf(on, [[seller, paid]]), morning(on), rates).find(
        (one) => one.kind === 'jkm-full',
      )
    // Registered on 10 August 2026.
    expect(news('2026-11-10', 4)).toBeUndefined()
    expect(news('2026-11-11', 3)).toBeUndefined()
    expect(news('2026-11-11', 4)).toMatchObject({ rupiah: 42_000_000 })
    // Months paid ahead have not come yet.
    expect(news('2026-11-11', 12)).toMatchObject({ rupiah: 42_000_000 })
    expect(news('2026-10-31', 12)).toBeUndefined()
  })

  it('of the scholarship comes after three years of contributions', () => {
    const news = (on: string, paid: number) =>
      findCandidates(contactOf(on, [[seller, paid]]), morning(on), rates).find(
        (one) => one.kind === 'scholarship',
      )
    expect(news('2029-06-30', 40)).toBeUndefined()
    expect(news('2029-07-01', 36)).toMatchObject({ years: 3 })
  })
})

describe('the clock of a village', () => {
  const quiet = rates.figures['reminder-quiet'].rows[0]?.value
  const wait = (zone: string, at: string) => quiet && quietMs(zone, Date.parse(at), quiet) / 60_000

  it.each([
    ['Asia/Pontianak', '2026-12-08T07:00:00+07:00', 30],
    ['Asia/Pontianak', '2026-12-08T07:29:30+07:00', 0.5],
    ['Asia/Makassar', '2026-12-08T07:30:00+08:00', 0],
    ['Asia/Jayapura', '2026-12-08T19:59:59+09:00', 0],
    ['Asia/Jayapura', '2026-12-08T20:00:00+09:00', 690],
    ['Asia/Jakarta', '2026-12-08T00:00:00+07:00', 450],
    // 11 December 2026 was a Friday.
    ['Asia/Makassar', '2026-12-11T11:29:00+08:00', 0],
    ['Asia/Makassar', '2026-12-11T11:30:00+08:00', 120],
    ['Asia/Makassar', '2026-12-11T13:30:00+08:00', 0],
    ['Asia/Makassar', '2026-12-10T12:00:00+08:00', 0],
  ])('in %s at %s: %d minutes of quiet are left', (zone, at, minutes) => {
    expect(wait(zone, at)).toBe(minutes)
  })

  it.each([
    ['Asia/Jakarta', '2026-12-31T16:59:59Z', '2026-12-31'],
    ['Asia/Jakarta', '2026-12-31T17:00:00Z', '2027-01-01'],
    ['Asia/Makassar', '2026-12-31T15:59:59Z', '2026-12-31'],
    ['Asia/Jayapura', '2028-02-28T15:00:00Z', '2028-02-29'],
  ])('says in %s at %s: %s', (zone, at, on) => {
    expect(localDay(zone, Date.parse(at))).toBe(on)
    // The machine's own calendar agrees.
    const other = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
    expect(other.format(Date.parse(at))).toBe(on)
  })
})
