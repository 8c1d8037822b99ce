// Years of reminders in virtual time: rows as the registry would hold them, hours as they come.
import { addDays } from '../../../src/core/calendar.ts'
import { drawUpMonths, type LedgerMonth, type PaidMonths } from '../../../src/core/ledger/months.ts'
import { oldestUnpaid, withPaid } from '../../../src/core/ledger/pay.ts'
import type { Rates } from '../../../src/core/rates.ts'
import type { Contact } from '../../../src/core/reminders/contact.ts'
import {
  type Candidate,
  decide,
  findCandidates,
  findHour,
  purposesOf,
} from '../../../src/core/reminders/plan.ts'
import { createChance } from '../../core/ledger/lives.ts'
import { createJudge, type Judge } from './judge.ts'
import type { Household, Simulated } from './people.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** What the registry holds of a member. */
export interface Rows {
  paid: PaidMonths
  unpaid: LedgerMonth[]
  claimedUntil?: string
}

/** What is on its way to a contact. */
export interface Pending {
  candidate: Candidate
  notBeforeMs: number
}

/** A household and the rows about it. */
export interface Kept {
  household: Household
  rows: Map<Simulated, Rows>
  said: Set<string>
  begunAtMs: number[]
  snoozedUntilOn?: string
  pending?: Pending
}

/** Lives through the years; gives what was violated, and figures to report. */
export function liveYears(
  households: Household[],
  [from, until]: [string, string],
  rates: Rates,
  seed: number,
) {
  const chance = createChance(seed)
  const judge = createJudge(rates)
  const all = households.map((household): Kept => {
    return { household, rows: new Map(), said: new Set(), begunAtMs: [] }
  })
  let downUntil = from
  for (let on = from; on <= until; on = addDays(on, 1)) {
    const dawnMs = Date.parse(`${on}T05:00:00+08:00`)
    if (on >= downUntil && chance(40) === 0) downUntil = addDays(on, 1 + chance(6))
    const ticks = on < downUntil ? [] : ticksOf(dawnMs, chance)
    for (const kept of all) {
      deliver(kept, dawnMs, judge, on)
      wake(kept, on, dawnMs, rates, chance)
      for (const atMs of ticks) {
        deliver(kept, atMs, judge, on)
        plan(kept, atMs, rates, judge)
        deliver(kept, atMs, judge, on)
      }
      judge.endDay(kept, on, ticks.length > 0)
    }
  }
  return judge.verdict()
}

/** Twenty to eight, and some other hour; or only one, or one twice, or late at night. */
function ticksOf(dawnMs: number, chance: (below: number) => number): number[] {
  const first = dawnMs + 2 * hourMs + hourMs * (2 / 3)
  const second = first + hourMs * (1 + chance(12))
  if (chance(3) === 0) return [second]
  if (chance(10) === 0) return [first, first, second]
  return chance(10) === 0 ? [first, dawnMs + 15 * hourMs + chance(3) * hourMs] : [first, second]
}

/** What happens to a household before the day's work: payments, wishes, moves, deaths. */
function wake(
  kept: Kept,
  on: string,
  dawnMs: number,
  rates: Rates,
  chance: (below: number) => number,
) {
  const { household } = kept
  let isTakenBack = household.stopped?.[0] === on
  for (const member of household.members) {
    if (on < `${member.membership.firstMonth}-01`) continue
    member.today = member.truth.next().value
    if (member.endsOn !== undefined && member.endsOn <= on) {
      if (kept.rows.delete(member)) isTakenBack = true
    } else if (live(kept, member, on, rates)) isTakenBack = true
  }
  if (household.snoozes?.[0] === on) {
    kept.snoozedUntilOn = addDays(on, household.snoozes[1])
    isTakenBack = true
  }
  if (household.moves?.[0] === on) household.zone = household.moves[1]
  // An officer writes too; what comes between plan and morning is not the reminders' doing.
  if (chance(60) === 0 && !kept.pending) kept.begunAtMs.push(dawnMs)
  if (isTakenBack && kept.pending) {
    for (const purpose of purposesOf(kept.pending.candidate)) kept.said.delete(purpose)
    kept.pending = undefined
    kept.begunAtMs.pop()
  }
}

/** Whether what waits to be said may no longer be true. */
function live(kept: Kept, member: Simulated, on: string, rates: Rates): boolean {
  const { membership, life, claimsOn } = member
  const rows: Rows = kept.rows.get(member) ?? { paid: new Map(), unpaid: [] }
  kept.rows.set(member, rows)
  const count = life.payments.get(on) ?? 0
  if (count > 0) rows.paid = withPaid(rows.paid, oldestUnpaid(membership, rows.paid, count), on)
  if (count > 0 || on.endsWith('-01')) {
    const months = drawUpMonths(membership, rows.paid, on, rates)
    rows.unpaid = months.filter((one) => one.paidOn === undefined)
  }
  if (claimsOn === on) rows.claimedUntil = rows.unpaid.at(-1)?.month
  const oldest = rows.unpaid[0]?.month ?? '9999-12'
  if (rows.claimedUntil !== undefined && oldest > rows.claimedUntil) delete rows.claimedUntil
  return count > 0 || claimsOn === on
}

function plan(kept: Kept, atMs: number, rates: Rates, judge: Judge) {
  const { household, said, begunAtMs } = kept
  const contact = contactOf(kept)
  if (contact.members.length === 0) return
  const momentMs = findHour(contact, atMs, rates)
  const candidates = findCandidates(contact, momentMs, rates)
  const isStopped = isStoppedOn(household, new Date(atMs + 8 * hourMs).toISOString().slice(0, 10))
  const begunInWeek = begunAtMs.filter((one) => one > momentMs - 7 * dayMs).length
  const unreachable = household.hasChat ? isStopped && ('stopped' as const) : ('no-chat' as const)
  const lastBegunMs = begunAtMs.at(-1) ?? 0
  const lately = { said, begunInWeek, lastBegunMs, ...(unreachable && { unreachable }) }
  const planned = decide(contact, candidates, lately, momentMs, rates)
  if (!planned) return
  if ('silence' in planned) {
    for (const candidate of planned.candidates) judge.explain(kept, candidate)
    return
  }
  for (const purpose of purposesOf(planned.candidate)) said.add(purpose)
  if (kept.pending) {
    for (const purpose of purposesOf(kept.pending.candidate)) said.delete(purpose)
    begunAtMs.pop()
  }
  begunAtMs.push(planned.notBeforeMs)
  kept.pending = planned
}

/** Whether somebody has said BERHENTI and not taken it back. */
export function isStoppedOn({ stopped }: Household, on: string): boolean {
  return stopped !== undefined && stopped[0] <= on && on < stopped[1]
}

function deliver(kept: Kept, nowMs: number, judge: Judge, on: string) {
  const { pending } = kept
  if (!pending || pending.notBeforeMs > nowMs) return
  kept.pending = undefined
  judge.hear(kept, pending, on)
}

function contactOf({ household, rows, snoozedUntilOn }: Kept): Contact {
  const { key, kind, zone } = household
  const members = [...rows].map(([{ id, membership }, { paid, unpaid, claimedUntil }]) => ({
    ...{ id, membership, registeredOn: `${membership.firstMonth}-01`, paidMonths: paid.size },
    ...{ unpaid, ...(claimedUntil !== undefined && { claimedUntil }) },
  }))
  return { key, kind, zone, members, ...(snoozedUntilOn !== undefined && { snoozedUntilOn }) }
}
