// Two ways through the same enrolment that must lead to the same registration.
import { describe, expect, test } from 'vitest'
import { sayPhrase } from '../src/core/phrase.ts'
import type { Session } from '../src/core/session.ts'
import { turn } from '../src/core/turn.ts'
import { answersOf } from './support/answers-of.ts'
import { beginConversation, type Conversation, send } from './support/simulate/conversation.ts'
import { live } from './support/simulate/life.ts'
import { inventNik, inventPersona, type Persona } from './support/simulate/persona.ts'
import { askToChange, playToEnd, playUntil, repliesOf, say } from './support/simulate/play.ts'
import { createRandom, type Random } from './support/simulate/random.ts'
import { readGround } from './support/simulate/world.ts'

const ground = readGround()
const [real] = ground.books
const on = '2026-11-21'
const second = Date.UTC(2026, 10, 21, 2) / 1000
const seeds = Array.from({ length: 60 }, (_, index) => index + 1)

/** Somebody invented who may enrol. */
function inventEligible(random: Random): Persona {
  for (;;) {
    const persona = inventPersona(random, ground.villages, on)
    if (persona.isEligible) return persona
  }
}

function begin(): Conversation {
  return beginConversation(real, second)
}

function reviewOf(talk: Conversation): string | undefined {
  const isReview = (text: string) => real.recognise(text, 'id').some(({ id }) => id === 'review')
  return repliesOf(talk).findLast(({ text }) => isReview(text))?.text
}

/** Another answer to one question, as likely to move the road as not. */
function changeOne(persona: Persona, random: Random): { id: string; changed: Persona } {
  const other = inventPersona(random, ground.villages, on)
  const swaps: Record<string, [string, string]> = {
    'work-relation': ['own', 'none'],
    membership: ['tidak', 'unsure'],
    sex: ['L', 'P'],
    sector: ['transport', 'other'],
    payer: ['self', 'family'],
    programme: ['basic', 'savings'],
    months: ['one', 'twelve'],
    'campaign-consent': ['ya', 'tidak'],
  }
  const ids = ['name', 'birth-place', 'mother-name', 'phone', 'village', 'occupation', 'income']
  const id = random.pick([...Object.keys(swaps), ...ids, 'birth-date', 'nik', 'address'])
  const answers = { ...persona.answers, 'own-work': 'ya', [id]: other.answers[id] ?? '' }
  const swap = swaps[id]
  if (swap) answers[id] = persona.answers[id] === swap[0] ? swap[1] : swap[0]
  if (id === 'birth-date') answers[id] = '1979-05-15'
  if (id === 'nik') answers[id] = inventNik(random, '1990-02-15', 'P')
  return { id, changed: { answers, isEligible: true } }
}

function isAnswered(talk: Conversation, id: string): boolean {
  return talk.session.talk?.flow === 'villager/enrol' && id in answersOf(talk.session.talk)
}

describe('Changing an answer', () => {
  test.each(seeds)('leads where the new answer would have led at once (seed %i)', (seed) => {
    const random = createRandom(seed)
    const persona = inventEligible(random)
    const known = { ...persona, answers: { ...persona.answers, 'own-work': 'ya' } }
    const { id, changed } = changeOne(known, random)
    const straight = begin()
    const expected = playToEnd(straight, changed, random)

    const talk = begin()
    const later = random.chance(0.5) ? 'campaign-consent' : id
    playUntil(talk, known, random, (each) => isAnswered(each, id) && isAnswered(each, later))
    askToChange(talk, id, random)
    const sent = playToEnd(talk, changed, random)
    expect(sent.answers).toEqual(expected.answers)
    expect(reviewOf(talk)).toBe(reviewOf(straight))
  })

  test.each(seeds.slice(0, 30))('is not lost when another is changed first (seed %i)', (seed) => {
    const random = createRandom(seed)
    const persona = inventEligible(random)
    const answers = { ...persona.answers, income: 8_000_000, occupation: 'nelayan' }
    const changed = { ...persona, answers }
    const expected = playToEnd(begin(), changed, random)

    const talk = begin()
    playUntil(talk, persona, random, (each) => isAnswered(each, 'campaign-consent'))
    askToChange(talk, 'income', random)
    askToChange(talk, 'occupation', random)
    const sent = playToEnd(talk, changed, random)
    expect(sent.answers).toEqual(expected.answers)
    const prices = (each: Conversation) =>
      repliesOf(each).findLast(({ text }) =>
        real.recognise(text, 'id').some((one) => one.id === 'months'),
      )
    const straight = begin()
    playToEnd(straight, changed, random)
    expect(prices(talk)?.text).toBe(prices(straight)?.text)
  })
})

test.each(seeds)('Going back and forward again changes nothing (seed %i)', (seed) => {
  const random = createRandom(seed)
  const persona = inventEligible(random)
  const talk = begin()
  const answered = random.int(2, 20)
  playUntil(talk, persona, random, ({ session }) => {
    const present = session.talk?.flow === 'villager/enrol' ? session.talk : undefined
    return Object.keys(answersOf(present)).length >= answered && !present?.pending
  })
  const before = answersOf(talk.session.talk)
  const asked = talk.sight.asked
  const back = random.int(1, Object.keys(before).length)
  for (let step = 0; step < back; step++) say(talk, 'KEMBALI', random)
  expect(Object.keys(answersOf(talk.session.talk))).toHaveLength(Object.keys(before).length - back)
  playUntil(talk, persona, random, ({ sight }) => sight.asked?.id === asked?.id)
  expect(answersOf(talk.session.talk)).toEqual(before)
})

test('KEMBALI after a change and LEWATI goes back as ever', () => {
  const random = createRandom(3)
  const persona = inventEligible(random)
  const answers = { ...persona.answers, address: 'RT dua' }
  const talk = begin()
  playUntil(talk, { ...persona, answers }, random, (each) => isAnswered(each, 'campaign-consent'))
  askToChange(talk, 'address', random)
  say(talk, 'LEWATI', random)
  say(talk, 'KEMBALI', random)
  expect(answersOf(talk.session.talk).address).toBe('')
  expect(talk.sight.asked?.id).toBe('campaign-consent')
})

test('KEMBALI from a question that is new forgets what rested on the answer behind it', () => {
  const random = createRandom(5)
  const persona = inventEligible(random)
  const nik = inventNik(random, '1990-02-15', 'P')
  const answers = { ...persona.answers, 'birth-date': '1979-05-15', nik }
  const talk = begin()
  playUntil(talk, { ...persona, answers }, random, (each) => isAnswered(each, 'mother-name'))
  expect(answersOf(talk.session.talk)['nik-check']).toBe('ya')
  talk.read = ground.books.find(({ name }) => name === 'question-added') ?? real
  say(talk, 'ULANG', random)
  expect(talk.sight.asked?.id).toBe('nickname')
  say(talk, 'KEMBALI', random)
  say(talk, 'KEMBALI', random)
  expect(talk.sight.asked?.id).toBe('nik')
  expect(answersOf(talk.session.talk)).not.toHaveProperty('nik-check')
  expect(answersOf(talk.session.talk)).toHaveProperty('mother-name')
})

test('BAHASA and BANTUAN keep the place at the first question too', () => {
  const random = createRandom(7)
  const talk = begin()
  playUntil(talk, inventEligible(random), random, ({ sight }) => sight.asked?.id === 'consent')
  say(talk, 'BAHASA', random)
  expect(talk.sight.asked?.id).toBe('language')
  say(talk, '1', random)
  expect(talk.sight.asked).toEqual({ flow: 'villager/enrol', id: 'consent' })
  say(talk, 'BANTUAN', random)
  say(talk, 'BANTUAN', random)
  expect(talk.sight.asked?.id).toBe('question')
  say(talk, 'apakah data saya aman', random)
  expect(talk.sight.asked).toEqual({ flow: 'villager/enrol', id: 'consent' })
})

test('In a new month nothing is heard as the answer to a question that was not seen', () => {
  const random = createRandom(9)
  const talk = begin()
  const isAt = ({ sight }: Conversation) => sight.asked?.id === 'campaign-consent'
  playUntil(talk, inventEligible(random), random, isAt)
  talk.second += 20 * 24 * 60 * 60
  const { result } = say(talk, '1', random)
  expect(result.replies[0]?.text).toBe(sayPhrase(real.book, 'id', 'month-turned'))
  expect(talk.sight.asked?.id).toBe('programme')
  expect(answersOf(talk.session.talk)).not.toHaveProperty('programme')
})

test.each(seeds)('Another language changes no answer (seed %i)', (seed) => {
  const expected = playToEnd(begin(), inventEligible(createRandom(seed)), createRandom(seed))
  const persona = inventEligible(createRandom(seed))
  const random = createRandom(seed + 1_000)
  const talk = begin()
  for (const language of ['en', 'id', 'en']) {
    const moment = talk.turned.length + random.int(0, 8)
    playUntil(talk, persona, random, (each) => each.turned.length >= moment)
    say(talk, 'bahasa', random)
    const choice = talk.sight.choices.find(({ press }) => press.endsWith(`.language.${language}`))
    send(talk, { kind: 'press', words: choice?.press ?? '' }, random)
    expect(talk.session.language).toBe(language)
  }
  const sent = playToEnd(talk, persona, random)
  expect(sent.answers).toEqual(expected.answers)
  expect(sent.language).toBe('en')
})

test.each(seeds)('A button pressed twice counts once (seed %i)', (seed) => {
  const random = createRandom(seed)
  const persona = inventEligible(random)
  const expected = playToEnd(begin(), persona, random)
  const talk = begin()
  playUntil(talk, persona, random, (each) => {
    const last = each.turned.at(-1)
    if (last?.sent.kind !== 'press' || last.before.talk?.flow !== 'villager/enrol') return false
    const answers = answersOf(each.session.talk)
    send(each, last.sent, random)
    expect(answersOf(each.session.talk)).toEqual(answers)
    return false
  })
  const last = talk.turned.at(-1)?.sent
  if (last) send(talk, last, random)
  const sent = talk.turned.flatMap(({ result }) =>
    result.commands.filter((command) => command.do === 'submit-enrolment'),
  )
  expect(sent).toHaveLength(1)
  expect(sent[0]?.answers).toEqual(expected.answers)
})

test.each(seeds)('Known and unknown NIKs hear the same, byte for byte (seed %i)', (seed) => {
  const persona = inventEligible(createRandom(seed))
  const nik = String(persona.answers.nik)
  const other = `${nik.slice(0, 4)}${nik.slice(4, 6) === '77' ? '78' : '77'}${nik.slice(6)}`
  const talks = [nik, other].map((first) => {
    const random = createRandom(seed)
    const talk = begin()
    playToEnd(talk, { ...persona, answers: { ...persona.answers, nik: first } }, random)
    playToEnd(talk, persona, random)
    return talk
  })
  const [known, unknown] = talks.map(repliesOf)
  expect(known).toEqual(unknown)
  const [knownFacts, unknownFacts] = talks.map((talk) => talk.turned.map(({ facts }) => facts))
  expect(knownFacts).toEqual(unknownFacts)
})

test.each(seeds)('A session that was never written down goes the same way (seed %i)', (seed) => {
  const talk = live(seed, { ...ground, note: () => {} })
  let session: Session = { language: 'id' }
  talk.turned.forEach(({ sent, read, now, facts, result }, index) => {
    const inbound = { channel: 'c', address: 'a', externalId: String(index), at: '', ...sent }
    const again = turn(read.book, session, inbound, now, facts)
    expect(again).toEqual(result)
    session = again.session
  })
})
