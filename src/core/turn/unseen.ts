// An answer written before its question could be read: consent is nobody's who has not read it.
import type { Ask } from '../flow.ts'
import type { Talk } from '../session.ts'
import type { Turning } from './state.ts'
import { tellPhrase } from './tell.ts'

/** Whether only somebody who has read the question can answer it: consent, sending, cancelling. */
export function mustBeRead(talk: Talk, ask: Ask): boolean {
  return ask.exact || talk.pending?.about === 'cancel'
}

/** Says, once for each time it is asked, that the answer came first; the question is on its way. */
export function tellUnseen(turn: Turning, talk: Talk, ask: Ask) {
  const asked = talk.pending?.about ?? ask.id
  if (talk.unseen === asked) return
  talk.unseen = asked
  tellPhrase(turn, 'unseen')
}
