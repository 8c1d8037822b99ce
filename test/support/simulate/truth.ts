// What a person who answers truthfully says to the question in front of them.
import type { AnswerKind, Value } from '../../../src/core/answers/reading.ts'
import type { Ask, AskChoice, Flow } from '../../../src/core/flow.ts'
import type { Choice } from '../../../src/core/message.ts'
import { must } from '../../../src/core/must.ts'
import type { Conversation, Sent } from './conversation.ts'
import type { Persona } from './persona.ts'
import type { Random } from './random.ts'
import { write } from './writing.ts'

/** What is said to questions that no persona has an answer for, e.g. those of edited flows. */
const otherwise: Record<Exclude<AnswerKind, 'choice' | 'nik' | 'phone' | 'place'>, Value> = {
  name: 'Rekaan Saja',
  date: '2026-10-01',
  money: 1_000_000,
  number: 3,
  text: 'di dekat pasar',
  message: 'Kartunya datang minggu depan.',
  code: '7K3M292QXA',
  pin: '270945',
  document: 'list-1 daftar.xlsx',
  'coming-day': 'besok',
  kpj: '26012345678',
}

/** The question in front of the person, as the present book has it. */
export function findAsk(talk: Conversation): { flow: Flow; ask: Ask } | undefined {
  const { asked } = talk.sight
  const flow = asked && talk.read.book.flows.get(asked.flow)
  const ask = asked && flow?.asks.get(asked.id)
  return flow && ask ? { flow, ask } : undefined
}

/** The true answer; where an edited flow has no place for it, the first choice that leads on. */
export function truthOf(persona: Persona, flow: Flow, ask: Ask): Value {
  const own = persona.answers[ask.id]
  if (ask.choices.length > 0) {
    const on = ask.choices.filter((choice) => leadsOn(flow, ask, choice))
    const choice = on.find(({ key }) => key === own) ?? on[0] ?? ask.choices[0]
    return must(choice, 'a choice').key
  }
  const { answer } = ask
  if (answer === 'nik' || answer === 'phone') return must(persona.answers[answer], answer)
  if (answer === 'place') return own ?? must(persona.answers.village, 'a village')
  return own ?? otherwise[answer as keyof typeof otherwise]
}

/** Whether a choice is kept as an answer: it leads to a step further down. */
function leadsOn(flow: Flow, ask: Ask, { go }: AskChoice): boolean {
  return !go || ('step' in go && go.step > flow.steps.indexOf(ask))
}

/** Says `value` to the question in front of the person, in one of the ways in which people do. */
export function answerWith(talk: Conversation, value: Value, random: Random): Sent {
  const ask = must(findAsk(talk), 'a question').ask
  if (ask.answer === 'choice') return chooseKey(talk, String(value), random)
  if (value === '') return { kind: 'text', words: random.pick(['LEWATI', 'lewat', 'kosong']) }
  const words = write(ask.answer, value, random, talk.read.book)
  if (ask.answer === 'document' && random.chance(0.9)) return { kind: 'document', words }
  const { page } = talk.sight
  if (page && random.chance(0.9)) return { kind: 'page', words: `${page} ${words}` }
  if (ask.answer === 'phone' && random.chance(0.2)) return { kind: 'phone', words: String(value) }
  return { kind: 'text', words }
}

function chooseKey(talk: Conversation, key: string, random: Random): Sent {
  const { choices } = talk.sight
  const index = choices.findIndex(({ press }) => press.split('.')[2] === key)
  if (index < 0) return { kind: 'text', words: key }
  const { yes, no } = talk.read.book
  if (key === 'ya' && random.chance(0.2)) return { kind: 'text', words: random.pick([...yes]) }
  if (key === 'tidak' && random.chance(0.2)) return { kind: 'text', words: random.pick([...no]) }
  return chooseAt(choices, index, random)
}

/** Takes one of the choices: by its button, its number or its label. */
export function chooseAt(choices: Choice[], index: number, random: Random): Sent {
  const choice = must(choices[index], 'a choice')
  return random.weigh([
    [3, { kind: 'press' as const, words: choice.press }],
    [1, { kind: 'text' as const, words: String(index + 1) }],
    [isOption(choice) ? 0 : 1, { kind: 'text' as const, words: choice.label }],
  ])
}

/** Whether a button answers a question about what was just heard, rather than a flow's question. */
export function isOption(choice: Choice | undefined): boolean {
  return choice?.press.split('.')[1]?.startsWith('?') === true
}
