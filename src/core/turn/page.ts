// Sensitive questions where the chat is no place for their answers: a page that works once.
import type { Reader } from '../answers/reading.ts'
import type { Book } from '../book.ts'
import type { Ask, Flow } from '../flow.ts'
import type { Session, Talk } from '../session.ts'
import { Barred } from './gate.ts'
import { hearAnswer, tellWrong } from './hear.ts'
import { findPosition } from './move.ts'
import { beginTurn, type Now, type Turning } from './state.ts'
import { fillFlowWords, phrase, tellAsk, tellPhrase } from './tell.ts'

/** A question as its page shows it. */
export interface PageQuestion {
  language: string
  text: string
  help: string | undefined
  reader: Reader
  /** A phone may show its number pad. */
  isDigits: boolean
  /** Says what is wrong with an answer. */
  explain(id: string, fills?: Record<string, string>): string
}

/**
 * The question that this page asks; nothing once it was answered, left, taken back or barred.
 * Throws NeedsFacts until it was given those that it needs.
 */
export function findPageQuestion(
  book: Book,
  session: Session,
  page: string,
  now: Now,
  facts: Record<string, unknown> = {},
): PageQuestion | undefined {
  const inbound = {
    channel: '',
    address: '',
    externalId: '',
    kind: 'page',
    words: '',
    at: '',
  } as const
  const turn = beginTurn({ book, session, inbound, now, facts })
  const found = findUnbarred(turn, page)
  const kind = found?.ask.answer
  if (!found || !kind || kind === 'choice') return undefined
  const { flow, talk, ask } = found
  const fill = (words: Ask['words']) => fillFlowWords(turn, flow, talk, words)
  return {
    language: session.language,
    text: fill(ask.words),
    help: ask.help && fill(ask.help),
    reader: book.readers[kind],
    isDigits: kind === 'nik' || kind === 'pin',
    explain: (id, fills) => phrase(turn, id, fills),
  }
}

function findUnbarred(turn: Turning, page: string) {
  try {
    return findAsked(turn, page)
  } catch (error) {
    if (error instanceof Barred) return undefined
    throw error
  }
}

/** Takes what was written on a page as the answer to the question it asks. */
export function takePage(turn: Turning) {
  const [page = ''] = turn.inbound.words.split(' ', 1)
  const found = findAsked(turn, page)
  if (!found) {
    tellPhrase(turn, 'page-stale')
    return
  }
  const { flow, talk, ask } = found
  turn.inbound = { ...turn.inbound, kind: 'text', words: turn.inbound.words.slice(page.length + 1) }
  turn.said = undefined
  delete talk.page
  const wrong = hearAnswer(turn, flow, talk, ask)
  if (!wrong) return
  tellWrong(turn, flow, talk, ask, wrong)
  tellAsk(turn, flow, talk, ask)
}

function findAsked(turn: Turning, page: string): { flow: Flow; talk: Talk; ask: Ask } | undefined {
  const { talk } = turn.session
  const flow = talk && turn.book.flows.get(talk.flow)
  if (!talk || !flow || !page || talk.page !== page) return undefined
  turn.stood = findPosition(turn, flow, talk)
  const { at } = turn.stood
  return at.does === 'ask' && at.id === talk.asked ? { flow, talk, ask: at } : undefined
}

/** Asks once more for the answer on its page: what was typed here is not taken. */
export function refuseInChat(turn: Turning, flow: Flow, talk: Talk, ask: Ask) {
  turn.hushed = true
  tellPhrase(turn, 'not-in-chat')
  tellAsk(turn, flow, talk, ask)
}

const nikDigits = 16
const nikTyped = new RegExp(`\\d(?:[ .-]?\\d){${nikDigits - 1}}`)

/** An identity number that was typed into a chat where none may stand is not kept there. */
export function noteForbidden(turn: Turning) {
  const { kind, words } = turn.inbound
  if (turn.now.pages && kind === 'text' && nikTyped.test(words)) turn.hushed = true
}

/** What must not stay in sight goes, once it was read, where the platform can delete it. */
export function deleteFromChat({ inbound, replies }: Turning) {
  const [first] = replies
  if (first && inbound.kind === 'text') first.deletes = inbound.externalId
}
