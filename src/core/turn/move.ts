// Moves a talk along: opens flows, puts talks aside, goes on to the next question.
import type { Value } from '../answers/reading.ts'
import type { Ask, Do, End, Flow } from '../flow.ts'
import { must } from '../must.ts'
import { sayPlain } from '../phrase.ts'
import type { Paused, Talk } from '../session.ts'
import { forgetWhatNoLongerHolds } from './keep.ts'
import type { Turning } from './state.ts'
import { fillFlowWords, phrase, tellAsk, tellPhrase } from './tell.ts'
import { asksFollow, type Position, walk } from './walk.ts'

/** The flow that MENU opens and that newcomers see first. */
export const menuFlow = 'villager/start'

/** The flow of this name; the loader made sure that it exists. */
export function getFlow(turn: Turning, name: string): Flow {
  return must(turn.book.flows.get(name), `flow ${name}`)
}

/** Where the present talk stands. */
export function findPosition(turn: Turning, flow: Flow, talk: Talk): Position {
  forgetWhatNoLongerHolds(turn, flow, talk)
  return walk(turn, flow, talk)
}

/**
 * Opens a flow. A talk that has answers is put aside and kept; opening a flow that has one goes on
 * with it. With `resumes` the talk put aside goes on by itself when this one ends.
 */
export function openFlow(turn: Turning, name: string, resumes = false, from?: Talk) {
  const { talk } = turn.session
  if (talk?.flow === name) {
    if (hasAnswers(talk)) goOnWith(turn, talk)
    else begin(turn, getFlow(turn, name), from)
    return
  }
  const waiting = takeFromAside(turn, (one) => one.talk.flow === name)
  putAside(turn, resumes)
  if (waiting) goOnWith(turn, waiting.talk)
  else begin(turn, getFlow(turn, name), from)
}

/**
 * Opens the flow that a choice of `ask` leads to; what both talks ask need not be answered again.
 * That ends the present talk when nothing more is asked in it; else it is put aside.
 */
export function leadOn(turn: Turning, ask: Ask, name: string) {
  const from = must(turn.session.talk, 'a talk')
  if (!asksFollow(getFlow(turn, from.flow), ask)) delete turn.session.talk
  openFlow(turn, name, false, from)
}

function begin(turn: Turning, flow: Flow, from?: Talk) {
  const { id, on } = turn.now
  const answers = answersCarried(turn, flow, from)
  if (flow.name === menuFlow) tellPaused(turn)
  turn.session.talk = { id, flow: flow.name, version: flow.version, on, answers }
  goOn(turn)
}

/** Answers of the talk before, to questions that stand in this flow in the very same words. */
function answersCarried(turn: Turning, flow: Flow, from: Talk | undefined): Talk['answers'] {
  const before = from && turn.book.flows.get(from.flow)
  if (!from || !before) return {}
  const same = [...flow.asks.values()].filter(
    (ask) => !ask.exact && ask.version.id === before.asks.get(ask.id)?.version.id,
  )
  const carried = same.flatMap((ask) => {
    const value = from.answers[ask.id]
    return value === undefined ? [] : [[ask.id, value] as const]
  })
  return Object.fromEntries(carried)
}

function goOnWith(turn: Turning, talk: Talk) {
  turn.session.talk = talk
  const title = sayPlain(getFlow(turn, talk.flow).title, turn.session.language)
  tellPhrase(turn, 'resumed', { title })
  askAgain(turn)
}

/** Goes on with the talk that was put aside last, saying so; false when there is none. */
export function resumePaused(turn: Turning): boolean {
  const waiting = takeFromAside(turn, () => true)
  if (!waiting) return false
  putAside(turn, false)
  goOnWith(turn, waiting.talk)
  return true
}

/** Puts the present talk aside if it has answers, or if it is to go on by itself. */
function putAside(turn: Turning, resumes: boolean) {
  const { session } = turn
  const { talk } = session
  delete session.talk
  if (!talk || !turn.book.flows.has(talk.flow)) return
  if (hasAnswers(talk) || (resumes && talk.flow !== menuFlow)) {
    session.paused = [...(session.paused ?? []), { talk, resumes }]
  }
}

/** The latest talk put aside that fits and whose flow still exists, taken out. */
function takeFromAside(turn: Turning, fits: (one: Paused) => boolean): Paused | undefined {
  const all = turn.session.paused?.filter((one) => turn.book.flows.has(one.talk.flow)) ?? []
  const found = all.findLast(fits)
  const left = all.filter((one) => one !== found)
  if (left.length > 0) turn.session.paused = left
  else delete turn.session.paused
  return found
}

function hasAnswers(talk: Talk): boolean {
  return talk.was !== undefined || Object.keys(talk.answers).length > 0
}

/** Sends and does what has become due since the last answer, then asks, or ends the talk. */
export function goOn(turn: Turning) {
  const talk = must(turn.session.talk, 'a talk')
  const flow = getFlow(turn, talk.flow)
  delete talk.pending
  delete talk.tries
  const position = findPosition(turn, flow, talk)
  for (const step of position.fresh) {
    if (step.does === 'do') command(turn, flow, talk, position, step)
    else turn.replies.push({ ...attached(step), text: fillFlowWords(turn, flow, talk, step.words) })
  }
  if (position.at.does === 'ask') tellAsk(turn, flow, talk, position.at)
  else endTalk(turn, flow, talk, position.at)
}

/** Asks the present question once more. */
export function askAgain(turn: Turning) {
  const talk = must(turn.session.talk, 'a talk')
  const flow = getFlow(turn, talk.flow)
  delete talk.pending
  const { at } = findPosition(turn, flow, talk)
  if (at.does === 'ask') tellAsk(turn, flow, talk, at)
  else goOn(turn)
}

function attached(step: { picture?: string; file?: string }) {
  return { ...(step.picture && { picture: step.picture }), ...(step.file && { file: step.file }) }
}

function endTalk(turn: Turning, flow: Flow, talk: Talk, end: End) {
  const text = fillFlowWords(turn, flow, talk, end.words)
  turn.replies.push({ ...attached(end), text })
  turn.outcomes.push({ flow: flow.name, outcome: end.id })
  delete turn.session.talk
  if (turn.inbound.kind === 'press') turn.session.ended = turn.inbound.words
  turnToPaused(turn)
}

/** After a talk: goes on with the one that waits for its end, or says that one waits. */
export function turnToPaused(turn: Turning) {
  if (turn.session.paused?.at(-1)?.resumes) resumePaused(turn)
  else tellPaused(turn)
}

/** Says which talk waits and how to go on with it, once in a turn. */
function tellPaused(turn: Turning) {
  const { session, replies, book } = turn
  const waiting = session.paused?.findLast((one) => book.flows.has(one.talk.flow))
  if (!waiting) return
  const title = sayPlain(getFlow(turn, waiting.talk.flow).title, session.language)
  const text = phrase(turn, 'paused-hint', { title })
  if (!replies.some((reply) => reply.text === text)) replies.push({ text })
}

/** What some commands change in the conversation itself. */
const coreEffects: Record<string, (turn: Turning, answers: Record<string, Value>) => void> = {
  'set-language': (turn, answers) => {
    turn.session.language = String(answers.language)
  },
  'erase-data': (turn) => {
    delete turn.session.paused
  },
}

function command(turn: Turning, flow: Flow, talk: Talk, position: Position, step: Do) {
  const answers: Record<string, Value> = {}
  const wordings: Record<string, string> = {}
  for (const ask of position.road) {
    answers[ask.id] = must(talk.answers[ask.id], `answer ${ask.id}`)
    wordings[ask.id] = ask.version[turn.session.language] ?? must(ask.version.id, 'a wording')
  }
  coreEffects[step.id]?.(turn, answers)
  turn.commands.push({
    do: step.id,
    flow: flow.name,
    version: flow.version,
    talkId: talk.id,
    startedOn: talk.on,
    language: turn.session.language,
    answers,
    wordings,
  })
}
