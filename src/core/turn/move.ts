// Moves a talk along: opens flows, keeps and forgets answers, goes on to the next question.
import type { Value } from '../answers/reading.ts'
import type { Ask, Do, End, Flow } from '../flow.ts'
import { must } from '../must.ts'
import { sayPlain } from '../phrase.ts'
import type { Talk } from '../session.ts'

import type { Turning } from './state.ts'
import { fillFlowWords, phrase, tellAsk, tellPhrase } from './tell.ts'
import { type Position, walk } from './walk.ts'

/** The flow of this name; the loader made sure that it exists. */
export function getFlow(turn: Turning, name: string): Flow {
  return must(turn.book.flows.get(name), `flow ${name}`)
}

/** Where the present talk stands. */
export function findPosition(turn: Turning, flow: Flow, talk: Talk): Position {
  const position = walk(turn, flow, talk)
  talk.version = flow.version
  return position
}

/** The flow that MENU opens. */
export const menuFlow = 'villager/start'

/**
 * Opens a flow. A talk that has answers is put aside and kept; opening a flow that was put aside
 * goes on with it. With `resumes` the talk put aside goes on by itself when this one ends.
 */
export function openFlow(turn: Turning, name: string, resumes = false, from?: Talk) {
  const { session } = turn
  if (session.talk?.flow !== name) {
    if (resumePaused(turn, name)) return
    putAside(turn, resumes)
  }
  if (name === menuFlow) tellPaused(turn)
  const flow = getFlow(turn, name)
  session.talk = {
    id: turn.now.id,
    flow: name,
    version: flow.version,
    on: turn.now.on,
    answers: answersCarried(turn, flow, from),
  }
  goOn(turn)
}

/** Opens the flow that a choice leads to; what both talks ask need not be answered again. */
export function leadOn(turn: Turning, name: string) {
  const from = turn.session.talk
  delete turn.session.talk
  openFlow(turn, name, false, from)
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

/** Keeps the present talk for later, if it has answers. */
function putAside({ session }: Turning, resumes: boolean) {
  const { talk, paused = [] } = session
  if (!talk || Object.keys(talk.answers).length === 0) return
  session.paused = [...paused.filter((one) => one.talk.flow !== talk.flow), { talk, resumes }]
  delete session.talk
}

/** Says which talk waits and how to go on with it, once in a turn. */
function tellPaused(turn: Turning) {
  const { session, replies } = turn
  const flow = turn.book.flows.get(session.paused?.at(-1)?.talk.flow ?? '')
  if (!flow) return
  const text = phrase(turn, 'paused-hint', { title: sayPlain(flow.title, session.language) })
  if (!replies.some((reply) => reply.text === text)) replies.push({ text })
}

/**
 * Goes on with the last talk that was put aside, or with that of the given flow, saying so; the
 * present talk is put aside in its place. False when there is none.
 */
export function resumePaused(turn: Turning, name?: string): boolean {
  const { session } = turn
  const known = session.paused?.filter((one) => turn.book.flows.has(one.talk.flow)) ?? []
  const next = known.findLast((one) => name === undefined || one.talk.flow === name)
  if (!next) return false
  session.paused = known.filter((one) => one !== next)
  if (session.paused.length === 0) delete session.paused
  putAside(turn, false)
  session.talk = next.talk
  const { title } = getFlow(turn, next.talk.flow)
  tellPhrase(turn, 'resumed', { title: sayPlain(title, session.language) })
  askAgain(turn)
  return true
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
  if (turn.session.paused?.at(-1)?.resumes) resumePaused(turn)
  else tellPaused(turn)
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

/** Keeps an answer; when it differs from an earlier one, what rested on that one is forgotten. */
export function setAnswer(flow: Flow, talk: Talk, ask: Ask, value: Value) {
  const before = talk.was?.step === ask.id ? talk.was.value : talk.answers[ask.id]
  talk.answers[ask.id] = value
  delete talk.was
  if (before !== undefined && before !== value) forgetWhatRestsOn(flow, talk, ask.id)
}

function forgetWhatRestsOn(flow: Flow, talk: Talk, id: string) {
  for (const ask of flow.asks.values()) {
    if (ask.id !== id && ask.restsOn.includes(id)) delete talk.answers[ask.id]
  }
}

/** Forgets one answer so that it is asked again; KEMBALI can still put it back. */
export function forgetAnswer(flow: Flow, talk: Talk, id: string) {
  const value = talk.answers[id]
  delete talk.answers[id]
  delete talk.pending
  if (value !== undefined && flow.asks.has(id)) talk.was = { step: id, value }
}
