// What officers do about two that may be one person: make one of them, or tell them apart.
import { mergeSubmissions, tellApart } from '../../../registry/review-merge.ts'
import { findDuplicates, findReviewed, type Reviewed } from '../../../registry/review-queue.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { decide, stay } from './doing.ts'
import { filterOf, queryOf } from './filter.ts'
import { findOne, showOne } from './one.ts'

type Pair = [Reviewed, Reviewed]

/** Makes one of this and another; to the one that stays, with a way back. */
export const merge: OfficePage = (visit) =>
  withPair(visit, async (pair) => {
    const [one, other] = pair
    if (!(await areAlike(visit, pair))) return stay(visit, one, 'late')
    const done = await decide(visit, (deciding) =>
      mergeSubmissions(deciding, visit.officer.area, [one.receipt, other.receipt]),
    )
    if (done === 'late') return stay(visit, one, 'late')
    const query = queryOf(filterOf(visit), { urung: done.gone.receipt })
    return { to: `/periksa/${done.kept.receipt}${query}`, told: 'merged' }
  })

/** Keeps that this and another are two people. */
export const apart: OfficePage = (visit) =>
  withPair(visit, async ([one, other]) => {
    const done = await decide(visit, (deciding) =>
      tellApart(deciding, visit.officer.area, [one.receipt, other.receipt]),
    )
    if (done === 'late') return stay(visit, one, 'late')
    const query = queryOf(filterOf(visit), { urung: one.receipt })
    return { to: `/periksa/${one.receipt}${query}`, told: 'apart' }
  })

/** This one and the other that the form names; where that lies elsewhere, nothing is done. */
async function withPair(visit: Visit, work: (pair: Pair) => Promise<Answer>): Promise<Answer> {
  const { ground, officer, given, say } = visit
  const one = await findOne(visit)
  if (!one) return undefined
  const other = await findReviewed(ground.db.pool, ground.seal, officer.area, given('pasangan'))
  const isPair = other && other.id !== one.id
  return isPair ? work([one, other]) : showOne(visit, one, { wrong: say('office-merge-unknown') })
}

/** Only what a rule has found, or what is one already, can be made one. */
async function areAlike({ ground, officer }: Visit, [one, other]: Pair) {
  if (one.mergedInto === other.receipt || other.mergedInto === one.receipt) return true
  const found = await findDuplicates(ground.db.pool, ground.seal, officer.area, one)
  return found.some(({ receipt }) => receipt === other.receipt)
}
