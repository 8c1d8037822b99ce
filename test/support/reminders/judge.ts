// Judges years of reminders by the truth of each life, not by what the planner believed.
import { getFigure, type Rates } from '../../../src/core/rates.ts'
import type { Candidate } from '../../../src/core/reminders/plan.ts'
import type { Simulated } from './people.ts'
import { isStoppedOn, type Kept, type Pending } from './world.ts'

const weekMs = 7 * 86_400_000

/** Days with a working program after which a late month must have been spoken of. */
const patienceDays = 3 + 8

/** Whoever has just paid a part hears of the rest with the next month's reminders. */
const afterPaymentDays = 31

/** What a member has heard, and for how long a late month was passed over in silence. */
interface Heard {
  months: Set<string>
  silentDays: Map<string, number>
}

/** Sees everything that is said, and every day on which something should have been. */
export type Judge = ReturnType<typeof createJudge>

/** A judge who has seen nothing yet. */
export function createJudge(rates: Rates) {
  const violations: string[] = []
  const counts: Record<string, number> = {}
  const heard = new Map<Simulated, Heard>()
  const heardAtMs = new Map<Kept, number[]>()
  const purposes = new Set<string>()

  function count(name: string) {
    counts[name] = (counts[name] ?? 0) + 1
  }
  function blame(kept: Kept, on: string, what: string) {
    violations.push(`${on} ${kept.household.key}: ${what}`)
  }
  function heardOf(member: Simulated): Heard {
    const one = heard.get(member) ?? { months: new Set(), silentDays: new Map() }
    heard.set(member, one)
    return one
  }
  function note(kept: Kept, candidate: Candidate) {
    if (!('asked' in candidate)) return
    for (const { id, months } of candidate.asked) {
      const member = [...kept.rows.keys()].find((one) => one.id === id)
      for (const { month } of months) if (member) heardOf(member).months.add(month)
    }
  }

  function hear(kept: Kept, { candidate, notBeforeMs: atMs }: Pending, on: string) {
    count(candidate.kind)
    const { household } = kept
    if (isQuiet(household.zone, atMs)) blame(kept, on, `quiet at ${new Date(atMs).toISOString()}`)
    if (isStoppedOn(household, on) || !household.hasChat) blame(kept, on, 'is not to be written to')
    if (purposes.has(candidate.purpose)) blame(kept, on, `${candidate.purpose} twice`)
    purposes.add(candidate.purpose)
    const before = heardAtMs.get(kept) ?? []
    const begun = kept.begunAtMs.filter((one) => one > atMs - weekMs && one <= atMs).length
    if (begun > getFigure(rates, 'reminder-weekly-cap', on)) blame(kept, on, `${begun} in a week`)
    const day = dayIn(household.zone, atMs)
    if (before.some((one) => dayIn(household.zone, one) === day)) blame(kept, on, 'twice in a day')
    heardAtMs.set(kept, [...before.filter((one) => one > atMs - weekMs), atMs])
    if ('asked' in candidate) judgeAsked(kept, candidate, on)
    note(kept, candidate)
  }

  function judgeAsked(kept: Kept, candidate: Extract<Candidate, { asked: unknown }>, on: string) {
    if ((kept.snoozedUntilOn ?? '') > on) blame(kept, on, 'asked for another day')
    for (const { id, months, totalRupiah } of candidate.asked) {
      const [member, rows] = [...kept.rows].find(([one]) => one.id === id) ?? []
      const truth = member?.today
      if (!truth || !rows) {
        blame(kept, on, `${id} is no member`)
        continue
      }
      const wrong = months.filter(({ month }) => !truth.unpaid.includes(month))
      if (wrong.length > 0) blame(kept, on, `${id} has paid ${wrong.map(({ month }) => month)}`)
      if (rows.claimedUntil === undefined && totalRupiah !== truth.total) {
        blame(kept, on, `${id} owes ${truth.total}, not ${totalRupiah}`)
      }
      if (months.some(({ month }) => month <= (rows.claimedUntil ?? ''))) {
        blame(kept, on, `${id} said SUDAH BAYAR`)
      }
      const isEnding = truth.state === 'maybe-ended' && rows.claimedUntil === undefined
      if ((candidate.kind === 'maybe-ended') !== isEnding && rows.claimedUntil === undefined) {
        blame(kept, on, `${id} is ${truth.state}, told ${candidate.kind}`)
      }
    }
  }

  /** Each late month is spoken of in time, or there is a reason on record. */
  function endDay(kept: Kept, on: string, isWorking: boolean) {
    if (!isWorking) return
    for (const [member, { claimedUntil }] of kept.rows) {
      const truth = member.today
      if (!truth) continue
      count('member days')
      const { months, silentDays } = heardOf(member)
      if (member.life.payments.has(on)) {
        for (const month of truth.unpaid) silentDays.set(month, patienceDays - afterPaymentDays)
      }
      // Beyond the third nobody is pressed: an officer looks.
      const doubtful = member.life.segment === 'bpu' ? 3 : Number.POSITIVE_INFINITY
      for (const month of truth.unpaid.slice(0, Math.min(truth.late, doubtful))) {
        if (months.has(month) || month <= (claimedUntil ?? '')) continue
        const days = (silentDays.get(month) ?? 0) + 1
        silentDays.set(month, days)
        if (days === patienceDays) blame(kept, on, `${member.id} hears nothing of ${month}`)
      }
    }
  }

  return {
    hear,
    endDay,
    /** Nothing is said, and the reason is on record. */
    explain: (kept: Kept, candidate: Candidate) => {
      count('silences')
      note(kept, candidate)
    },
    verdict: () => ({ violations, counts }),
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone by the machine's own calendar. */
function wallClock(zone: string, atMs: number): Record<string, string> {
  const options = { timeZone: zone, hourCycle: 'h23', weekday: 'short' } as const
  const rest = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { ...options, ...rest, hour: '2-digit', minute: '2-digit' })
  formats.set(zone, format)
  return Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
}

function dayIn(zone: string, atMs: number): string {
  const { year, month, day } = wallClock(zone, atMs)
  return `${year}-${month}-${day}`
}

/** Before half past seven, after eight in the evening, and on Friday noon. */
function isQuiet(zone: string, atMs: number): boolean {
  const { hour, minute, weekday } = wallClock(zone, atMs)
  const time = `${hour}:${minute}`
  return (
    time < '07:30' || time >= '20:00' || (weekday === 'Fri' && time >= '11:30' && time < '13:30')
  )
}
