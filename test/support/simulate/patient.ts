// Somebody who wants to enrol, answers truthfully and patiently, and puts right what is wrong.
import type { Ask, Flow } from '../../../src/core/flow.ts'
import { must } from '../../../src/core/must.ts'
import { sayPhrase } from '../../../src/core/phrase.ts'
import type { Talk } from '../../../src/core/session.ts'
import type { Turning } from '../../../src/core/turn/state.ts'
import { findRoad } from '../../../src/core/turn/walk.ts'
import { answersOf } from '../answers-of.ts'
import type { Conversation, Sent } from './conversation.ts'
import type { Persona } from './persona.ts'
import type { Random } from './random.ts'
import { answerWith, findAsk, isOption, truthOf } from './truth.ts'

const enrol = 'villager/enrol'

/** What the patient person sends next. */
export function goOnPatiently(talk: Conversation, persona: Persona, random: Random): Sent {
  const { session, sight } = talk
  const present = session.talk
  if (present?.flow !== enrol) return goToEnrol(talk)
  if (isOption(sight.choices[0])) return chooseOption(talk, persona)
  const found = findAsk(talk)
  if (!found || found.flow.name !== enrol) return { kind: 'text', words: 'ULANG' }
  const { flow, ask } = found
  const wrong = findWrong(talk, persona)
  if (ask.id === 'nik-check') return press(talk, correctsNik(talk, persona, random))
  if (wrong.length > 0 && ask.id === 'review') return press(talk, 'tidak')
  if (wrong.length > 0 && ask.id === 'officer') return { kind: 'text', words: 'UBAH' }
  return answerWith(talk, truthOf(persona, flow, ask), random)
}

function goToEnrol(talk: Conversation): Sent {
  const { asked } = talk.sight
  const isAtMenu = talk.session.talk?.flow === 'villager/start' && asked?.id === 'menu'
  // The menu of an official has one for residents behind it.
  if (talk.sight.choices.some(({ press }) => press.split('.')[2] === 'villager')) {
    return press(talk, 'villager')
  }
  return isAtMenu ? press(talk, 'enrol') : { kind: 'text', words: 'MENU' }
}

function press(talk: Conversation, key: string): Sent {
  const choice = talk.sight.choices.find((one) => one.press.split('.')[2] === key)
  return choice ? { kind: 'press', words: choice.press } : { kind: 'text', words: 'ULANG' }
}

/** Answers on the present road that are not the truth, as far as UBAH can reach them. */
function findWrong(talk: Conversation, persona: Persona): string[] {
  const present = must(talk.session.talk, 'a talk')
  const flow = must(talk.read.book.flows.get(enrol), enrol)
  const asked = roadOf(talk, flow, present).filter(({ id }) =>
    talk.read.book.phrases.has(`answer-${id}`),
  )
  const answers = answersOf(present)
  return asked.filter((ask) => answers[ask.id] !== truthOf(persona, flow, ask)).map(({ id }) => id)
}

function roadOf({ read, session }: Conversation, flow: Flow, talk: Talk): Ask[] {
  const turning = { book: read.book, session, facts: {} } as unknown as Turning
  return findRoad(turning, flow, talk)
}

/** What is wrong is corrected; who was right may still look again, and answers the same. */
function correctsNik(talk: Conversation, persona: Persona, random: Random): string {
  const wrong = findWrong(talk, persona)
  if (wrong.length === 0 && random.chance(0.2)) return random.pick(['nik', 'birth-date', 'sex'])
  return ['nik', 'birth-date', 'sex'].find((id) => wrong.includes(id)) ?? 'ya'
}

/** The option that is the truth, the wrong answer to be changed, or the last: none of these. */
function chooseOption(talk: Conversation, persona: Persona): Sent {
  const { choices } = talk.sight
  const labels = choices.map(({ label }) => label)
  const about = talk.session.talk?.pending?.about
  const index = about === 'change' ? findChange(talk, persona, labels) : -1
  const meant = about === 'doubt' ? findMeant(talk, persona, labels) : -1
  const chosen = choices[index >= 0 ? index : meant] ?? choices.at(-1)
  return { kind: 'press', words: must(chosen, 'an option').press }
}

function findChange(talk: Conversation, persona: Persona, labels: string[]): number {
  const { book } = talk.read
  const wrong = findWrong(talk, persona).map((id) =>
    sayPhrase(book, talk.session.language, `answer-${id}`),
  )
  return labels.findIndex((label) => wrong.some((name) => label.startsWith(`${name}: `)))
}

function findMeant(talk: Conversation, persona: Persona, labels: string[]): number {
  const found = findAsk(talk)
  if (!found || found.ask.answer === 'choice') return -1
  const { flow, ask } = found
  const truth = truthOf(persona, flow, ask)
  const reader = talk.read.book.readers[ask.answer as 'text']
  const shown = ask.sensitive && reader.mask ? reader.mask(truth) : undefined
  return labels.indexOf(shown ?? reader.show(truth, talk.session.language))
}
