// One person talked at two addresses: what is remembered of the one conversation they become.
import { isUnanswered } from './kept-answers.ts'
import type { Paused, Session } from './session.ts'

/**
 * The session that was used last, or the other one when only that has a talk. A talk of the other
 * in which something was answered already is put aside, so that the person can go on with it.
 */
export function joinSessions(last: Session, other: Session): Session {
  if (!last.talk && other.talk) {
    return { ...joinSessions(other, last), language: last.language }
  }
  const left: Paused[] =
    other.talk && !isUnanswered(other.talk.answers) ? [{ talk: other.talk, resumes: false }] : []
  const byFlow = new Map<string, Paused>()
  for (const one of [...(other.paused ?? []), ...left, ...(last.paused ?? [])]) {
    if (one.talk.flow !== last.talk?.flow) byFlow.set(one.talk.flow, one)
  }
  const { paused: _, ...joined } = last
  return byFlow.size > 0 ? { ...joined, paused: [...byFlow.values()] } : joined
}
