// Whether one person may be written to now, later or not at all: rules that nobody can switch off.
import { getFigure, type Rates } from '../rates.ts'
import { dayStartMs, localDay, quietMs } from '../reminders/local-time.ts'

/** Somebody who was chosen, as they stand at this moment. */
export interface Chosen {
  channel: string
  /** Time zone of their village, or of the branch. */
  zone: string
  /** Said BERHENTI; blocked the bot; agreed to campaigns; has written to the bot at all. */
  isStopped: boolean
  isBlocked: boolean
  hasAgreed: boolean
  hasWritten: boolean
  /** How many messages of any kind the bot began in the seven days before. */
  begunInWeek: number
  /** When the last of them was, or will be, sent, in ms. */
  lastBegunMs?: number
}

/** Why somebody is left out for good. */
const skipReasons = [
  'stopped',
  'no-consent',
  'blocked',
  'never-wrote',
  'no-channel',
  'weekly-cap',
] as const
/** One of the reasons. */
export type SkipReason = (typeof skipReasons)[number]

/** What is done about one person: sent, not sent, or looked at again after so long. */
export type Verdict =
  | { does: 'send' }
  | { does: 'skip'; reason: SkipReason }
  | { does: 'wait'; reason: 'quiet' | 'same-day'; delayMs: number }

const dayMs = 24 * 60 * 60_000

/** Judges one person at a moment in ms; `channels` are those that the bot has. */
export function judge(
  person: Chosen,
  channels: ReadonlySet<string>,
  atMs: number,
  rates: Rates,
): Verdict {
  const { zone, lastBegunMs } = person
  const on = localDay(zone, atMs)
  const reason = findReason(person, channels, getFigure(rates, 'reminder-weekly-cap', on))
  if (reason) return { does: 'skip', reason }
  if (lastBegunMs !== undefined && localDay(zone, lastBegunMs) >= on) {
    const delayMs = dayStartMs(zone, lastBegunMs) + dayMs - atMs
    return { does: 'wait', reason: 'same-day', delayMs }
  }
  const delayMs = quietMs(zone, atMs, getFigure(rates, 'reminder-quiet', on))
  return delayMs > 0 ? { does: 'wait', reason: 'quiet', delayMs } : { does: 'send' }
}

function findReason(
  person: Chosen,
  channels: ReadonlySet<string>,
  weeklyCap: number,
): SkipReason | undefined {
  if (person.isStopped) return 'stopped'
  if (!person.hasAgreed) return 'no-consent'
  if (person.isBlocked) return 'blocked'
  if (!person.hasWritten) return 'never-wrote'
  if (!channels.has(person.channel)) return 'no-channel'
  return person.begunInWeek >= weeklyCap ? 'weekly-cap' : undefined
}
