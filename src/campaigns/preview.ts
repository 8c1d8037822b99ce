// What a campaign would do now: to how many, who is left out and why, how long it takes.
import { judge } from '../core/outreach/judge.ts'
import { estimateSeconds } from '../core/outreach/pace.ts'
import { getFigure } from '../core/rates.ts'
import { localDay } from '../core/reminders/local-time.ts'
import { listAudience } from '../registry/campaign-audience.ts'
import { type ChosenPerson, readPeople } from '../registry/campaign-people.ts'
import type { Campaign } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import type { CampaignGround } from './ground.ts'

/** What would become of everybody whom a campaign is for. */
export interface Preview {
  /** Everybody it is for. */
  total: number
  /** Those who would be written to, by channel, now or when it is no longer quiet. */
  reached: Map<string, number>
  /** Those who would not, by reason. */
  left: Map<string, number>
  /** Of those who would, the ones who have to wait, by reason. */
  later: Map<string, number>
  /** How long it takes inside the limits, in seconds, the slowest channel deciding. */
  seconds: number
  /** More than the branch sends in a day. */
  isOverBudget: boolean
}

/** People judged at a time. */
const pageSize = 2_000

/** Judges everybody whom a campaign is for, at a moment in ms; writes nothing. */
export async function previewCampaign(
  tx: Tx,
  ground: CampaignGround,
  { id, audience }: Pick<Campaign, 'id' | 'audience'>,
  atMs: number,
): Promise<Preview> {
  const { book } = ground
  const on = localDay(book.branch.zone, atMs)
  const everybody = await listAudience(tx, id, audience, on)
  const preview: Preview = {
    ...{ total: everybody.length, seconds: 0, isOverBudget: false },
    ...{ reached: new Map(), left: new Map(), later: new Map() },
  }
  for (let from = 0; from < everybody.length; from += pageSize) {
    const people = await readPeople(tx, everybody.slice(from, from + pageSize), atMs)
    for (const person of people) count(preview, ground, person, atMs)
  }
  const durations = [...preview.reached].map(([channel, people]) =>
    estimateSeconds(channel, people, ground.whatsappDailyCap),
  )
  preview.seconds = Math.max(0, ...durations)
  const budget = getFigure(book.rates, 'campaign-daily-budget', on)
  preview.isOverBudget = countReached(preview) > budget
  return preview
}

function count(
  { reached, left, later }: Preview,
  { book, channels }: CampaignGround,
  person: ChosenPerson,
  atMs: number,
) {
  const zone = person.villageCode ? book.places.zone(person.villageCode) : book.branch.zone
  const verdict = judge({ ...person, zone }, channels, atMs, book.rates)
  if (verdict.does === 'skip') addOne(left, verdict.reason)
  else addOne(reached, person.channel)
  if (verdict.does === 'wait') addOne(later, verdict.reason)
}

function addOne(counts: Map<string, number>, key: string) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** How many would be written to. */
export function countReached({ reached }: Preview): number {
  return [...reached.values()].reduce((sum, one) => sum + one, 0)
}
