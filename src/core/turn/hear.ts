// Takes what a person sent as the answer to the question they stand at.
import type { Reading, Value } from '../answers/reading.ts'
import { findOption } from '../answers/understand.ts'
import type { Ask, Flow } from '../flow.ts'
import { keepAnswers } from '../kept-answers.ts'
import type { Talk } from '../session.ts'
import { showValue } from '../text.ts'
import { sayGlobal } from './globals.ts'
import { changeAnswer, setAnswer } from './keep.ts'
import { goOn, leadOn } from './move.ts'
import type { Turning } from './state.ts'
import {
  fillFlowWords,
  listChoices,
  phrase,
  pressedOption,
  tellAsk,
  tellOptions,
  tellPhrase,
} from './tell.ts'
import { chosen, seeTalk } from './walk.ts'

type Wrong = Reading & { kind: 'wrong' }

const notUnderstood: Wrong = { kind: 'wrong', say: 'not-understood-1' }

/**
 * Where only a plain answer counts, the person is
 * told so rather than that we understood nothing.
 */
const notPlain: Wrong = { kind: 'wrong', say: 'exact-needed' }

/** Where a file is asked for, words are none. */
const noDocument: Wrong = { kind: 'wrong', say: 'document-needed' }

/** Takes the words as an answer; gives back what is wrong with them when they are none. */
export function hearAnswer(turn: Turning, flow: Flow, talk: Talk, ask: Ask): Wrong | undefined {
  const isOwnNumber = turn.inbound.kind === 'phone'
  if (isOwnNumber && (ask.answer !== 'phone' || flow.for !== 'villager')) return notUnderstood
  if (ask.answer === 'choice') {
    if (hearChoice(turn, flow, talk, ask)) return undefined
    return ask.exact ? notPlain : notUnderstood
  }
  if (ask.answer === 'document' && turn.inbound.kind !== 'document') return noDocument
  const keep = talk.pending?.about === 'doubt' ? talk.pending.keep : undefined
  const reader = turn.book.readers[ask.answer]
  const { on } = turn.now
  const reading = reader.read(turn.inbound.words, keep ? { on, keep } : { on })
  if (reading.kind === 'wrong') return reading
  if (reading.kind === 'value') takeValue(turn, flow, talk, ask, reading.value)
  else doubt(turn, flow, talk, ask, reading)
  return undefined
}

function hearChoice(turn: Turning, flow: Flow, talk: Talk, ask: Ask): boolean {
  const options = listChoices(turn, flow, talk, ask)
  const option = findOption(turn.inbound.words, options, turn.book, ask.exact)
  if (!option) return false
  takeChoice(turn, flow, talk, ask, option.key)
  return true
}

/** Takes a choice by its key and follows where it leads. */
export function takeChoice(turn: Turning, flow: Flow, talk: Talk, ask: Ask, key: string) {
  const go = chosen(ask, key)?.go
  if (!go || 'step' in go) {
    const target = go && 'step' in go ? flow.steps[go.step] : undefined
    if (target?.does === 'ask' && isBefore(flow, target, ask)) {
      changeAnswer(flow, talk, target.id)
      goOn(turn)
    } else takeValue(turn, flow, talk, ask, key)
  } else if ('flow' in go) leadOn(turn, ask, go.flow)
  else sayGlobal(turn, go.word)
}

function isBefore(flow: Flow, one: Ask, other: Ask): boolean {
  return flow.steps.indexOf(one) < flow.steps.indexOf(other)
}

function takeValue(turn: Turning, flow: Flow, talk: Talk, ask: Ask, value: Value) {
  setAnswer(turn, flow, talk, ask, value)
  goOn(turn, turn.stood)
}

function doubt(
  turn: Turning,
  flow: Flow,
  talk: Talk,
  ask: Ask,
  reading: Reading & { kind: 'doubt' },
) {
  // Asked the very same open question again: what was typed did not help.
  const isStuck = talk.pending?.about === 'doubt' && talk.pending.keep === reading.keep
  talk.pending = {
    about: 'doubt',
    options: reading.options,
    ...(reading.keep && { keep: reading.keep }),
  }
  const labels = reading.options.map((value) => showOption(turn, flow, talk, ask, value))
  const [only = '', second] = labels
  const one = `${reading.say}-one`
  const isOne = only !== '' && second === undefined
  const id = isOne && turn.book.phrases.has(one) ? one : reading.say
  const text = phrase(turn, id, { ...reading.blanks, value: only })
  if (isOne) tellOptions(turn, talk, text, [phrase(turn, 'doubt-yes')], phrase(turn, 'doubt-no'))
  else if (only !== '') tellOptions(turn, talk, text, labels, phrase(turn, 'none-of-these'))
  else turn.replies.push({ text })
  if (isStuck && only === '') offerMore(turn, flow, talk, ask)
}

function showOption(turn: Turning, flow: Flow, talk: Talk, ask: Ask, value: Value): string {
  const context = seeTalk(turn, { ...talk, answers: keepAnswers({ [ask.id]: value }) })
  return showValue(flow, ask, context)
}

/** Takes the answer to "which of these did you mean?"; false when it names none of them. */
export function hearDoubt(turn: Turning, flow: Flow, talk: Talk, ask: Ask): boolean {
  const options = talk.pending?.options ?? []
  if (options.length === 0) return false
  const index = pickIndex(turn, flow, talk, ask, options)
  if (index === undefined) return false
  const value = options[index]
  delete talk.pending
  if (value === undefined) tellAsk(turn, flow, talk, ask)
  else takeValue(turn, flow, talk, ask, value)
  return true
}

function pickIndex(
  turn: Turning,
  flow: Flow,
  talk: Talk,
  ask: Ask,
  values: Value[],
): number | undefined {
  const pressed = pressedOption(turn, talk)
  if (pressed !== undefined) return pressed
  if (turn.inbound.kind === 'press') return undefined
  const options =
    values.length === 1
      ? [
          { key: 'ya', label: phrase(turn, 'doubt-yes') },
          { key: 'tidak', label: phrase(turn, 'doubt-no') },
        ]
      : [
          ...values.map((value, index) => ({
            key: String(index),
            label: showOption(turn, flow, talk, ask, value),
          })),
          { key: 'x', label: phrase(turn, 'none-of-these') },
        ]
  const found = findOption(turn.inbound.words, options, turn.book, true)
  return found ? options.indexOf(found) : undefined
}

/** Says what was not understood: what helps first, another way second, a person third. */
export function tellWrong(turn: Turning, flow: Flow, talk: Talk, ask: Ask, wrong: Wrong) {
  const isLast = (talk.tries ?? 0) >= 2
  if (!isLast || wrong !== notUnderstood) tellPhrase(turn, wrong.say, wrong.blanks)
  offerMore(turn, flow, talk, ask)
  if (ask.answer === 'choice' || wrong === notUnderstood) tellAsk(turn, flow, talk, ask)
}

/** Counts one more try that did not help; from the second on, says what else there is. */
function offerMore(turn: Turning, flow: Flow, talk: Talk, ask: Ask) {
  talk.tries = (talk.tries ?? 0) + 1
  if (talk.tries === 1) return
  if (talk.tries > 2) tellPhrase(turn, 'not-understood-3')
  else if (ask.help) {
    turn.replies.push({ text: fillFlowWords(turn, flow, talk, ask.help) })
    // It was read out: BANTUAN now brings a person, as the next sentence promises.
    talk.helped = ask.id
  } else tellPhrase(turn, ask.optional ? 'may-skip' : 'another-way')
}
