// What is held about somebody, as they may see it: labelled, sensitive parts hidden.
import type { Value } from './answers/reading.ts'
import type { Book } from './book.ts'
import { must } from './must.ts'
import { sayPhrase } from './phrase.ts'
import { showValue } from './text.ts'

/** A submission as far as its sender may see it again. */
export interface HeldSubmission {
  receipt: string
  flow: string
  language: string
  /** `YYYY-MM-DD` */
  startedOn: string
  answers: Record<string, Value>
}

/** What people told us, by step id, each as they read it; only what has a name in phrases.yaml. */
export function showHeldAnswers(book: Book, held: HeldSubmission): Record<string, string> {
  const flow = book.flows.get(held.flow)
  if (!flow) return {}
  const context = contextOf(book, held)
  const shown = [...flow.asks.keys()].filter(
    (id) => id in held.answers && book.phrases.has(`data-${id}`),
  )
  return Object.fromEntries(
    shown.map((id) => [id, showValue(flow, must(flow.asks.get(id), `ask ${id}`), context)]),
  )
}

function contextOf(book: Book, { answers, startedOn, language, receipt }: HeldSubmission) {
  return { book, answers, on: startedOn, language, facts: {}, talkId: receipt }
}

/** One answer as officers read it. */
export interface ShownAnswer {
  /** The step that asked for it. */
  id: string
  label: string
  shown: string
  /** Its middle is hidden, or would be where it is shown in full. */
  isSensitive: boolean
}

/** Every answer that has a name in phrases.yaml; sensitive ones in full only when `isRevealed`. */
export function showAllAnswers(book: Book, held: HeldSubmission, isRevealed: boolean) {
  // What villages send as a list has no talk of its own: its answers are those of a registration.
  const flow = must(book.flows.get(held.flow) ?? book.flows.get('villager/enrol'), 'a flow')
  const context = contextOf(book, { ...held, language: 'id' })
  const asks = [...flow.asks.values()].filter(
    ({ id }) => id in held.answers && book.phrases.has(`answer-${id}`),
  )
  return asks.map((ask): ShownAnswer => {
    const isSensitive = ask.sensitive === true
    const shown = showValue(flow, isRevealed ? { ...ask, sensitive: false } : ask, context)
    return { id: ask.id, label: sayPhrase(book, 'id', `answer-${ask.id}`), shown, isSensitive }
  })
}
