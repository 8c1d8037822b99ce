// The words that work everywhere: menu, help, back, change, cancel, language, stop and their kin.
import { findOption } from '../answers/understand.ts'
import { isUnanswered } from '../kept-answers.ts'
import { must } from '../must.ts'
import { sayPlain } from '../phrase.ts'
import type { Talk } from '../session.ts'
import { changeAnswer, forgetAnswer, putBack, setAnswer } from './keep.ts'
import {
  askAgain,
  findPosition,
  getFlow,
  goOn,
  openFlow,
  openMenu,
  resumePaused,
  turnToPaused,
} from './move.ts'
import type { Turning } from './state.ts'
import {
  fillFlowWords,
  labelledAnswers,
  phrase,
  pressedOption,
  tellAsk,
  tellOptions,
  tellPhrase,
} from './tell.ts'
import { findRoad } from './walk.ts'

const globals: Record<string, (turn: Turning) => void> = {
  menu: openMenu,
  bantuan: tellHelp,
  kembali: goBack,
  ubah: offerChange,
  batal: offerCancel,
  bahasa: (turn) => openFlow(turn, 'villager/language', true),
  berhenti: (turn) => openFlow(turn, 'villager/stop'),
  lewati: skip,
  lanjut: (turn) => {
    if (!resumePaused(turn)) repeat(turn)
  },
  ulang: repeat,
}

/** Names of the global words that flows may lead to. */
export const globalWords = Object.keys(globals)

/** Does what a global word means; the place is kept. */
export function sayGlobal(turn: Turning, word: string) {
  must(globals[word.toLowerCase()], `global word ${word}`)(turn)
}

function repeat(turn: Turning) {
  if (turn.session.talk) askAgain(turn)
  else openMenu(turn)
}

function tellHelp(turn: Turning) {
  const { talk } = turn.session
  const flow = talk && getFlow(turn, talk.flow)
  const ask = talk && flow && findPosition(turn, flow, talk).at
  if (!talk || !flow || ask?.does !== 'ask' || !ask.help || talk.helped === ask.id) {
    openFlow(turn, 'villager/help', true)
    return
  }
  talk.helped = ask.id
  turn.replies.push({ text: fillFlowWords(turn, flow, talk, ask.help) })
  tellPhrase(turn, 'help-person')
}

function goBack(turn: Turning) {
  const { talk } = turn.session
  if (!talk) {
    if (!resumePaused(turn)) openMenu(turn)
    return
  }
  if (talk.pending || putBack(talk)) {
    askAgain(turn)
    return
  }
  const flow = getFlow(turn, talk.flow)
  const { at } = findPosition(turn, flow, talk)
  const last = findRoad(turn, flow, talk).at(-1)
  if (last) {
    forgetAnswer(flow, talk, last.id)
    if (at.does === 'ask') turn.backs.push({ flow: flow.name, step: at.id })
  } else if (resumePaused(turn)) return
  else tellPhrase(turn, 'nothing-to-go-back')
  delete talk.tries
  askAgain(turn)
}

function offerChange(turn: Turning) {
  const { talk } = turn.session
  const flow = talk && getFlow(turn, talk.flow)
  const answers = talk && flow && labelledAnswers(turn, flow, talk)
  if (!talk || !answers || answers.length === 0) {
    tellPhrase(turn, 'nothing-to-change')
    repeat(turn)
    return
  }
  talk.pending = { about: 'change', options: answers.map(({ ask }) => ask.id) }
  const labels = answers.map(({ line }) => line)
  tellOptions(turn, talk, phrase(turn, 'change-what'), labels, phrase(turn, 'none-of-these'))
}

/** Takes the answer to "which answer do you want to change?"; false when it names none. */
export function hearChange(turn: Turning, talk: Talk): boolean {
  const flow = getFlow(turn, talk.flow)
  const ids = talk.pending?.options ?? []
  const lines = labelledAnswers(turn, flow, talk)
  const options = ids.map((id) => ({
    key: String(id),
    label: phrase(turn, `answer-${id}`),
  }))
  options.push({ key: '', label: phrase(turn, 'none-of-these') })
  const pressed = pressedOption(turn, talk)
  const typed = turn.inbound.kind === 'press' ? undefined : turn.inbound.words
  const found =
    pressed !== undefined ? options[pressed] : typed && findOption(typed, options, turn.book, true)
  if (!found) return false
  delete talk.pending
  const ask = lines.find((line) => line.ask.id === found.key)?.ask
  if (ask) changeAnswer(flow, talk, ask.id)
  askAgain(turn)
  return true
}

function offerCancel(turn: Turning) {
  const { talk } = turn.session
  if (!talk || isUnanswered(talk.answers)) {
    openMenu(turn)
    return
  }
  const title = sayPlain(getFlow(turn, talk.flow).title, turn.session.language)
  talk.pending = { about: 'cancel', options: ['ya'] }
  tellOptions(
    turn,
    talk,
    phrase(turn, 'cancel-sure', { title }),
    [phrase(turn, 'cancel-yes')],
    phrase(turn, 'cancel-no'),
  )
}

/** Takes the answer to "really cancel?"; anything but a clear yes keeps the talk. */
export function hearCancel(turn: Turning, talk: Talk): boolean {
  const pressed = pressedOption(turn, talk)
  const options = [
    { key: 'ya', label: phrase(turn, 'cancel-yes') },
    { key: 'tidak', label: phrase(turn, 'cancel-no') },
  ]
  const found =
    pressed !== undefined
      ? options[pressed]
      : turn.inbound.kind === 'text' && findOption(turn.inbound.words, options, turn.book, true)
  if (!found) return false
  if (found.key === 'ya') {
    turn.outcomes.push({ flow: talk.flow, outcome: 'cancelled' })
    delete turn.session.talk
    tellPhrase(turn, 'cancelled')
    turnToPaused(turn)
  } else askAgain(turn)
  return true
}

function skip(turn: Turning) {
  const { talk } = turn.session
  const flow = talk && getFlow(turn, talk.flow)
  const at = talk && flow && findPosition(turn, flow, talk).at
  if (!talk || !flow || at?.does !== 'ask') repeat(turn)
  else if (!at.optional) {
    tellPhrase(turn, 'cannot-skip')
    tellAsk(turn, flow, talk, at)
  } else {
    setAnswer(turn, flow, talk, at, '')
    goOn(turn)
  }
}
