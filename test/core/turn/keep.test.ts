// Answers are kept, changed and forgotten together with what rests on them.
import { describe, expect, test } from 'vitest'
import type { Value } from '../../../src/core/answers/reading.ts'
import type { Ask, Flow, Step } from '../../../src/core/flow.ts'
import { keepAnswers } from '../../../src/core/kept-answers.ts'
import { cutWords } from '../../../src/core/phrase.ts'
import type { Talk } from '../../../src/core/session.ts'
import {
  changeAnswer,
  forgetAnswer,
  forgetWhatNoLongerHolds,
  putBack,
  setAnswer,
} from '../../../src/core/turn/keep.ts'
import type { Turning } from '../../../src/core/turn/state.ts'
import { answersOf } from '../../support/answers-of.ts'
import { fixtureBook } from '../../support/talk.ts'

function ask(id: string, restsOn: string[], given: Partial<Ask> = {}): Ask {
  const words = { id: cutWords(id) }
  const none = { choices: [], sensitive: false, optional: false, exact: false, version: {} }
  return { does: 'ask', id, words, answer: 'text', restsOn, ...none, ...given }
}

function flowOf(asks: Ask[], version = 'new'): Flow {
  const steps: Step[] = [...asks, { does: 'end', id: 'done', words: { id: cutWords('done') } }]
  const byId = new Map(asks.map((one) => [one.id, one]))
  const title = { id: cutWords('Uji') }
  const head = { title, opensOn: [], opensAs: {}, for: 'villager' as const, pin: false }
  return { name: 'villager/test', ...head, steps, asks: byId, version }
}

function talkOf(answers: Record<string, Value>, given: Partial<Talk> = {}): Talk {
  return {
    id: '0123456789',
    flow: 'villager/test',
    version: 'new',
    on: '2026-11-21',
    answers: keepAnswers(answers),
    ...given,
  }
}

const turning = { book: fixtureBook } as Turning
const work = ask('work', [])
const price = ask('price', ['work'])
const months = ask('months', ['price'])
const place = ask('place', [])
const flow = flowOf([work, price, months, place])
const all = { work: 'kebun', price: 'dasar', months: 'tiga', place: 'pasar' }

describe('Setting an answer', () => {
  test('to something else forgets what rests on it, and what rests on that', () => {
    const talk = talkOf({ ...all })
    setAnswer(turning, flow, talk, work, 'laut')
    expect(answersOf(talk)).toEqual({ work: 'laut', place: 'pasar' })
  })

  test('to something else forgets the facts that rested on it, and no others', () => {
    const code = ask('invite-code', [])
    const known = { invite: { role: 'coordinator' }, stopped: false }
    const talk = talkOf({ 'invite-code': 'A' }, { facts: known })
    setAnswer(turning, flowOf([code]), talk, code, 'A')
    expect(talk.facts).toEqual(known)
    setAnswer(turning, flowOf([code]), talk, code, 'B')
    expect(talk.facts).toEqual({ stopped: false })
    forgetAnswer(flowOf([code]), { ...talk, facts: known }, 'invite-code')
    expect(known).toHaveProperty('invite')
  })

  test('to the same forgets nothing', () => {
    const talk = talkOf({ ...all })
    setAnswer(turning, flow, talk, work, 'kebun')
    expect(answersOf(talk)).toEqual(all)
  })

  test('after a change compares with the answer as it was', () => {
    const same = talkOf({ ...all })
    changeAnswer(flow, same, 'work')
    setAnswer(turning, flow, same, work, 'kebun')
    expect(same).not.toHaveProperty('was')
    expect(answersOf(same)).toEqual(all)
    const other = talkOf({ ...all })
    changeAnswer(flow, other, 'work')
    setAnswer(turning, flow, other, work, 'laut')
    expect(other).not.toHaveProperty('was')
    expect(answersOf(other)).toEqual({ work: 'laut', place: 'pasar' })
  })
})

describe('Changing an answer', () => {
  test('can be taken back', () => {
    const talk = talkOf({ ...all })
    changeAnswer(flow, talk, 'work')
    expect(answersOf(talk)).not.toHaveProperty('work')
    expect(putBack(talk)).toBe(true)
    expect(talk).not.toHaveProperty('was')
    expect(answersOf(talk)).toEqual(all)
    expect(putBack(talk)).toBe(false)
  })

  test('and then another one loses neither', () => {
    const talk = talkOf({ ...all })
    changeAnswer(flow, talk, 'work')
    changeAnswer(flow, talk, 'place')
    expect(answersOf(talk).work).toBe('kebun')
    expect(talk.was).toEqual({ step: 'place', value: 'pasar' })
  })
})

test('Forgetting an answer forgets what rests on it and no way back leads to it', () => {
  const talk = talkOf({ ...all })
  changeAnswer(flow, talk, 'price')
  forgetAnswer(flow, talk, 'price')
  expect(putBack(talk)).toBe(false)
  forgetAnswer(flow, talk, 'work')
  expect(answersOf(talk)).toEqual({ months: 'tiga', place: 'pasar' })
})

describe('A flow that was edited', () => {
  const label = { id: cutWords('Pilihan') }
  const choices = (go: Ask['choices'][number]['go']) => [{ key: 'kebun', label, ...(go && { go }) }]
  const edited = (given: Partial<Ask>, version = 'new') =>
    flowOf([place, ask('work', [], given), price, months], version)

  test.each([
    ['the choice is still there', { answer: 'choice', choices: choices(undefined) }, true],
    ['the choice leads further down', { answer: 'choice', choices: choices({ step: 3 }) }, true],
    ['the choice is gone', { answer: 'choice', choices: [] }, false],
    ['the choice leads up', { answer: 'choice', choices: choices({ step: 0 }) }, false],
    ['the choice leads to itself', { answer: 'choice', choices: choices({ step: 1 }) }, false],
    ['the choice leads to a flow', { answer: 'choice', choices: choices({ flow: 'x/y' }) }, false],
    ['the choice is a word', { answer: 'choice', choices: choices({ word: 'menu' }) }, false],
    ['the kind still takes it', { answer: 'name' }, true],
    ['the kind takes it no longer', { answer: 'money' }, false],
  ] as [string, Partial<Ask>, boolean][])('keeps an answer or not: %s', (_, given, holds) => {
    const { place: first, ...others } = all
    for (const answers of [{ ...all }, { ...others }]) {
      const talk = talkOf(answers, { version: 'old' })
      forgetWhatNoLongerHolds(turning, edited(given), talk)
      expect('work' in answersOf(talk), `with ${first} ${'place' in answers}`).toBe(holds)
      expect('price' in answersOf(talk)).toBe(holds)
      expect(talk.version).toBe('new')
    }
  })

  test('is looked at once, and a skipped answer must still be allowed to be skipped', () => {
    const talk = talkOf({ work: '' })
    forgetWhatNoLongerHolds(turning, edited({}), talk)
    expect(answersOf(talk)).toEqual({ work: '' })
    talk.version = 'old'
    forgetWhatNoLongerHolds(turning, edited({ optional: true }), talk)
    expect(answersOf(talk)).toEqual({ work: '' })
    talk.version = 'old'
    forgetWhatNoLongerHolds(turning, edited({}), talk)
    expect(answersOf(talk)).toEqual({})
  })

  test('forgets offers that were made before, and the way back to what it no longer takes', () => {
    const pending = { about: 'doubt' as const, options: ['kebun'] }
    const talk = talkOf({}, { version: 'old', pending, was: { step: 'work', value: 'kebun' } })
    forgetWhatNoLongerHolds(turning, edited({ answer: 'money' }), talk)
    expect(talk).not.toHaveProperty('pending')
    expect(talk).not.toHaveProperty('was')
  })
})
