// Takes what a person sent as the answer to the question they stand at.
import type { Reading, Value } from '../answers/reading.ts'
import { findOption } from '../answers/understand.ts'
import type { Ask, Flow } from '../flow.ts'
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

/** Takes the words as an answer; gives back what is wrong with them when they are none. */
export function hearAnswer(turn: Turning, flow: Flow, talk: Talk, ask: Ask): Wrong | undefined {
  if (turn.inbound.kind === 'phone' && ask.answer !== 'phone') return notUnderstood
  if (ask.answer === 'choice') {
    return hearChoice(turn, flow, talk, ask) ? undefined : notUnderstood
  }
  const keep = talk.pending?.about === 'doubt' ? talk.pending.keep : undefined
  const reader = turn.book.readers[ask.answer]
  const reading = reader.read(turn.inbound.words, { on: turn.now.on, ...(keep && { keep }) })
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
  } else if ('flow' in go) leadOn(turn, go.flow)
  else sayGlobal(turn, go.word)
}

function isBefore(flow: Flow, one: Ask, other: Ask): boolean {
  return flow.steps.indexOf(one) < flow.steps.indexOf(other)
}

function takeValue(turn: Turning, flow: Flow, talk: Talk, ask: Ask, value: Value) {
  setAnswer(flow, talk, ask, value)
  goOn(turn)
}

function doubt(
  turn: Turning,
  flow: Flow,
  talk: Talk,
  ask: Ask,
  reading: Reading & { kind: 'doubt' },
) {
  talk.pending = {
    about: 'doubt',
    options: reading.options,
    ...(reading.keep && { keep: reading.keep }),
  }
  const text = phrase(turn, reading.say, reading.blanks)
  if (reading.options.length === 0) {
    turn.replies.push({ text })
    return
  }
  const labels = reading.options.map((value) => showOption(turn, flow, talk, ask, value))
  tellOptions(turn, talk, text, labels, phrase(turn, 'none-of-these'))
}

function showOption(turn: Turning, flow: Flow, talk: Talk, ask: Ask, value: Value): string {
  const context = seeTalk(turn, { ...talk, answers: { [ask.id]: value } })
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
  const yes = values.length === 1 ? 'ya' : '0'
  const options = values.map((value, index) => ({
    key: index === 0 ? yes : String(index),
    label: showOption(turn, flow, talk, ask, value),
  }))
  options.push({ key: values.length === 1 ? 'tidak' : 'x', label: phrase(turn, 'none-of-these') })
  const found = findOption(turn.inbound.words, options, turn.book, true)
  return found ? options.indexOf(found) : undefined
}

/** Says what was not understood: what helps first, another way second, a person third. */
export function tellWrong(turn: Turning, flow: Flow, talk: Talk, ask: Ask, wrong: Wrong) {
  talk.tries = (talk.tries ?? 0) + 1
  tellPhrase(turn, wrong.say, wrong.blanks)
  if (talk.tries === 2 && ask.help) {
    turn.replies.push({ text: fillFlowWords(turn, flow, talk, ask.help) })
  }
  if (talk.tries >= 3) tellPhrase(turn, 'not-understood-3')
  if (ask.answer === 'choice') tellAsk(turn, flow, talk, ask)
}
