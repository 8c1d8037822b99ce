// What a contact should hear on a day, and when; or why nothing. Pure: rows in, one message out.
import type { DueMonth } from '../ledger/months.ts'
import { standingOn } from '../ledger/standing.ts'
import { getFigure, type Rates } from '../rates.ts'
import { askedMonths, type Contact, type ReminderMember } from './contact.ts'
import { localDay, quietMs } from './local-time.ts'
import { findMoment, type Moment } from './moments.ts'
import { findNews, type News } from './news.ts'

/** What is asked of one membership. */
export interface Asked {
  id: number
  months: DueMonth[]
  totalRupiah: number
}

/** A message about months to be paid. */
export interface Reminder {
  kind: Moment['kind'] | 'asked'
  /** The same for the same reason to write, so that it is said once. */
  purpose: string
  /** Where each of its people is told once: the purpose of each, in their order. */
  purposes?: string[]
  asked: Asked[]
  totalRupiah: number
  /** The day by the rule on which the newest of the months is due. */
  nominalDueOn: string
}

/** What may be said, the most urgent first. */
export type Candidate = Reminder | News

/** What was heard and said at a contact lately. */
export interface Lately {
  /** Why nobody can be written to: they said BERHENTI, blocked the bot, or have no chat. */
  unreachable?: 'stopped' | 'blocked' | 'no-chat'
  /** Purposes that were said. */
  said: ReadonlySet<string>
  /** How many messages of any kind the bot began in the seven days before. */
  begunInWeek: number
  /** When the last of them was, or will be, sent, in ms. */
  lastBegunMs?: number
}

/** Why nothing is said although there is something to say. */
export type Silence = 'stopped' | 'blocked' | 'no-chat' | 'snoozed' | 'weekly-cap' | 'same-day'

/** The first thing that was not said yet is said now; or nothing of it all, for one reason. */
export type Planned =
  | { candidate: Candidate; notBeforeMs: number }
  | { candidates: Candidate[]; silence: Silence }

/** Everything that a contact could be told at a moment in ms, the most urgent first. */
export function findCandidates(contact: Contact, atMs: number, rates: Rates): Candidate[] {
  const on = localDay(contact.zone, atMs)
  const owing = contact.members.flatMap((member) => owe(member, on, rates))
  const lapsed = owing.filter(({ moment }) => moment.kind === 'maybe-ended')
  const others = owing.filter(({ moment }) => moment.kind !== 'maybe-ended')
  const groups = [...new Set(lapsed.map(({ moment }) => moment.month))].map((month) =>
    lapsed.filter(({ moment }) => moment.month === month),
  )
  return [...groups, others]
    .filter((group) => group.length > 0)
    .map((group): Candidate => toReminder(contact, group))
    .concat(findNews(contact, on, rates))
}

/** The first moment from `atMs` on, in ms, at which it is not quiet where a contact lives. */
export function findHour({ zone }: Pick<Contact, 'zone'>, atMs: number, rates: Rates): number {
  return atMs + quietMs(zone, atMs, getFigure(rates, 'reminder-quiet', localDay(zone, atMs)))
}

/**
 * What is said at a moment that is not quiet, or why it is not; nothing where everything was said.
 * The candidates are those of that moment: what was true the evening before may no longer be.
 */
export function decide(
  contact: Contact,
  candidates: Candidate[],
  lately: Lately,
  notBeforeMs: number,
  rates: Rates,
): Planned | undefined {
  const unsaid = candidates.flatMap((one) => withoutSaid(one, lately.said))
  const [candidate] = unsaid
  if (!candidate) return undefined
  const silence = findSilence(contact, lately, notBeforeMs, rates)
  return silence ? { candidates: unsaid, silence } : { candidate, notBeforeMs }
}

/** Every purpose that a candidate would say. */
export function purposesOf(candidate: Candidate): string[] {
  const purposes = 'purposes' in candidate ? candidate.purposes : undefined
  return purposes ?? [candidate.purpose]
}

/** What is left of a candidate when some of its people were told already. */
function withoutSaid(candidate: Candidate, said: ReadonlySet<string>): Candidate[] {
  const purposes = purposesOf(candidate)
  const unsaid = purposes.filter((purpose) => !said.has(purpose))
  const [first] = unsaid
  if (first === undefined) return []
  if (unsaid.length === purposes.length || !('asked' in candidate)) return [candidate]
  const asked = candidate.asked.filter((_, index) => unsaid.includes(purposes[index] ?? ''))
  return [{ ...candidate, purpose: first, purposes: unsaid, asked, totalRupiah: sumOf(asked) }]
}

function sumOf(asked: Asked[]): number {
  return asked.reduce((sum, one) => sum + one.totalRupiah, 0)
}

function findSilence(
  { snoozedUntilOn, zone }: Contact,
  { unreachable, begunInWeek, lastBegunMs }: Lately,
  notBeforeMs: number,
  rates: Rates,
): Silence | undefined {
  const on = localDay(zone, notBeforeMs)
  if (unreachable) return unreachable
  if (lastBegunMs !== undefined && localDay(zone, lastBegunMs) >= on) return 'same-day'
  if ((snoozedUntilOn ?? '') > on) return 'snoozed'
  return begunInWeek >= getFigure(rates, 'reminder-weekly-cap', on) ? 'weekly-cap' : undefined
}

interface Owing {
  asked: Asked
  moment: Moment
}

function owe(member: ReminderMember, on: string, rates: Rates): Owing[] {
  const { membership } = member
  const standing = standingOn(membership, askedMonths(member), on, rates)
  if (standing.state === 'paid-up') return []
  const moment = findMoment(membership.segment, standing, on, rates)
  if (!moment) return []
  const { unpaid, totalRupiah } = standing
  return [{ asked: { id: member.id, months: unpaid, totalRupiah }, moment }]
}

/** From what may wait to what may not: of two on one day the later is said. */
const urgency: Moment['kind'][] = ['before', 'due', 'late', 'late-1', 'late-2', 'maybe-ended']

function toReminder({ key, snoozedUntilOn }: Contact, group: Owing[]): Reminder {
  const { moment } = group.reduce((last, one) => (isMoreUrgent(one, last) ? one : last))
  const { month, name, fromOn } = moment
  const asked = group.map((one) => one.asked)
  const isLapse = moment.kind === 'maybe-ended'
  const isWished = snoozedUntilOn !== undefined && fromOn <= snoozedUntilOn && !isLapse
  const purposes = asked.map(({ id }) => `reminder:${month}:${name}:${key}:${id}`)
  return {
    kind: isWished ? 'asked' : moment.kind,
    purpose: `reminder:${month}:${isWished ? `asked-${snoozedUntilOn}` : name}:${key}`,
    // Nobody misses that an officer looks because somebody else of the contact was told before.
    ...(isLapse && { purpose: purposes[0] ?? '', purposes }),
    asked,
    totalRupiah: sumOf(asked),
    nominalDueOn: newestDueOn(asked) ?? fromOn,
  }
}

function newestDueOn(asked: Asked[]): string | undefined {
  return asked
    .flatMap(({ months }) => months.map(({ nominalDueOn }) => nominalDueOn))
    .sort()
    .at(-1)
}

function isMoreUrgent({ moment: one }: Owing, { moment: other }: Owing): boolean {
  if (one.fromOn !== other.fromOn) return one.fromOn > other.fromOn
  return urgency.indexOf(one.kind) > urgency.indexOf(other.kind)
}
