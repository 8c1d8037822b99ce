// Judges a campaign drive from both ends: the rows of the program, and what Telegram saw.
import type { Database } from '../../src/registry/database.ts'
import type { FakeBotApi } from '../support/fake-bot-api.ts'
import type { Course } from './campaign.ts'

/** How every message of the campaign begins. */
export const words = 'Uji kampanye.'

/** What the bot says to whoever has said BERHENTI. */
const farewell = 'Baik. Kami tidak akan mengirim kabar'

/** After a disturbance so many ms are given it to come to its pace again. */
const calmMs = 3_000

const perSecond = 30

/** What came of it. */
export interface CampaignFigures {
  people: number
  sent: number
  failed: number
  skipped: number
  /** Said BERHENTI while it ran, and were told that nothing more comes. */
  stopped: number
  twice: number
  /** Refusals by Telegram's own count, besides those that were planned. */
  refusals: number
  mostInSecond: number
  /** Of the thirty messages a second that are allowed, while nothing disturbed it. */
  ratePercent: number
  afterPause: number
  looks: number
  kills: number
  seconds: number
  /** What should not be; empty when everybody is accounted for. */
  wrong: string[]
}

interface Judged {
  fake: FakeBotApi
  db: Database
  course: Course
  chats: number[]
}

/** Looks at everything when nobody waits any more. */
export async function judgeCampaign(
  judged: Judged,
): Promise<Omit<CampaignFigures, 'seconds' | 'kills'>> {
  const { fake, course, chats } = judged
  const rows = await countRows(judged)
  const seen = chats.map((chat) => lookAt(fake, chat))
  // Whoever has blocked the bot is counted by Telegram too.
  const counted = fake.calls.filter(({ method, status }) => {
    return method === 'sendMessage' && status !== 429
  })
  const times = counted.map(({ at }) => at).sort((one, other) => one - other)
  const twice = seen.filter(({ told }) => told > 1).length
  const mostInSecond = countMostInSecond(times)
  const figures = {
    ...{ people: chats.length, ...rows.counts, twice, mostInSecond },
    stopped: seen.filter(({ isStopped }) => isStopped).length,
    ...{ refusals: course.meter.refusals, looks: course.looks, afterPause: course.afterPause },
    ratePercent: measureRate(times, course.disturbed),
  }
  const afterStop = seen.filter(({ isToldAfterStop }) => isToldAfterStop).length
  const missed = seen.filter(({ told }) => told > 0).length - rows.counts.sent
  const wrong = [
    ...(course.uneven > 0 ? [`states did not add up ${course.uneven} times`] : []),
    ...(afterStop > 0 ? [`${afterStop} were told after the farewell`] : []),
    ...(missed < 0 ? [`${-missed} are said to be told and were not`] : []),
    ...(mostInSecond > perSecond ? [`${mostInSecond} messages in one second`] : []),
    ...(course.meter.refusals > 0 ? [`Telegram refused ${course.meter.refusals} times`] : []),
    ...(rows.waiting > 0 ? [`${rows.waiting} still wait`] : []),
    ...rows.unequal,
  ]
  return { ...figures, wrong }
}

async function countRows({ db, course, chats }: Judged) {
  const { rows } = await db.pool.query<{ state: string; count: number }>(
    `SELECT CASE WHEN state IN ('delivered', 'read') THEN 'sent' ELSE state END AS state,
            count(*) AS count FROM campaign_person WHERE campaign_id = $1 GROUP BY 1`,
    [course.campaignId],
  )
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0
  const counts = { sent: of('sent'), failed: of('failed'), skipped: of('skipped') }
  const waiting = of('chosen') + of('queued')
  const sum = counts.sent + counts.failed + counts.skipped + waiting
  return {
    ...{ counts, waiting },
    unequal: sum === chats.length ? [] : [`${sum} rows for ${chats.length} people`],
  }
}

/** What one chat has seen: how often it was told, and whether after it had been told goodbye. */
function lookAt(fake: FakeBotApi, chat: number) {
  const texts = fake
    .chat(chat)
    .replies()
    .map(({ text }) => text)
  const farewellAt = texts.findIndex((text) => text.startsWith(farewell))
  return {
    told: texts.filter((text) => text.startsWith(words)).length,
    isStopped: farewellAt >= 0,
    isToldAfterStop:
      farewellAt >= 0 && texts.findLastIndex((t) => t.startsWith(words)) > farewellAt,
  }
}

/** Most messages that Telegram got in any sliding second. */
function countMostInSecond(times: number[]): number {
  let from = 0
  let most = 0
  times.forEach((at, index) => {
    while (at - (times[from] ?? 0) >= 1_000) from += 1
    most = Math.max(most, index - from + 1)
  })
  return most
}

/** Messages a second in percent of those that are allowed, between disturbances. */
function measureRate(times: number[], disturbed: [number, number][]): number {
  const begun = times[0] ?? 0
  const ended = (times.at(-1) ?? 0) - calmMs
  const calm: [number, number][] = []
  let from = begun + 4 * calmMs
  for (const [start, end] of [...disturbed, [ended, ended] as [number, number]]) {
    if (start - from > 2 * calmMs) calm.push([from, start])
    from = end + calmMs
  }
  const seconds = calm.reduce((sum, [a, b]) => sum + (b - a) / 1_000, 0)
  const count = times.filter((at) => calm.some(([a, b]) => at >= a && at < b)).length
  return seconds === 0 ? 0 : Math.round((count / seconds / perSecond) * 1_000) / 10
}
