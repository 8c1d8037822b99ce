// Keeps and forgets the answers of a talk, and with an answer whatever rested on it.
import type { Value } from '../answers/reading.ts'
import { factsRestingOn } from '../facts.ts'
import type { Ask, Flow } from '../flow.ts'
import { findAnswer, hasAnswer, withAnswer, withoutAnswer } from '../kept-answers.ts'
import type { Talk } from '../session.ts'
import type { Turning } from './state.ts'
import { listed } from './walk.ts'

/** Keeps an answer; when it differs from an earlier one, what rested on that one is forgotten. */
export function setAnswer(turn: Turning, flow: Flow, talk: Talk, ask: Ask, value: Value) {
  const isChanged = talk.was?.step === ask.id
  const before = isChanged ? talk.was?.value : findAnswer(talk.answers, ask.id)
  const seen = turn.seen?.kept === talk.answers ? turn.seen : undefined
  talk.answers = withAnswer(talk.answers, ask.id, value)
  if (seen) {
    // Added to instead of read anew, once more in every turn.
    seen.kept = talk.answers
    seen.answers[ask.id] = value
  }
  if (isChanged) delete talk.was
  if (before !== undefined && before !== value) forgetWhatRestsOn(flow, talk, ask.id)
}

/**
 * Forgets one answer so that it is asked again; KEMBALI can still put it back. One change at a
 * time: an answer that was to be changed and was not yet is put back first, or its old value were
 * lost.
 */
export function changeAnswer(flow: Flow, talk: Talk, id: string) {
  putBack(talk)
  const value = findAnswer(talk.answers, id)
  talk.answers = withoutAnswer(talk.answers, id)
  delete talk.pending
  if (value !== undefined && flow.asks.has(id)) talk.was = { step: id, value }
}

/** Puts back the answer that was to be changed; false when there is none. */
export function putBack(talk: Talk): boolean {
  if (!talk.was) return false
  talk.answers = withAnswer(talk.answers, talk.was.step, talk.was.value)
  delete talk.was
  return true
}

/** Forgets an answer and whatever rested on it: both are asked again. */
export function forgetAnswer(flow: Flow, talk: Talk, id: string) {
  if (talk.was?.step === id) delete talk.was
  if (!hasAnswer(talk.answers, id)) return
  talk.answers = withoutAnswer(talk.answers, id)
  forgetWhatRestsOn(flow, talk, id)
}

function forgetWhatRestsOn(flow: Flow, talk: Talk, id: string) {
  forgetFacts(talk, id)
  for (const ask of flow.asks.values()) {
    if (ask.id !== id && ask.restsOn.includes(id)) forgetAnswer(flow, talk, ask.id)
  }
}

/** A fact that rests on an answer is forgotten with it. */
function forgetFacts(talk: Talk, id: string) {
  if (!talk.facts) return
  const resting = factsRestingOn(id)
  const left = Object.entries(talk.facts).filter(([name]) => !resting.includes(name))
  talk.facts = Object.fromEntries(left)
}

/** Forgets what the flow no longer takes, once it has changed since the answers were checked. */
export function forgetWhatNoLongerHolds(turn: Turning, flow: Flow, talk: Talk) {
  if (talk.version === flow.version) return
  talk.version = flow.version
  // Which values are offered may have changed: they are read anew from what the person says next.
  if (talk.pending?.about === 'doubt') delete talk.pending
  for (const ask of flow.asks.values()) {
    const value = findAnswer(talk.answers, ask.id)
    if (value !== undefined && !stillHolds(turn, flow, talk, ask, value))
      forgetAnswer(flow, talk, ask.id)
    if (talk.was?.step === ask.id && !stillHolds(turn, flow, talk, ask, talk.was.value))
      delete talk.was
  }
}

function stillHolds(turn: Turning, flow: Flow, talk: Talk, ask: Ask, value: Value): boolean {
  if (value === '') return ask.optional
  if (ask.choicesFrom) return listed(turn, talk, ask.choicesFrom).some((one) => one.key === value)
  if (ask.answer !== 'choice') return turn.book.readers[ask.answer].holds(value)
  const choice = ask.choices.find((one) => one.key === value)
  if (!choice?.go) return choice !== undefined
  // A choice that leads up or out is never kept: walking it would go in circles or nowhere.
  return 'step' in choice.go && choice.go.step > flow.steps.indexOf(ask)
}
