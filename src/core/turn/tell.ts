// Puts replies together: words, choices and what a button sends back.
import type { Option } from '../answers/understand.ts'
import { blanks } from '../blanks.ts'
import type { TalkContext } from '../context.ts'
import type { Ask, Flow, Translated } from '../flow.ts'
import { noAnswers } from '../kept-answers.ts'
import { lists } from '../lists.ts'
import type { Choice, Outbound } from '../message.ts'
import { must } from '../must.ts'
import { fillWords, wordsIn } from '../phrase.ts'
import type { Talk } from '../session.ts'
import { sayWords, showValue } from '../text.ts'
import { requireFacts } from './needs.ts'
import type { Turning } from './state.ts'
import { findRoad, listed, seeTalk } from './walk.ts'

/** Sends a shared phrase. */
export function tellPhrase(turn: Turning, id: string, fills?: Record<string, string>) {
  turn.replies.push({ text: phrase(turn, id, fills) })
}

/** A flow's words filled in for this talk, once every fact they need is there. */
export function fillFlowWords(turn: Turning, flow: Flow, talk: Talk, words: Translated): string {
  const { blanks: names, texts } = wordsIn(words, turn.session.language)
  if (names.length === 0) return texts[0] ?? ''
  for (const name of names) {
    const blank = blanks[name]
    if (blank) requireFacts(blank, turn, talk)
    else requireList(flow.asks.get(name), turn, talk)
  }
  return sayWords(flow, words, seeTalk(turn, talk), () => tellReview(turn, flow, talk))
}

/** What was picked from a list is named by that list. */
function requireList(ask: Ask | undefined, turn: Turning, talk: Talk) {
  const list = ask?.choicesFrom && lists[ask.choicesFrom]
  if (list) requireFacts(list, turn, talk)
}

function tellReview(turn: Turning, flow: Flow, talk: Talk): string {
  const answers = labelledAnswers(turn, flow, talk)
  return answers.map(({ line }) => line).join('\n')
}

/** Asks the question of `ask`, with its choices. */
export function tellAsk(turn: Turning, flow: Flow, talk: Talk, ask: Ask) {
  if (talk.page && talk.asked !== ask.id) delete talk.page
  if (talk.unseen) delete talk.unseen
  talk.asked = ask.id
  if (isOnPage(turn, ask)) {
    tellPage(turn, flow, talk, ask)
    return
  }
  const reply: Outbound = { text: fillFlowWords(turn, flow, talk, ask.words) }
  const choices = choicesOf(turn, flow, talk, ask)
  if (choices.length > 0) reply.choices = choices
  // One's own number, and not that of whom an official registers.
  if (ask.answer === 'phone' && flow.for === 'villager') reply.wantsPhone = true
  turn.replies.push(reply)
}

/**
 * Whether the question is answered on a one-time page. A telephone number may be told in the chat:
 * the platform knows it.
 */
export function isOnPage(turn: Turning, ask: Ask): boolean {
  const isTyped = ask.answer !== 'choice' && ask.answer !== 'phone'
  return turn.now.pages === true && ask.sensitive && isTyped
}

function tellPage(turn: Turning, flow: Flow, talk: Talk, ask: Ask) {
  talk.page ??= turn.now.id
  const question = fillFlowWords(turn, flow, talk, ask.words).trim()
  // The other words promise that the page asks for no PIN.
  const id = ask.answer === 'pin' ? 'ask-pin-by-page' : 'ask-by-page'
  const text = phrase(turn, id, { question, link: '{link}' })
  turn.replies.push({ text, page: talk.page })
}

function choicesOf(turn: Turning, flow: Flow, talk: Talk, ask: Ask): Choice[] {
  return listChoices(turn, flow, talk, ask).map(({ key, label }) => ({
    label,
    press: `${talk.id}.${ask.id}.${key}`,
  }))
}

/** Keys and labels of an ask's choices in the talk's language. */
export function listChoices(turn: Turning, flow: Flow, talk: Talk, ask: Ask): Option[] {
  if (ask.choicesFrom) return listed(turn, talk, ask.choicesFrom)
  const ready = ask.options?.[turn.session.language]
  if (ready) return ready
  return ask.choices.map((choice) => ({
    key: choice.key,
    label: fillFlowWords(turn, flow, talk, choice.label),
  }))
}

/** Offers the options of a doubt, a change or a cancelling; the last button takes none of them. */
export function tellOptions(
  turn: Turning,
  talk: Talk,
  text: string,
  labels: string[],
  none?: string,
) {
  const all = none === undefined ? labels : [...labels, none]
  const choices = all.map((label, index) => ({
    label,
    press: `${talk.id}.?${optionsMark(talk)}.${index}`,
  }))
  turn.replies.push({ text, choices })
}

/** Tells options of one pending question from those of an earlier one: a short checksum. */
function optionsMark(talk: Talk): string {
  let mark = 7
  for (const char of JSON.stringify(talk.pending?.options ?? [])) {
    mark = (mark * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003
  }
  return mark.toString(36)
}

/** The talk's id, the step and the key of a press. */
export function splitPress(press: string): string[] {
  const [id = '', step = '', ...key] = press.split('.')
  return [id, step, key.join('.')]
}

/** The number of the pressed option of the pending question; undefined for any other press. */
export function pressedOption(turn: Turning, talk: Talk): number | undefined {
  if (turn.inbound.kind !== 'press') return undefined
  const [id, mark, index] = turn.inbound.words.split('.')
  return id === talk.id && mark === `?${optionsMark(talk)}` ? Number(index) : undefined
}

/** The answers on the road that carry a label, as `Label: value`. */
export function labelledAnswers(turn: Turning, flow: Flow, talk: Talk) {
  const road = findRoad(turn, flow, talk)
  const labelled = road.filter((ask) => turn.book.phrases.has(`answer-${ask.id}`))
  for (const ask of labelled) requireList(ask, turn, talk)
  const context = seeTalk(turn, talk)
  return labelled.map((ask) => ({
    ask,
    line: `${phrase(turn, `answer-${ask.id}`)}: ${showValue(flow, ask, context)}`,
  }))
}

/** A shared phrase in the session's language; figures in it hold for the present talk's day. */
export function phrase(turn: Turning, id: string, fills: Record<string, string> = {}): string {
  const translated = turn.book.phrases.get(id) ?? must(null, `phrase ${id}`)
  const words = wordsIn(translated, turn.session.language)
  return fillWords(words, (name) => fills[name] ?? blanks[name]?.show(seeSession(turn)) ?? '')
}

/** The present talk as blanks see it, or that there is none. */
function seeSession(turn: Turning): TalkContext {
  const none = { id: '', flow: '', version: '', on: turn.now.on, answers: noAnswers }
  return seeTalk(turn, turn.session.talk ?? none)
}
