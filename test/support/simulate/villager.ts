// What a villager may do next: answer, slip, go back, ask, wander off, send a photo, fall silent.
import type { InboundKind } from '../../../src/core/message.ts'
import type { Conversation, Sent } from './conversation.ts'
import type { Persona } from './persona.ts'
import type { Random } from './random.ts'
import { answerWith, chooseAt, findAsk, isOption, truthOf } from './truth.ts'
import { asides, slip, write, zoo } from './writing.ts'

/** One move: after so many seconds the person sends this, all at once. */
export interface Move {
  waitSeconds: number
  sent: Sent[]
}

type Do = (talk: Conversation, persona: Persona, random: Random) => Sent[]

const daySeconds = 24 * 60 * 60

const wordless: InboundKind[] = [
  'photo',
  'video',
  'voice',
  'sticker',
  'location',
  'contact',
  'document',
  'edited',
  'call',
  'other',
]

const moves: [weight: number, move: Do][] = [
  [46, (talk, persona, random) => [answerTruly(talk, persona, random)]],
  [14, (talk, _, random) => [answerAnyhow(talk, random)]],
  [6, (talk, persona, random) => [misspell(answerTruly(talk, persona, random), random)]],
  [5, (talk, persona, random) => [answerAnotherQuestion(talk, persona, random)]],
  [9, (talk, _, random) => [text(random.pick([...talk.read.book.globals.keys()]), random)]],
  [4, (talk, _, random) => [open(talk, random)]],
  [5, (_, __, random) => [text(random.pick(asides), random)]],
  [3, (_, __, random) => [sendThing(random)]],
  [2, (_, __, random) => [{ kind: 'text', words: random.pick(zoo) }]],
  [3, (talk, _, random) => [pressEarlier(talk, random)]],
  [1, (talk, _, random) => [pressForged(talk, random)]],
  [3, repeat],
  [2, (talk, persona, random) => [answerTruly(talk, persona, random), answerAnyhow(talk, random)]],
  [2, (talk, persona, random) => [answerTruly(talk, persona, random), text('1', random)]],
  [1, burst],
]

/** The next move of somebody who does whatever people do. */
export function wander(talk: Conversation, persona: Persona, random: Random): Move {
  const waitSeconds = random.weigh([
    [80, () => random.int(2, 40)] as const,
    [12, () => random.int(60, 3_000)],
    [6, () => random.int(1, 4) * daySeconds],
    [2, () => random.int(20, 45) * daySeconds],
  ])()
  return { waitSeconds, sent: random.weigh(moves)(talk, persona, random) }
}

function text(words: string, random: Random): Sent {
  const said = random.pick([words, words, words.toUpperCase(), `${words}.`, ` ${words} 🙏`])
  return { kind: 'text', words: said }
}

/** The truth where there is one, else any of the choices. */
export function answerTruly(talk: Conversation, persona: Persona, random: Random): Sent {
  const found = findAsk(talk)
  const { choices } = talk.sight
  if (isOption(choices[0])) return chooseAt(choices, random.int(0, choices.length - 1), random)
  if (!found) return text(random.pick(['halo', 'menu', 'daftar', 'lapor', 'cek']), random)
  const { flow, ask } = found
  if (ask.answer === 'choice' && persona.answers[ask.id] === undefined && choices.length > 0) {
    return chooseAt(choices, random.int(0, choices.length - 1), random)
  }
  return answerWith(talk, truthOf(persona, flow, ask), random)
}

/** Any choice, or a value of the right kind that is not the true one. */
export function answerAnyhow(talk: Conversation, random: Random): Sent {
  const { choices } = talk.sight
  if (choices.length > 0) return chooseAt(choices, random.int(0, choices.length - 1), random)
  const ask = findAsk(talk)?.ask
  const { book } = talk.read
  const kind = ask?.answer ?? 'text'
  const words: Record<string, () => string> = {
    nik: () => write('nik', `6371${random.int(100_000_000_000, 999_999_999_999)}`, random, book),
    date: () => `${random.int(1, 31)}-${random.int(1, 12)}-${random.int(30, 99)}`,
    money: () => random.pick(['1,5', '300', 'sejuta lebih', '2-3 juta', '50 ribu sehari', '75rb']),
    place: () => random.pick(['Sungai Jelai', 'martapura', 'Desa Sukamaju', 'Karang Anyar']),
    phone: () =>
      `0852${random.int(10_000_000, 99_999_999)} atau 0813${random.int(10_000_000, 99_999_999)}`,
  }
  return {
    kind: 'text',
    words: (words[kind] ?? (() => random.pick(['Umpama Lain', 'lain-lain', 'satu dua'])))(),
  }
}

/** Something that is not words; a file may come with where it is found, as on Telegram. */
function sendThing(random: Random): Sent {
  const kind = random.pick(wordless)
  return { kind, words: kind === 'document' && random.chance(0.5) ? 'list-0 daftar.xlsx' : '' }
}

function misspell(sent: Sent, random: Random): Sent {
  return sent.kind === 'text' ? { kind: 'text', words: slip(sent.words, random) } : sent
}

/** A good answer, but to another question; nothing that must stay hidden is said in the open. */
function answerAnotherQuestion(talk: Conversation, persona: Persona, random: Random): Sent {
  const id = random.pick(['name', 'birth-date', 'income', 'village', 'occupation'])
  const kinds = {
    name: 'name',
    'birth-date': 'date',
    income: 'money',
    village: 'place',
    occupation: 'text',
  } as const
  const value = persona.answers[id] ?? ''
  return {
    kind: 'text',
    words: write(kinds[id as keyof typeof kinds], value, random, talk.read.book),
  }
}

function open(talk: Conversation, random: Random): Sent {
  const words = random.pick([...talk.read.book.openings.keys(), 'daftar', 'manfaat', 'cek', 'cek'])
  return random.weigh([
    [2, { kind: 'text' as const, words }],
    [2, { kind: 'text' as const, words: `/${words}` }],
    [1, { kind: 'start' as const, words: random.pick([words, '', 'kampanye-1']) }],
  ])
}

function pressEarlier(talk: Conversation, random: Random): Sent {
  const pressed = talk.turned.flatMap(({ result }) =>
    result.replies.flatMap((reply) => reply.choices?.map(({ press }) => press) ?? []),
  )
  return { kind: 'press', words: random.pick(['0000000000.menu.enrol', ...pressed]) }
}

function pressForged(talk: Conversation, random: Random): Sent {
  const id = talk.session.talk?.id ?? ''
  const step = talk.sight.asked?.id ?? 'review'
  const forged = [
    '',
    '.',
    '..',
    'x',
    `${id}`,
    `${id}.`,
    `${id}.${step}`,
    `${id}.${step}.`,
    `${id}.?.0`,
  ]
  forged.push(`${id}.${step}.nothing`, `${id}.review.ya`, `${id}.?0.99`, `${id}.consent.ya.ya`)
  return { kind: 'press', words: random.pick(forged) }
}

/** The same once more: a double tap, or a message that was sent twice. */
function repeat(talk: Conversation, persona: Persona, random: Random): Sent[] {
  const last = talk.turned.at(-1)?.sent
  const sensitive = findAsk(talk)?.ask.sensitive
  return [last && !sensitive ? last : answerTruly(talk, persona, random)]
}

function burst(talk: Conversation, persona: Persona, random: Random): Sent[] {
  const one = answerTruly(talk, persona, random)
  return Array.from({ length: random.int(5, 40) }, () => one)
}
