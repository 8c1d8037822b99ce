// Registrations that wait, as an officer sees them in the own chat: only those of the own area.
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { hideLongNumbers } from '../core/hide.ts'
import { must } from '../core/must.ts'
import { nikDiffers } from '../core/nik.ts'
import { localDay } from '../core/reminders/local-time.ts'
import type { HeldReview, ReviewCard, ReviewQueue } from '../core/review.ts'
import { showReceipt } from '../core/text.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { isNumberTaken } from './decisions.ts'
import { countUndecided } from './office-waiting.ts'
import {
  countReviewAfter,
  everything,
  findDuplicates,
  findReviewed,
  listReview,
  type Reviewed,
  waitsForDecision,
} from './review-queue.ts'
import type { Seal } from './seal.ts'
import { lockReceipts } from './submissions.ts'
import { listOpenWords } from './tickets.ts'

/** Registrations in one list: a phone shows no more. */
const mostListed = 10

/** Where facts about registrations are looked up. */
interface Looking {
  tx: Tx
  seal: Seal
  book: Book
}

/** How many wait in an area, and the oldest of them. */
export async function listBranchReview(
  { tx, seal, book }: Looking,
  area: string,
): Promise<ReviewQueue> {
  const { count } = await countUndecided(tx, area)
  const lines = await listReview(tx, seal, area, everything, 0, mostListed)
  return {
    count,
    lines: lines.map(({ receipt, name, villageCode, reasons }) => {
      const village = book.places.find(villageCode ?? '')?.name ?? ''
      const shown = { receipt: showReceipt(receipt), name: hideLongNumbers(name) }
      return { ...shown, key: receipt, village, odd: reasons }
    }),
  }
}

/** One of them in full; that it was looked at is audited. Null when it is decided, or elsewhere. */
export async function lookAtSubmission(
  looking: Looking,
  post: { id: number; area: string },
  receipt: string,
): Promise<ReviewCard | null> {
  const { tx, seal } = looking
  const one = await findReviewed(tx, seal, post.area, receipt)
  if (!one || !waitsForDecision(one)) return null
  await appendAudit(tx, `post:${post.id}`, 'see-submission', `submission:${one.id}`)
  const twice = await findDuplicates(tx, seal, post.area, one)
  const said = await listOpenWords(tx, seal, one.addressId)
  return { ...toCard(looking.book, one), twice: twice.length, said: said.map(hideLongNumbers) }
}

/**
 * Holds a registration for the transaction that decides on it, and tells whether that is still to
 * be done; with a membership number, whether it is nobody else's.
 */
export async function holdReview(
  { tx, seal }: Looking,
  area: string,
  receipt: string,
  kpj: string | undefined,
): Promise<HeldReview> {
  await lockReceipts(tx, [receipt])
  const one = await findReviewed(tx, seal, area, receipt)
  if (!one || !waitsForDecision(one)) return 'decided'
  if (kpj === undefined) return 'free'
  return (await isNumberTaken(tx, seal, { submissionId: one.id, kpj })) ? 'taken' : 'free'
}

/** How many wait in the area that came after this one. */
export async function countReviewLeft({ tx, seal }: Looking, area: string, receipt: string) {
  const one = await findReviewed(tx, seal, area, receipt)
  return one ? countReviewAfter(tx, area, one.id) : 0
}

function toCard(book: Book, one: Reviewed): Omit<ReviewCard, 'twice' | 'said'> {
  const { answers, receipt, villageCode, way, cohort, position, createdAt } = one
  const nik = String(answers.nik ?? '')
  const sex = answers.sex === 'L' || answers.sex === 'P' ? answers.sex : undefined
  return {
    ...{ key: receipt, receipt: showReceipt(receipt) },
    ...{ name: hideLongNumbers(one.name), odd: one.reasons, way },
    village: book.places.find(villageCode ?? '')?.name ?? '',
    place: villageCode ? nameArea(book.places, villageCode) : '',
    nik: nik && must(book.readers.nik.mask, 'how a NIK is hidden')(nik),
    occupation: hideLongNumbers(String(answers.occupation ?? '')),
    ...(cohort !== null && position !== null && { cohort, position }),
    createdOn: localDay(book.branch.zone, createdAt.getTime()),
    differs: nik ? nikDiffers(nik, String(answers['birth-date']), sex) : [],
    mayAccept: one.isRecorded,
  }
}
