// One turn of a conversation: what somebody sent goes in, replies and commands come out. Pure.
import { foldWhole } from './answers/normalise.ts'
import type { Book } from './book.ts'
import type { Ask, Flow } from './flow.ts'
import { findAnswer, noAnswers } from './kept-answers.ts'
import { maxMessagesPerMinute, maxWordsLength } from './limits.ts'
import type { Inbound } from './message.ts'
import { must } from './must.ts'
import type { Session, Talk } from './session.ts'
import { Barred } from './turn/gate.ts'
import { hearCancel, hearChange, sayGlobal } from './turn/globals.ts'
import { hearAnswer, hearDoubt, takeChoice, tellWrong } from './turn/hear.ts'
import { declineCall, hint } from './turn/hints.ts'
import { forgetAnswer } from './turn/keep.ts'
import {
  askAgain,
  findPosition,
  getFlow,
  leaveBarred,
  menuFlow,
  openFlow,
  openMenu,
  openReady,
} from './turn/move.ts'
import { NeedsFacts } from './turn/needs.ts'
import { takeOfficer } from './turn/officer.ts'
import {
  findGlobal,
  findOpened,
  findQuestion,
  openAnother,
  openCode,
  openFile,
  openLink,
  saysNothing,
} from './turn/openings.ts'
import { deleteFromChat, noteForbidden, refuseInChat, takePage } from './turn/page.ts'
import {
  beginTurn,
  type Given,
  giveBack,
  type Now,
  type Turning,
  type TurnResult,
} from './turn/state.ts'
import { fillFlowWords, isOnPage, listChoices, splitPress, tellPhrase } from './turn/tell.ts'
import { mustBeRead, tellUnseen } from './turn/unseen.ts'

/**
 * Takes one message. The session may be new (no talk yet). Facts that the registry was asked for by
 * an earlier call's `needs` are given back in `facts`; while `needs` is not empty, nothing else of
 * the result counts. The session given is not changed.
 */
export function turn(
  book: Book,
  session: Session,
  inbound: Inbound,
  now: Now,
  facts: Record<string, unknown> = {},
): TurnResult {
  const given = { book, session, inbound, now, facts }
  try {
    return giveBack(takeOrLeave(given))
  } catch (error) {
    if (!(error instanceof NeedsFacts)) throw error
    const none = { replies: [], endedAt: null, commands: [], outcomes: [], backs: [] }
    const flags = { hushed: false, forOfficer: false }
    return { session, ...none, ...flags, needs: error.facts, needingAnswers: error.answers }
  }
}

/** Takes the message; where the talk it belongs to is barred to the person, nothing of it counts. */
function takeOrLeave(given: Given): Turning {
  const turning = beginTurn(given)
  try {
    take(turning)
    return turning
  } catch (error) {
    if (!(error instanceof Barred)) throw error
    const left = beginTurn(given)
    const talk = must(left.session.talk, 'the talk that is barred')
    delete left.session.talk
    leaveBarred(left, error.gate, talk)
    if (given.book.flows.get(talk.flow)?.asks.get(talk.asked ?? '')?.sensitive) deleteFromChat(left)
    return left
  }
}

function take(turn: Turning) {
  if (turn.inbound.kind === 'open') {
    openReady(turn, turn.inbound.words)
    return
  }
  noteForbidden(turn)
  if (takeOfficer(turn) || tooMany(turn) || endedAlready(turn)) return
  const { kind, words } = turn.inbound
  if (kind === 'press') takePress(turn)
  else if (kind === 'start') takeStart(turn)
  else if (kind === 'call') declineCall(turn)
  else if (kind === 'page') takePage(turn)
  else if (kind === 'document') takeDocument(turn)
  else if (kind !== 'text' && kind !== 'phone') hint(turn, `kind-${kind}`)
  else if (words.length > maxWordsLength) tellPhrase(turn, 'kind-long')
  else if (saysNothing(turn)) tellPhrase(turn, 'kind-empty')
  else takeWords(turn)
}

/** A second tap on the button that ended a talk a moment ago: heard once, answered once. */
function endedAlready({ session, inbound }: Turning): boolean {
  if (inbound.kind === 'press' && inbound.words === session.ended) return true
  if (session.ended) delete session.ended
  return false
}

/** Counts the messages of this minute; the first one too many is told, the rest are not. */
function tooMany(turn: Turning): boolean {
  const minute = Math.floor(turn.now.second / 60)
  const { pace } = turn.session
  const count = pace?.[0] === minute ? pace[1] + 1 : 1
  turn.session.pace = [minute, count]
  if (count === maxMessagesPerMinute + 1) tellPhrase(turn, 'slow-down')
  return count > maxMessagesPerMinute
}

/** A file answers the question for one, or opens the flow that files are for. */
function takeDocument(turn: Turning) {
  const { talk } = turn.session
  const flow = talk && turn.book.flows.get(talk.flow)
  const isAsked = flow?.asks.get(talk?.asked ?? '')?.answer === 'document'
  if (talk && flow && isAsked) takeReply(turn, flow, talk, undefined)
  else if (!openFile(turn)) hint(turn, 'kind-document')
}

function takeStart(turn: Turning) {
  const { words } = turn.inbound
  if (openLink(turn, words)) return
  const opened = words && findOpened(turn)
  if (opened) openFlow(turn, opened.name)
  else openMenu(turn)
}

function takeWords(turn: Turning) {
  const { talk } = turn.session
  const word = findGlobal(turn)
  const opened = turn.inbound.words.startsWith('/') && findOpened(turn)
  if (opened && !word) {
    openFlow(turn, opened.name)
    return
  }
  if (!talk) {
    if (word) sayGlobal(turn, word)
    else takeOpening(turn)
    return
  }
  const flow = turn.book.flows.get(talk.flow)
  if (!flow) {
    delete turn.session.talk
    takeOpening(turn)
    return
  }
  takeReply(turn, flow, talk, word)
}

function takeReply(turn: Turning, flow: Flow, talk: Talk, word: string | undefined) {
  if (monthTurned(turn, flow, talk)) return
  turn.stood = findPosition(turn, flow, talk)
  const { at } = turn.stood
  if (at.does !== 'ask') askAgain(turn)
  else if (!word && turn.now.unseen && mustBeRead(talk, at)) {
    if (!takeAside(turn, flow, talk)) tellUnseen(turn, talk, at)
  } else if (hearPending(turn, flow, talk, at)) return
  else if (word && !namesChoice(turn, at)) sayGlobal(turn, word)
  else if (talk.pending?.about === 'change') sayGlobal(turn, 'ubah')
  else if (talk.pending?.about === 'cancel') sayGlobal(turn, 'batal')
  // A flow that was edited meanwhile may stand at a question that nobody has seen yet.
  else if (talk.asked !== at.id) askAgain(turn)
  // Nobody is called DATA SAYA, and nobody's work is PERIKSA DAFTAR.
  else if (takesAnyWords(turn, at) && openAnother(turn, flow)) return
  else if (isOnPage(turn, at)) {
    if (!takeAside(turn, flow, talk)) refuseInChat(turn, flow, talk, at)
  } else {
    const wrong = hearAnswer(turn, flow, talk, at)
    // HARI INI opens a flow too; said to be a day to come, it is a day that cannot be taken.
    const isMeant = wrong?.say === 'coming-past'
    if (wrong && (isMeant || !takeAside(turn, flow, talk))) {
      tellWrong(turn, flow, talk, at, wrong)
    }
    if (at.sensitive) deleteFromChat(turn)
  }
}

/** Whether the question would keep the words that open a flow; one word alone may be meant so. */
function takesAnyWords({ inbound }: Turning, { answer }: Ask): boolean {
  return answer === 'name' || (answer === 'text' && /\S\s+\S/.test(inbound.words))
}

/**
 * Figures hold for the month in which they were told. When the month has turned since, the answers
 * that rest on them are asked again; true when this moves the person or renews their question.
 */
function monthTurned(turn: Turning, flow: Flow, talk: Talk): boolean {
  if (talk.on.slice(0, 7) === turn.now.on.slice(0, 7)) return false
  const before = findPosition(turn, flow, talk).at
  talk.on = turn.now.on
  delete talk.facts
  for (const ask of flow.asks.values()) if (tellsFigures(ask)) forgetAnswer(flow, talk, ask.id)
  const { at } = findPosition(turn, flow, talk)
  if (at === before && !(at.does === 'ask' && tellsFigures(at))) return false
  tellPhrase(turn, 'month-turned')
  askAgain(turn)
  return true
}

function tellsFigures(ask: Ask): boolean {
  return ask.exact && ask.restsOn.length > 0
}

/** A whole choice label wins over a global word that is spelled the same. */
function namesChoice(turn: Turning, ask: Ask): boolean {
  const said = foldWhole(turn.inbound.words)
  return ask.choices.some((choice) =>
    Object.values(choice.label).some((label) => foldWhole(label.texts[0] ?? '') === said),
  )
}

function hearPending(turn: Turning, flow: Flow, talk: Talk, ask: Ask): boolean {
  const about = talk.pending?.about
  if (about === 'change') return hearChange(turn, talk)
  if (about === 'cancel') return hearCancel(turn, talk)
  return about === 'doubt' && hearDoubt(turn, flow, talk, ask)
}

/** Something else in between: another flow by its opening words, or a common question. */
function takeAside(turn: Turning, flow: Flow, talk: Talk): boolean {
  if (openAnother(turn, flow) || openCode(turn, flow)) return true
  const question = findQuestion(turn.book, turn.inbound.words)
  if (!question) return false
  turn.replies.push({ text: fillFlowWords(turn, flow, talk, question.text) })
  askAgain(turn)
  return true
}

function takeOpening(turn: Turning) {
  if (openAnother(turn) || openCode(turn)) return
  const question = findQuestion(turn.book, turn.inbound.words)
  if (!question) {
    openMenu(turn)
    return
  }
  const flow = getFlow(turn, menuFlow)
  const talk = {
    id: turn.now.id,
    flow: flow.name,
    version: '',
    on: turn.now.on,
    answers: noAnswers,
  }
  turn.replies.push({ text: fillFlowWords(turn, flow, talk, question.text) })
  tellPhrase(turn, 'menu-hint')
}

function takePress(turn: Turning) {
  if (openLink(turn, turn.inbound.words)) return
  const { talk } = turn.session
  const [id, step = '', key = ''] = splitPress(turn.inbound.words)
  const flow = talk && turn.book.flows.get(talk.flow)
  if (talk && flow && id === talk.id) {
    if (monthTurned(turn, flow, talk)) return
    turn.stood = findPosition(turn, flow, talk)
    const { at } = turn.stood
    if (step.startsWith('?')) {
      if (at.does === 'ask' && hearPending(turn, flow, talk, at)) return
    } else if (at.does === 'ask' && at.id === step && offers(turn, flow, talk, at, key)) {
      delete talk.pending
      takeChoice(turn, flow, talk, at, key)
      return
    } else if (findAnswer(talk.answers, step) === key) return
  }
  tellPhrase(turn, 'stale-button')
  if (talk && flow) askAgain(turn)
  else openMenu(turn)
}

function offers(turn: Turning, flow: Flow, talk: Talk, ask: Ask, key: string): boolean {
  return listChoices(turn, flow, talk, ask).some((one) => one.key === key)
}
