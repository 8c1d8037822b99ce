// Where a talk stands is where its answers lead: walked anew from the first step after every turn.
import { isDeepStrictEqual } from 'node:util'
import type { Session, Talk } from '../../../src/core/session.ts'
import { NeedsFacts } from '../../../src/core/turn/needs.ts'
import { beginTurn } from '../../../src/core/turn/state.ts'
import { walk } from '../../../src/core/turn/walk.ts'
import { answersOf } from '../answers-of.ts'
import type { Turned } from './conversation.ts'
import { demand } from './demand.ts'

/** Checks that what was asked is what comes after the answers; throws an Error if not. */
export function checkReplayed({ before, result, read, facts, now }: Turned) {
  const { talk } = result.session
  const flow = talk && read.book.flows.get(talk.flow)
  if (!talk?.asked || !flow || flow.for !== 'villager' || isUnmoved(talk, before.talk)) return
  const found = findAt(result.session, { read, facts, now })
  demand(found === undefined || found === talk.asked, 'the question is where the answers lead')
}

/** Nothing was answered or asked; or the flow has changed, and its question is still to come. */
function isUnmoved(talk: Talk, before: Talk | undefined): boolean {
  if (before?.id !== talk.id || before.asked !== talk.asked) return false
  return before.version !== talk.version || isDeepStrictEqual(answersOf(before), answersOf(talk))
}

/** The step where the talk stands; nothing where that needs a fact that nobody has looked up. */
function findAt(session: Session, { read, facts, now }: Pick<Turned, 'read' | 'facts' | 'now'>) {
  const inbound = {
    channel: '',
    address: '',
    externalId: '',
    kind: 'text',
    words: '',
    at: '',
  } as const
  const turning = beginTurn({ book: read.book, session, inbound, now, facts })
  const { talk } = turning.session
  const flow = talk && read.book.flows.get(talk.flow)
  try {
    return talk && flow && walk(turning, flow, talk).at.id
  } catch (error) {
    if (error instanceof NeedsFacts) return undefined
    throw error
  }
}
