// Moves a talk along: opens flows, puts talks aside, goes on to the next question.
import type { Value } from '../answers/reading.ts'
import type { Ask, End, Flow, Say } from '../flow.ts'
import {
  isUnanswered,
  type KeptAnswers,
  keepAnswers,
  noAnswers,
  readAnswers,
} from '../kept-answers.ts'
import type { Outbound } from '../message.ts'
import { must } from '../must.ts'
import { sayPlain } from '../phrase.ts'
import { menuOf } from '../roles.ts'
import type { Paused, Talk } from '../session.ts'
import { findPost, type Gate, gateOf } from './gate.ts'
import { handOver } from './hand-over.ts'
import { forgetWhatNoLongerHolds } from './keep.ts'
import type { Turning } from './state.ts'
import { fillFlowWords, phrase, tellAsk, tellPhrase } from './tell.ts'
import { asksFollow, type Position, walk } from './walk.ts'

/** The flow that newcomers see first, and that MENU opens for whoever has no post. */
export const menuFlow = 'villager/start'

/** The flow in which somebody who was idle types their PIN. */
const unlockFlow = 'official/unlock'

/** The flow of this name; the loader made sure that it exists. */
export function getFlow(turn: Turning, name: string): Flow {
  return turn.book.flows.get(name) ?? must(null, `flow ${name}`)
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
  const flow = getFlow(turn, name)
  if (isShutOut(turn, flow)) return
  if (talk?.flow === name) {
    if (hasAnswers(talk)) goOnWith(turn, talk)
    else begin(turn, flow, from)
    return
  }
  const waiting = takeFromAside(turn, (one) => one.talk.flow === name)
  putAside(turn, resumes)
  if (waiting) goOnWith(turn, waiting.talk)
  else begin(turn, flow, from)
}

/** Opens the menu of the person's post; the villagers' where they have none, or no longer. */
export function openMenu(turn: Turning) {
  const flow = turn.session.menu && turn.book.flows.get(turn.session.menu)
  if (!flow || gateOf(turn, flow) !== 'open') {
    delete turn.session.menu
    openFlow(turn, menuFlow)
  } else openFlow(turn, flow.name)
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
  const talk = { id, flow: flow.name, version: flow.version, on, answers }
  if (!unlockFirst(turn, flow, talk)) return
  if (isMenu(flow.name)) tellPaused(turn)
  turn.session.talk = talk
  goOn(turn)
}

/** Opens the flow with some answers given already, such as the code in a link. */
export function openWith(turn: Turning, name: string, given: Record<string, Value>) {
  const flow = getFlow(turn, name)
  if (isShutOut(turn, flow)) return
  putAside(turn, false)
  takeFromAside(turn, (one) => one.talk.flow === name)
  const { id, on } = turn.now
  const answers = keepAnswers(given)
  const talk = { id, flow: name, version: flow.version, on, answers }
  if (!unlockFirst(turn, flow, talk)) return
  turn.session.talk = talk
  goOn(turn)
}

/** Says why the person may not have this flow, and goes on where they were; false when they may. */
function isShutOut(turn: Turning, flow: Flow): boolean {
  const gate = gateOf(turn, flow)
  if (gate !== 'refused' && gate !== 'shut') return false
  const { talk } = turn.session
  tellPhrase(turn, gate === 'shut' ? 'pin-shut' : 'not-yours')
  if (talk && turn.book.flows.has(talk.flow)) askAgain(turn)
  return true
}

/**
 * Opens what a job has made ready, `flow` or `flow ask=value`; somebody amid another talk is told
 * the words that open it. It begins anew: what was answered in it before was said of what stood
 * there before.
 */
export function openReady(turn: Turning, words: string) {
  const [name = '', ...given] = words.split(' ')
  const flow = turn.book.flows.get(name)
  if (!flow) return
  takeFromAside(turn, (one) => one.talk.flow === name)
  const { talk } = turn.session
  if (talk && talk.flow !== name && !isMenu(talk.flow) && hasAnswers(talk)) {
    const { language } = turn.session
    const word = flow.opensAs[language] ?? flow.opensAs.id ?? ''
    const title = sayPlain(flow.title, language)
    tellPhrase(turn, 'ready-elsewhere', { title, word: word.toUpperCase() })
  } else openWith(turn, name, Object.fromEntries(given.map((one) => one.split('='))))
}

/** Answers of the talk before, to questions that stand in this flow in the very same words. */
function answersCarried(turn: Turning, flow: Flow, from: Talk | undefined): KeptAnswers {
  const before = from && turn.book.flows.get(from.flow)
  // What officials were told about others is nothing that they said of themselves.
  if (!from || !before || before.for !== flow.for) return noAnswers
  const same = [...flow.asks.values()].filter(
    (ask) => !ask.exact && ask.version.id === before.asks.get(ask.id)?.version.id,
  )
  const given = readAnswers(from.answers)
  const carried = same.flatMap((ask) => {
    const value = given[ask.id]
    return value === undefined ? [] : [[ask.id, value] as const]
  })
  return keepAnswers(Object.fromEntries(carried))
}

function goOnWith(turn: Turning, talk: Talk) {
  const flow = getFlow(turn, talk.flow)
  if (!unlockFirst(turn, flow, talk)) return
  turn.session.talk = talk
  const title = sayPlain(flow.title, turn.session.language)
  tellPhrase(turn, 'resumed', { title })
  askAgain(turn)
}

/**
 * Whether the talk may go on now. Where the PIN is due it waits until that was typed; where it was
 * wrong too often it waits for a new invite.
 */
function unlockFirst(turn: Turning, flow: Flow, talk: Talk): boolean {
  const gate = gateOf(turn, flow)
  if (gate === 'open' && flow.for !== 'villager') {
    turn.session.menu = menuOf(must(findPost(turn), 'a post').role)
  }
  if (gate === 'open') return true
  delete turn.session.talk
  leaveBarred(turn, gate, talk)
  return false
}

/** Does what is to be done with a talk that its person may not go on with as things stand. */
export function leaveBarred(turn: Turning, gate: Exclude<Gate, 'open'>, talk: Talk) {
  const { session } = turn
  if (gate === 'refused') {
    delete session.menu
    takeFromAside(turn, () => false)
    tellPhrase(turn, 'not-yours')
    tellPaused(turn)
    return
  }
  session.paused = [...(session.paused ?? []), { talk, resumes: gate === 'locked' }]
  if (gate === 'shut') {
    tellPhrase(turn, 'pin-shut')
    return
  }
  takeFromAside(turn, (one) => one.talk.flow === unlockFlow)
  begin(turn, getFlow(turn, unlockFlow))
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
  if (hasAnswers(talk) || (resumes && !isMenu(talk.flow))) {
    session.paused = [...(session.paused ?? []), { talk, resumes }]
  }
}

/** The latest talk put aside that fits, taken out. */
function takeFromAside(turn: Turning, fits: (one: Paused) => boolean): Paused | undefined {
  const all = listPaused(turn)
  const found = all.findLast(fits)
  const left = all.filter((one) => one !== found)
  if (left.length > 0) turn.session.paused = left
  else delete turn.session.paused
  return found
}

/** The talks put aside whose flow still exists and whose person may still have them. */
function listPaused(turn: Turning): Paused[] {
  return (turn.session.paused ?? []).filter((one) => {
    const flow = turn.book.flows.get(one.talk.flow)
    return flow && gateOf(turn, flow) !== 'refused'
  })
}

function isMenu(name: string): boolean {
  return name.endsWith('/start')
}

/** Whether something was answered in it: else it is as good as new. */
export function hasAnswers(talk: Talk): boolean {
  return talk.was !== undefined || !isUnanswered(talk.answers)
}

/**
 * Sends and does what has become due since the last answer, then asks, or ends the talk. `from` is
 * where the talk stood when nothing but that question was answered since.
 */
export function goOn(turn: Turning, from?: Position) {
  const talk = must(turn.session.talk, 'a talk')
  const flow = getFlow(turn, talk.flow)
  if (talk.pending) delete talk.pending
  if (talk.tries) delete talk.tries
  const position = from ? walk(turn, flow, talk, from) : findPosition(turn, flow, talk)
  for (const step of position.fresh) {
    if (step.does === 'do') handOver(turn, flow, talk, step)
    else tellStep(turn, flow, talk, step)
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

/** Sends the words of a step with what goes with them. */
function tellStep(turn: Turning, flow: Flow, talk: Talk, { words, picture, file }: Say | End) {
  const reply: Outbound = { text: fillFlowWords(turn, flow, talk, words) }
  if (picture) reply.picture = picture
  if (file) reply.file = file
  turn.replies.push(reply)
}

function endTalk(turn: Turning, flow: Flow, talk: Talk, end: End) {
  tellStep(turn, flow, talk, end)
  turn.endedAt = turn.replies.length - 1
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
  const waiting = listPaused(turn).at(-1)
  if (!waiting) return
  const title = sayPlain(getFlow(turn, waiting.talk.flow).title, turn.session.language)
  const text = phrase(turn, 'paused-hint', { title })
  if (!turn.replies.some((reply) => reply.text === text)) turn.replies.push({ text })
}
