// What a message opens by itself: global words, flows, common questions, links that carry a code.
import { isBareCode } from '../answers/code.ts'
import { readReminderWish } from '../answers/coming-day.ts'
import { fold, foldWhole } from '../answers/normalise.ts'
import type { Book, Question } from '../book.ts'
import type { Flow } from '../flow.ts'
import { maxWholeMessageLength } from '../limits.ts'
import { hasAnswers, openFlow, openWith } from './move.ts'
import { flowLink } from './opening-press.ts'
import { deleteFromChat } from './page.ts'
import type { Turning } from './state.ts'
import { tellPhrase } from './tell.ts'

/** Links that carry a code: `u_` that of an invite, `s_` that of somebody's registration. */
const codeLinks = {
  u: { flow: 'official/activate', ask: 'invite-code' },
  s: { flow: 'villager/confirm-staff', ask: 'staff-code' },
} as const

function isCodeLink(kind: string): kind is keyof typeof codeLinks {
  return Object.hasOwn(codeLinks, kind)
}

/**
 * Opens the flow of a link that carries a code, with the code answered, or that of a button which
 * opens one for everybody; false for other words.
 */
export function openLink(turn: Turning, words: string): boolean {
  const [, kind = '', code = ''] = /^([a-z])_(.+)$/.exec(words) ?? []
  const flow = kind === flowLink ? turn.book.flows.get(code) : undefined
  if (flow?.for === 'villager') {
    openFlow(turn, flow.name)
    return true
  }
  if (!isCodeLink(kind)) return false
  const to = codeLinks[kind]
  const reading = turn.book.readers.code.read(code, { on: turn.now.on })
  const answers = reading.kind === 'value' ? { [to.ask]: reading.value } : {}
  openWith(turn, to.flow, answers)
  return true
}

/**
 * Opens the flow of an invite for whoever sends its code alone, and no other; false for all other
 * words. Whether there is such an invite is looked up, and counted, in that flow.
 */
export function openCode(turn: Turning, present?: Flow): boolean {
  const { words } = turn.inbound
  const { flow, ask } = codeLinks.u
  if (!isBareCode(words) || present?.name === flow) return false
  const reading = turn.book.readers.code.read(words, { on: turn.now.on })
  if (reading.kind !== 'value') return false
  openWith(turn, flow, { [ask]: reading.value })
  deleteFromChat(turn)
  return true
}

/** The flow that a file opens by itself, for whoever has this menu. */
const fileFlow = { menu: 'official/start', flow: 'official/roster', ask: 'roster-file' }

/** Opens the flow for which somebody has sent a file unasked; false for whoever sends it to nobody. */
export function openFile(turn: Turning): boolean {
  const { words } = turn.inbound
  if (words === '' || turn.session.menu !== fileFlow.menu) return false
  openWith(turn, fileFlow.flow, { [fileFlow.ask]: words })
  return true
}

/** The flow that puts reminders off, and its question. */
const reminding = { flow: 'villager/remind', ask: 'remind-on' }

/** Opens that flow for whoever asks to be reminded on a day; false for all other words. */
function openReminding(turn: Turning): boolean {
  if (turn.session.talk?.flow === reminding.flow) return false
  const reading = readReminderWish(turn.inbound.words, turn.now.on)
  if (!reading) return false
  if (reading.kind === 'wrong') tellPhrase(turn, reading.say)
  const answers = reading.kind === 'value' ? { [reminding.ask]: reading.value } : {}
  openWith(turn, reminding.flow, answers)
  return true
}

/**
 * Opens the flow that the whole message names; the `present` one anew only where it shows somebody
 * with a post how things stand, and they have answered nothing yet.
 */
export function openAnother(turn: Turning, present?: Flow): boolean {
  const opened = findOpened(turn)
  if (!opened) return openReminding(turn)
  const { talk } = turn.session
  const isUnderWay = opened.for === 'villager' || (talk !== undefined && hasAnswers(talk))
  if (opened.name === present?.name && isUnderWay) return false
  openFlow(turn, opened.name)
  return true
}

/** The name of the global word that the whole message means. */
export function findGlobal(turn: Turning): string | undefined {
  return turn.book.globals.get(wholeMessage(turn))
}

/** The flow that the whole message opens. */
export function findOpened(turn: Turning): Flow | undefined {
  const name = turn.book.openings.get(wholeMessage(turn))
  return name === undefined ? undefined : turn.book.flows.get(name)
}

/** Whether the message holds nothing that can be seen. */
export function saysNothing(turn: Turning): boolean {
  return wholeMessage(turn) === '' && fold(turn.inbound.words) === ''
}

function withoutSlash(words: string): string {
  return words.startsWith('/') ? words.slice(1) : words
}

/** The message made comparable with whole words: `/Menu!` is `menu`. Empty where it is too long. */
function wholeMessage(turn: Turning): string {
  const { words } = turn.inbound
  turn.said ??= words.length > maxWholeMessageLength ? '' : withoutSlash(foldWhole(words))
  return turn.said
}

/** The common question that the words ask, the one with most words matched first. */
export function findQuestion(book: Book, words: string): Question | undefined {
  // A number alone asks nothing: a NIK that is not right, a day, an amount.
  if (!/\p{L}/u.test(words)) return undefined
  const said = new Set(fold(words).split(/[^\p{L}\p{N}]+/u))
  let best: { question: Question; score: number } | undefined
  for (const question of book.questions) {
    for (const group of question.words) {
      const score = group.length
      if (score > (best?.score ?? 0) && group.every((word) => said.has(word))) {
        best = { question, score }
      }
    }
  }
  return best?.question
}
