// Puts replies together: words, choices and what a button sends back.
import { blanks } from '../blanks.ts'
import type { Ask, Flow, Translated } from '../flow.ts'
import type { Choice } from '../message.ts'
import { must } from '../must.ts'
import { sayPhrase, sayPlain } from '../phrase.ts'
import type { Talk } from '../session.ts'
import { sayWords, showValue } from '../text.ts'
import type { Turning } from './state.ts'
import { type Position, requireFacts, seeTalk, walk } from './walk.ts'

/** Sends a shared phrase. */
export function tellPhrase(turn: Turning, id: string, fills?: Record<string, string>) {
  turn.replies.push({ text: sayPhrase(turn.book, turn.session.language, id, fills) })
}

/** A flow's words filled in for this talk, once every fact they need is there. */
export function fillFlowWords(turn: Turning, flow: Flow, talk: Talk, words: Translated): string {
  for (const { blanks: names } of Object.values(words)) {
    for (const name of names) {
      const blank = blanks[name]
      if (blank) requireFacts(blank, turn, talk)
    }
  }
  const review = () => {
    const answers = labelledAnswers(turn, talk, walk(turn, flow, talk))
    return answers.map(({ line }) => line).join('\n')
  }
  return sayWords(flow, words, seeTalk(turn, talk), review)
}

/** Asks the question of `ask`, with its choices. */
export function tellAsk(turn: Turning, flow: Flow, talk: Talk, ask: Ask) {
  const text = fillFlowWords(turn, flow, talk, ask.words)
  const choices = choicesOf(turn, talk, ask)
  turn.replies.push({
    text: ask.optional ? `${text}\n\n${phrase(turn, 'skip-hint')}` : text,
    ...(choices.length > 0 && { choices }),
    ...(ask.answer === 'phone' && { wantsPhone: true }),
  })
}

function choicesOf(turn: Turning, talk: Talk, ask: Ask): Choice[] {
  return listChoices(turn, talk, ask).map(({ key, label }) => ({
    label,
    press: `${talk.id}.${ask.id}.${key}`,
  }))
}

/** Keys and labels of an ask's choices in the talk's language. */
export function listChoices(turn: Turning, talk: Talk, ask: Ask): { key: string; label: string }[] {
  if (ask.choicesFrom) {
    requireFacts({ needs: [ask.choicesFrom] }, turn, talk)
    return must(talk.facts, 'facts')[ask.choicesFrom] as { key: string; label: string }[]
  }
  return ask.choices.map((choice) => ({
    key: choice.key,
    label: sayPlain(choice.label, turn.session.language),
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

/** The number of the pressed option of the pending question; undefined for any other press. */
export function pressedOption(turn: Turning, talk: Talk): number | undefined {
  if (turn.inbound.kind !== 'press') return undefined
  const [id, mark, index] = turn.inbound.words.split('.')
  return id === talk.id && mark === `?${optionsMark(talk)}` ? Number(index) : undefined
}

/** The answers on the road that carry a label, as `Label: value`. */
export function labelledAnswers(turn: Turning, talk: Talk, position: Position) {
  const context = seeTalk(turn, talk)
  return position.road
    .filter((ask) => turn.book.phrases.has(`label-${ask.id}`))
    .map((ask) => ({
      ask,
      line: `${phrase(turn, `label-${ask.id}`)}: ${showValue(ask, context)}`,
    }))
}

/** A shared phrase in the session's language. */
export function phrase(turn: Turning, id: string, fills?: Record<string, string>): string {
  return sayPhrase(turn.book, turn.session.language, id, fills)
}
