// How far a campaign is: what became of everybody, how quickly it goes, how long it still takes.
import { estimateSeconds } from '../core/outreach/pace.ts'
import { readCampaignPace } from '../registry/campaign-list.ts'
import { type CampaignCount, countPeople } from '../registry/campaign-people.ts'
import type { Tx } from '../registry/database.ts'
import type { CampaignGround } from './ground.ts'

/** How far it is. */
export interface CampaignProgress {
  counts: CampaignCount[]
  /** Sent, delivered or read. */
  sent: number
  waiting: number
  /** Of those who wait, the ones who are left alone until a later hour or day. */
  later: number
  total: number
  /** Messages a second just now; 0 where none goes out. */
  perSecond: number
  /** How long those who need not wait for another hour still take. */
  leftSeconds: number
}

/** Messages measured before a pace is believed. */
const fewest = 20

/** Reads it from the rows. */
export async function readProgress(
  tx: Tx,
  { whatsappDailyCap }: CampaignGround,
  id: number,
): Promise<CampaignProgress> {
  const [counts, pace] = [await countPeople(tx, id), await readCampaignPace(tx, id)]
  const sum = (...states: string[]) =>
    counts.reduce((all, { state, count }) => all + (states.includes(state) ? count : 0), 0)
  const waiting = sum('chosen', 'queued')
  const perSecond = pace.seconds > 0 ? pace.sent / pace.seconds : 0
  const estimated = pace.waiting.map(({ channel, count }) =>
    estimateSeconds(channel, count, whatsappDailyCap),
  )
  const isMeasured = pace.sent >= fewest && !pace.waiting.some((one) => one.channel === 'whatsapp')
  const now = waiting - pace.later
  return {
    ...{ counts, waiting, perSecond, later: pace.later },
    sent: sum('sent', 'delivered', 'read'),
    total: counts.reduce((all, { count }) => all + count, 0),
    leftSeconds: isMeasured ? now / perSecond : Math.max(0, ...estimated),
  }
}
