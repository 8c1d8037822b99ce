// What is held about somebody, as they may see it: labelled, sensitive parts hidden.
import type { Value } from './answers/reading.ts'
import type { Book } from './book.ts'
import { must } from './must.ts'
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
  const context = {
    book,
    answers: held.answers,
    on: held.startedOn,
    language: held.language,
    facts: {},
    talkId: held.receipt,
  }
  const shown = [...flow.asks.keys()].filter(
    (id) => id in held.answers && book.phrases.has(`data-${id}`),
  )
  return Object.fromEntries(
    shown.map((id) => [id, showValue(flow, must(flow.asks.get(id), `ask ${id}`), context)]),
  )
}
