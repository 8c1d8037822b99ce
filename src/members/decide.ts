// What the branch decides about submissions, and telling the people: one place, whoever decides.

import type { BranchDesk } from '../branch-desk.ts'
import type { Book } from '../core/book.ts'
import { sayPhrase } from '../core/phrase.ts'
import type { Tx } from '../registry/database.ts'
import {
  type IssuedNumber,
  listTold,
  type Refusal,
  recordMemberships,
  refuseSubmissions,
  type ToldSubmission,
} from '../registry/decisions.ts'
import { queueNotices } from '../registry/notices.ts'
import { submissionNotice } from '../registry/submission-notices.ts'

/** Who decides; what many are told at once waits for a decent hour where they live. */
interface Deciding extends Omit<BranchDesk, 'db'> {
  isForMany?: boolean
}

/** Registers people with their numbers and tells them; gives the submissions that were waiting. */
export async function registerMembers(tx: Tx, desk: Deciding, issued: IssuedNumber[]) {
  const done = await recordMemberships(tx, desk.seal, issued, desk.actor)
  const kpjOf = new Map(issued.map(({ submissionId, kpj }) => [submissionId, kpj]))
  await tell(tx, desk, done, 'enrolment-registered', ({ id }) => ({ kpj: kpjOf.get(id) ?? '' }))
  return done
}

/** Refuses people and tells them why, in their language; gives the submissions that were open. */
export async function refuseMembers(tx: Tx, desk: Deciding, refusals: Refusal[]) {
  const done = await refuseSubmissions(tx, refusals, desk.actor)
  const reasonOf = new Map(refusals.map(({ submissionId, reason }) => [submissionId, reason]))
  await tell(tx, desk, done, 'enrolment-refused', ({ id, language }) => ({
    reason: sayPhrase(desk.book, language, `reason-${reasonOf.get(id)}`),
  }))
  return done
}

/** One message for each submission and notice, however often this is done. */
async function tell(
  tx: Tx,
  { seal, book, isForMany }: Deciding,
  ids: Set<number>,
  notice: string,
  fillsOf: (one: ToldSubmission) => Record<string, string>,
) {
  if (ids.size === 0) return
  const all = await listTold(tx, [...ids])
  // Of many at once an official is told in one message, when all of them are known.
  const told = isForMany ? all.filter(({ isByOthers }) => !isByOthers) : all
  await queueNotices(
    tx,
    seal,
    told.map((one) => {
      const made = submissionNotice(book, one, notice, fillsOf(one))
      return isForMany ? { ...made, zone: zoneOf(book, one) } : made
    }),
  )
}

function zoneOf({ places, branch }: Book, { villageCode }: ToldSubmission): string {
  return villageCode ? places.zone(villageCode) : branch.zone
}
