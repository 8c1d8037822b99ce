// What is told to pages that are open: what waits, what is new, what was said in a talk.
import {
  findOpenTicket,
  listOpenTickets,
  type OpenTicket,
} from '../../../registry/conversations.ts'
import { countNewer } from '../../../registry/office-waiting.ts'
import { nameActor } from '../../../registry/people.ts'
import { findReviewed } from '../../../registry/review-queue.ts'
import { countCampaigns } from '../campaigns/list.ts'
import { readMachine } from '../machine-state.ts'
import { showCount } from '../moments.ts'
import { readReview } from '../review/news.ts'
import { countToReview } from '../review/queue.ts'
import { type News, streamNews } from '../stream.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { conversationCells, countWaiting, mostListed, readLines } from './conversations.ts'
import { sayWaiting } from './today.ts'

type Read = (visit: Visit) => Promise<News>

/** By what the address says it is about. */
const readers: Record<string, Read> = {
  mesin: async ({ ground, say }) => {
    const { lead, parts } = await readMachine(ground, say)
    return { words: { lead }, states: parts }
  },
  'hari-ini': async (visit) => ({
    words: { ...(await sayWaiting(visit)), ...(await badges(visit)) },
  }),
  periksa: async (visit) => {
    const count = await countNew(visit, 'submissions')
    return { words: { new: sayNew(visit, 'office-news-review', count), ...(await badges(visit)) } }
  },
  percakapan: readTalks,
}

/** The stream about one page. */
export const newsPage: OfficePage = async (visit) => {
  const about = visit.asked('tentang')
  const readsOne = visit.asked('nomor') !== '' && (about === 'percakapan' || about === 'periksa')
  const read = readsOne ? await findReader[about](visit) : readerOf(about)
  return read && { response: streamNews(visit, () => read(visit)) }
}

function readerOf(about: string): Read | undefined {
  return Object.hasOwn(readers, about) ? readers[about] : undefined
}

/** Of one thing in a list; there is nothing to tell of those of other areas. */
const findReader = {
  percakapan: async ({ ground, officer, asked }: Visit): Promise<Read | undefined> => {
    const id = Number(asked('nomor'))
    const find = async () =>
      Number.isSafeInteger(id)
        ? findOpenTicket(ground.db.pool, ground.seal, officer.area, id)
        : undefined
    const ticket = await find()
    return ticket && (async (visit) => readTalk(visit, ticket, await find()))
  },
  periksa: async ({ ground, officer, asked }: Visit): Promise<Read | undefined> => {
    const receipt = asked('nomor')
    const one = await findReviewed(ground.db.pool, ground.seal, officer.area, receipt)
    return one && ((visit) => readReview(visit, receipt))
  },
}

/** The numbers in the menu. */
async function badges(visit: Visit): Promise<Record<string, string>> {
  const [review, talks, campaigns] = await Promise.all([
    countToReview(visit),
    countWaiting(visit),
    countCampaigns(visit),
  ])
  const show = (count: number) => (count > 0 ? showCount(count) : '')
  return {
    ...{ 'office-menu-review': show(review), 'office-menu-talks': show(talks) },
    'office-campaigns': show(campaigns),
  }
}

function countNew({ asked, ground, officer }: Visit, kind: Parameters<typeof countNewer>[2]) {
  const since = Number(asked('sejak'))
  const after = Number.isSafeInteger(since) && since > 0 ? since : 0
  return countNewer(ground.db.pool, officer.area, kind, after)
}

function sayNew({ say }: Visit, id: string, count: number): string {
  return count > 0 ? say(id, { count: showCount(count) }) : ''
}

/** Of those in the list: since when they wait and who has them; and how many more there are. */
async function readTalks(visit: Visit): Promise<News> {
  const { ground, officer } = visit
  const { pool } = ground.db
  const [open, count] = await Promise.all([
    listOpenTickets(pool, ground.seal, officer.area, mostListed),
    countNew(visit, 'tickets'),
  ])
  const cells = await conversationCells(visit, open)
  const words: Record<string, string> = { new: sayNew(visit, 'office-news-talks', count) }
  for (const { id, since, holder } of cells) {
    words[`since-${id}`] = since
    words[`holder-${id}`] = holder
  }
  return { words: { ...words, ...(await badges(visit)) } }
}

/** The lines of one talk; and that somebody else has it by now, or that it is over. */
async function readTalk(
  visit: Visit,
  before: OpenTicket,
  now: OpenTicket | undefined,
): Promise<News> {
  const { say, ground, actor, asked } = visit
  const lines = await readLines(visit, before)
  if (!now) return { words: { new: say('office-talk-over') }, lines }
  const isOthers = ![asked('pemegang'), actor, ''].includes(now.heldBy)
  const name = isOthers ? await nameActor(ground.db.pool, ground.seal, now.heldBy) : ''
  return { words: { new: isOthers ? say('office-talk-now-held', { name }) : '' }, lines }
}
