// What the open page of one submission is told: that others have decided on it meanwhile.
import { showReceipt } from '../../../core/text.ts'
import { type Decision, findDecision } from '../../../registry/decision-rows.ts'
import { nameActor } from '../../../registry/people.ts'
import { listMergedHere } from '../../../registry/review-merge.ts'
import { findReviewed, type Reviewed, waitsForDecision } from '../../../registry/review-queue.ts'
import { showMoment } from '../moments.ts'
import type { News } from '../stream.ts'
import type { Visit } from '../visit.ts'

/** The stream about a submission; what the page has shown goes along, so that news are news. */
export function reviewStream(one: Reviewed, decision: Decision | undefined, here: string[]) {
  const known = {
    ...{ sejak: String(decision?.id ?? 0), menyatu: String(here.length) },
    ...(waitsForDecision(one) && { menunggu: 'ya' }),
  }
  const about = { tentang: 'periksa', nomor: one.receipt, ...known }
  return `/kantor/kabar?${new URLSearchParams(about)}`
}

/** What became of a submission since its page was made, and whether it can still be decided on. */
export async function readReview(visit: Visit, receipt: string): Promise<News> {
  const { ground, officer, asked, say } = visit
  const { pool } = ground.db
  const one = await findReviewed(pool, ground.seal, officer.area, receipt)
  if (!one) return { words: { new: say('office-news-withdrawn') }, isOver: true }
  const isOver = asked('menunggu') !== '' && !waitsForDecision(one)
  return { words: { new: await sayNews(visit, one, isOver) }, isOver }
}

async function sayNews(visit: Visit, { id }: Reviewed, isOver: boolean): Promise<string> {
  const { ground, asked, say } = visit
  const { pool } = ground.db
  const [decision, here] = await Promise.all([findDecision(pool, id), listMergedHere(pool, id)])
  const [known, newest] = [Number(asked('sejak')), decision?.id ?? 0]
  if (decision && newest > known) return sayDecision(visit, decision)
  if (isOver) return say('office-news-over')
  if (newest < known) return say('office-news-undone')
  const receipt = here.at(-1)
  if (receipt === undefined || here.length <= Number(asked('menyatu'))) return ''
  return say('office-merged-here', { receipt: showReceipt(receipt) })
}

/** Who decided what on a submission, and when. */
export async function sayDecision({ say, ground }: Visit, decision: Decision): Promise<string> {
  const { db, seal, book } = ground
  const name = await nameActor(db.pool, seal, decision.actor)
  const at = showMoment(decision.decidedAt, book.branch.zone)
  const other = decision.other === null ? '' : showReceipt(decision.other)
  return say(`office-decided-${decision.kind}`, { name, at, other })
}
