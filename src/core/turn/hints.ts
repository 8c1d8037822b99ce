// The one kind answer to what nobody here can read or hear, and not each time.
import { callHintEverySeconds, hintEverySeconds } from '../limits.ts'
import type { Turning } from './state.ts'
import { tellPhrase } from './tell.ts'

/** One kind answer to what cannot be read, and not one for each photo of an album. */
export function hint(turn: Turning, id: string) {
  const { hintedAt } = turn.session
  if (hintedAt !== undefined && turn.now.second - hintedAt < hintEverySeconds) return
  turn.session.hintedAt = turn.now.second
  tellPhrase(turn, id)
}

/** Answers somebody who rang, and not each time. */
export function declineCall(turn: Turning) {
  const { calledAt } = turn.session
  if (calledAt !== undefined && turn.now.second - calledAt < callHintEverySeconds) return
  turn.session.calledAt = turn.now.second
  tellPhrase(turn, 'kind-call')
}
