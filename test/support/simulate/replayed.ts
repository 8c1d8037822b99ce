// Where a talk stands is where its answers lead: walked anew from the first step after every turn.
import type { Session } from '../../../src/core/session.ts'
import { NeedsFacts } from '../../../src/core/turn/needs.ts'
import { beginTurn } from '../../../src/core/turn/state.ts'
import { walk } from '../../../src/core/turn/walk.ts'
import type { Turned } from './conversation.ts'
import { demand } from './demand.ts'

/** Checks that what was asked last is what comes after the answers; throws an Error if not. */
export function checkReplayed({ result, read, facts, now }: Turned) {
  const { talk } = result.session
  const flow = talk && read.book.flows.get(talk.flow)
  // In a flow that has changed since, answers are looked at when somebody says something again.
  if (!talk?.asked || !flow || talk.version !== flow.version || flow.for !== 'villager') return
  const found = findAt(result.session, { read, facts, now })
  demand(found === undefined || found === talk.asked, 'the question is where the answers lead')
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
