// What officers do on Periksa: accept, refuse, ask, try again, take back, look at what is hidden.
import { fold } from '../../../core/answers/normalise.ts'
import { isKpj, kpjDigits } from '../../../core/kpj.ts'
import type { Deciding } from '../../../registry/decision-rows.ts'
import { noteLimited } from '../../../registry/hourly.ts'
import {
  acceptSubmission,
  askPerson,
  refuseForReason,
  retrySubmission,
} from '../../../registry/review-decisions.ts'
import { findNeighbours, type Reviewed } from '../../../registry/review-queue.ts'
import { undoDecision } from '../../../registry/review-undo.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { revealReasons } from './actions.ts'
import { filterOf, queryOf } from './filter.ts'
import { findOne, showOne } from './one.ts'

/** Does the work of a decision in one transaction, under the name of whoever visits. */
export function decide<T>(
  { ground, actor }: Visit,
  work: (deciding: Deciding) => Promise<T>,
): Promise<T> {
  const { db, seal, book } = ground
  return db.transaction((tx) => work({ tx, seal, book, actor }))
}

/** To the next of the same filter, with a way back; to the queue when there is none. */
async function goOn(visit: Visit, one: Reviewed, told: string): Promise<Answer> {
  const filter = filterOf(visit)
  const { next } = await findNeighbours(visit.ground.db.pool, visit.officer.area, filter, one.id)
  const query = queryOf(filter, { urung: one.receipt })
  return { to: `/periksa${next ? `/${next}` : ''}${query}`, told }
}

/** Stays with this one and says what became of it. */
export function stay(visit: Visit, one: Reviewed, told: string): Answer {
  return { to: `/periksa/${one.receipt}${queryOf(filterOf(visit))}`, told }
}

/** Records the membership number. */
export const accept: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const kpj = visit.given('kpj').replace(/[\s.-]/g, '')
  const wrong = (id: string) =>
    showOne(visit, one, {
      wrong: visit.say(id, { digits: String(kpjDigits) }),
      typed: visit.given('kpj').slice(0, 20),
    })
  if (!isKpj(kpj)) return wrong('office-kpj-odd')
  const done = await decide(visit, (deciding) => acceptSubmission(deciding, one, kpj))
  if (done === 'taken') return wrong('office-kpj-taken')
  return done === 'done' ? goOn(visit, one, 'accepted') : stay(visit, one, 'late')
}

/** Refuses for a reason from the list, said in its words or in the officer's own. */
export const refuse: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const { say, given, ground } = visit
  const reason = given('alasan')
  const words = given('kata').trim().slice(0, 300)
  if (!ground.book.phrases.has(`reason-${reason}`)) {
    return showOne(visit, one, { wrong: say('office-refuse-unknown') })
  }
  // Words of one's own are no reason from the list, whichever of them stood there.
  const refusal = words ? { reason: 'other', words } : { reason }
  const done = await decide(visit, (deciding) => refuseForReason(deciding, one, refusal))
  return done === 'done' ? goOn(visit, one, 'refused') : stay(visit, one, 'late')
}

/** Sends a question; the submission waits on. */
export const ask: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const question = visit.given('kata').trim().slice(0, 500)
  if (fold(question) === '') return showOne(visit, one, { wrong: visit.say('office-ask-empty') })
  await decide(visit, (deciding) => askPerson(deciding, one, question))
  return stay(visit, one, 'asked')
}

/** Has the program try to record it once more. */
export const retry: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const isDone = await decide(visit, (deciding) => retrySubmission(deciding, one))
  if (isDone) visit.ground.ring('submit-enrolment', {})
  return isDone
    ? { to: `/periksa${queryOf(filterOf(visit))}`, told: 'retried' }
    : stay(visit, one, 'late')
}

/** Takes one's own decision back. */
export const undo: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const isDone = await decide(visit, (deciding) => undoDecision(deciding, one))
  return stay(visit, one, isDone ? 'undone' : 'undo-late')
}

/** Shows what is hidden, after the PIN, for a reason that the audit keeps. */
export const reveal: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const { say, given, actor, ground } = visit
  const reason = revealReasons.find((each) => each === given('mengapa'))
  if (!reason) return showOne(visit, one, { wrong: say('office-reveal-unknown') })
  const looked = { actor, subject: `submission:${one.id}`, detail: { reason } }
  const isNoted = await ground.db.transaction((tx) =>
    noteLimited(tx, { action: 'reveal-submission', ...looked }),
  )
  return showOne(
    visit,
    one,
    isNoted ? { isRevealed: true } : { wrong: say('office-reveal-enough') },
  )
}
