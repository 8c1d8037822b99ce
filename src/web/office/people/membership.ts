// What an officer decides about a membership: still active, over, not over after all, back again.
import { firstDayOf, isDay } from '../../../core/calendar.ts'
import { findEndingFault, findResumeFault } from '../../../core/endings.ts'
import { recordActive } from '../../../members/still-active.ts'
import type { Deciding } from '../../../registry/decision-rows.ts'
import {
  type Ended,
  endMembership,
  findEnding,
  reopenMembership,
  resumeMembership,
} from '../../../registry/endings.ts'
import type { Reviewed } from '../../../registry/review-queue.ts'
import { closeWageDifferences } from '../../../registry/wages.ts'
import { findOne } from '../review/one.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'
import { forgetToCheck } from './count-to-check.ts'
import { showPerson } from './person.ts'

async function decide<T>(visit: Visit, work: (deciding: Deciding) => Promise<T>): Promise<T> {
  const { db, seal, book } = visit.ground
  const done = await db.transaction((tx) => work({ tx, seal, book, actor: visit.actor }))
  forgetToCheck(visit)
  return done
}

/** Back to the person, with what became of it. */
function back({ receipt }: Reviewed, told: string): Answer {
  return { to: `/orang/${receipt}`, told }
}

function wrong(visit: Visit, one: Reviewed, id: string): Promise<Answer> {
  return showPerson(visit, one, visit.say(`office-failed-${id}`))
}

/** Records as paid what the officer has seen to be paid. */
export const confirmActive: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const { given, ground } = visit
  const [untilMonth, paidOn] = [given('sampai'), given('dibayar')]
  if (!isDay(firstDayOf(untilMonth))) return wrong(visit, one, 'paid-month-unclear')
  if (!isDay(paidOn) || paidOn > ground.clock.today()) return wrong(visit, one, 'paid-day-unclear')
  const done = await decide(visit, ({ tx }) =>
    recordActive(
      tx,
      { ...ground, actor: visit.actor },
      { submissionId: one.id, untilMonth, paidOn },
    ),
  )
  if (done === 'ended') return back(one, 'not-a-member')
  if (done === 'too-many' || done === 'no-rate') return wrong(visit, one, `paid-${done}`)
  return back(one, done.length > 0 ? 'member-active' : 'member-paid-before')
}

/** Ends the membership; the people are told after the seconds in which that can be taken back. */
export const endIt: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const { given, ground } = visit
  const ending = { reason: given('alasan'), on: given('hari') }
  const fault = findEndingFault(ground.book, ending, ground.clock.today())
  if (fault) return wrong(visit, one, fault)
  const isDone = await decide(visit, (deciding) => endMembership(deciding, one.id, ending))
  return back(one, isDone ? 'member-ended' : 'not-a-member')
}

/** It was a mistake: the membership goes on as it was. */
export const reopenIt: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const isDone = await decide(visit, (deciding) => reopenMembership(deciding, one.id))
  return back(one, isDone ? 'member-reopened' : 'not-ended')
}

/** Somebody comes back, from a month on. */
export const resumeIt: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const from = visit.given('mulai')
  const today = visit.ground.clock.today()
  const done = await decide(visit, async (deciding) => {
    const ending: Ended | undefined = await findEnding(deciding.tx, one.id)
    if (!ending) return 'not-ended'
    const fault = findResumeFault(from, ending.on, today)
    if (fault) return fault
    return (await resumeMembership(deciding, one.id, from)) ? 'member-resumed' : 'not-ended'
  })
  const isFault = done !== 'member-resumed' && done !== 'not-ended'
  return isFault ? wrong(visit, one, done) : back(one, done)
}

/** Somebody has seen to the months that were charged on another wage. */
export const seeWage: OfficePage = async (visit) => {
  const one = await findOne(visit)
  if (!one) return undefined
  const isDone = await decide(visit, ({ tx, actor }) => closeWageDifferences(tx, one.id, actor))
  return back(one, isDone ? 'wage-seen' : 'no-wage')
}
