// A walk leads where a plain replay, step by step, leads: however many questions it passes at once.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Value } from '../../../src/core/answers/reading.ts'
import type { Ask, Flow, Step, Target } from '../../../src/core/flow.ts'
import {
  type KeptAnswers,
  keepAnswers,
  readAnswers,
  withAnswer,
  withoutAnswer,
} from '../../../src/core/kept-answers.ts'
import { must } from '../../../src/core/must.ts'
import { cutWords } from '../../../src/core/phrase.ts'
import type { Session } from '../../../src/core/session.ts'
import { Road } from '../../../src/core/turn/road.ts'
import { beginTurn } from '../../../src/core/turn/state.ts'
import { findRoad, walk } from '../../../src/core/turn/walk.ts'
import { markStretches } from '../../../src/flows/stretches.ts'
import { fixtureBook } from '../../support/talk.ts'

const words = { id: cutWords('x') }
const plain = { words, restsOn: [], sensitive: false, optional: false, exact: false, version: {} }

/** What each step of the flow is; a number is how far the second choice leads on. */
const shape = fc.array(
  fc.oneof(fc.constantFrom('ask', 'say', 'if'), fc.integer({ min: 1, max: 5 })),
  {
    maxLength: 25,
  },
)

function flowOf(shapes: ('ask' | 'say' | 'if' | number)[]): Flow {
  const end: Step = { does: 'end', id: 'done', words }
  const last = shapes.length
  const steps = shapes.map((one, index): Step => {
    // Each is the end of all that come later: no place in the answers may be taken for another.
    const id = 'a'.repeat(index + 1)
    if (one === 'say') return { does: 'say', id, words }
    if (one === 'if')
      return { does: 'if', id, rule: 'always', go: { step: Math.min(index + 2, last) } }
    const ask: Ask = { does: 'ask', id, answer: 'text', choices: [], ...plain }
    if (one === 'ask') return ask
    const far = { key: 'far', label: words, go: { step: Math.min(index + one, last) } }
    const choices = [{ key: 'near', label: words }, far]
    return { ...ask, answer: 'choice', choices }
  })
  const all = [...steps, end]
  const asks = new Map(all.flatMap((step) => (step.does === 'ask' ? [[step.id, step]] : [])))
  const head = { title: words, opensOn: [], opensAs: {}, for: 'villager' as const, pin: false }
  markStretches(all)
  return { name: 'villager/test', ...head, steps: all, asks, version: 'v' }
}

/** One step after the other, as it is written in the design. */
function replay({ steps }: Flow, answers: Record<string, Value>) {
  const road: string[] = []
  let fresh: Step[] = []
  for (let index = 0; ; ) {
    const at = must(steps[index], 'a step')
    if (at.does === 'end') return { at, index, fresh, road }
    if (at.does === 'if') index = leadOf(at.go)
    else if (at.does !== 'ask') fresh.push(steps[index++] as Step)
    else {
      const value = answers[at.id]
      if (value === undefined) return { at, index, fresh, road }
      const go = at.choices.find(({ key }) => key === value)?.go
      index = go ? leadOf(go) : index + 1
      road.push(at.id)
      fresh = []
    }
  }
}

const leadOf = (go: Target) => ('step' in go ? go.step : must(null, 'a step'))

function begin(flow: Flow, answers: KeptAnswers) {
  const talk = { id: 'T', flow: flow.name, version: 'v', on: '2026-11-21', answers }
  const session: Session = { language: 'id', talk }
  const who = { channel: '', address: '', externalId: '' }
  const inbound = { ...who, kind: 'text', words: '', at: '' } as const
  const now = { on: '2026-11-21', second: 1, id: 'T' }
  return { talk, turning: beginTurn({ book: fixtureBook, session, inbound, now, facts: {} }) }
}

/** Which answers there are, and in which order they were given. */
const giving = fc.record({
  first: fc.nat(25),
  later: fc.infiniteStream(fc.boolean()),
  far: fc.infiniteStream(fc.boolean()),
  turned: fc.nat(4),
  strays: fc.boolean(),
})

type Giving = typeof giving extends fc.Arbitrary<infer T> ? T : never

function answer(flow: Flow, { first, later, far, turned, strays }: Giving) {
  const ids = [...flow.asks.keys()].filter((_, place) => place < first || later.next().value)
  const order = [...ids.slice(turned), ...ids.slice(0, turned), ...(strays ? ['gone'] : [])]
  return Object.fromEntries(order.map((id) => [id, far.next().value ? 'far' : 'near']))
}

it('from the first step', () => {
  fc.assert(
    fc.property(shape, giving, (shapes, given) => {
      const flow = flowOf(shapes)
      const answers = answer(flow, given)
      const { talk, turning } = begin(flow, keepAnswers(answers))
      const { at, index, fresh } = walk(turning, flow, talk)
      const road = findRoad(turning, flow, talk).map(({ id }) => id)
      expect({ at, index, fresh, road }).toEqual(replay(flow, answers))
    }),
    { numRuns: 1_000 },
  )
})

it('from where it stood, with that question answered and another one behind it forgotten', () => {
  fc.assert(
    fc.property(shape, giving, fc.nat(), (shapes, given, which) => {
      const flow = flowOf(shapes)
      const { talk, turning } = begin(flow, keepAnswers(answer(flow, given)))
      const stood = walk(turning, flow, talk)
      if (stood.at.does !== 'ask') return
      const road = findRoad(turning, flow, talk).map(({ id }) => id)
      const behind = [...flow.asks.keys()].filter((id) => !road.includes(id))
      const forgotten = withoutAnswer(talk.answers, behind[which % behind.length] ?? '')
      const answers = withAnswer(forgotten, stood.at.id, 'near')
      const { at, index } = walk(turning, flow, { ...talk, answers }, stood)
      const replayed = replay(flow, readAnswers(answers))
      expect({ at, index }).toEqual({ at: replayed.at, index: replayed.index })
    }),
    { numRuns: 1_000 },
  )
})

it('a road is gone on with only where the answers on it still stand as they were read', () => {
  const before = new Road({ asked: ' x y ', given: '{"x":1,"y":2}' })
  expect(before.pass('x') && before.pass('y')).toBe(true)
  expect(new Road({ asked: ' x y z ', given: '{"x":1,"y":2,"z":3}' }, before).pass('z')).toBe(true)
  expect(
    new Road({ asked: ' nik-check ', given: '{"nik-check":"ya"}' }, before).pass('check'),
  ).toBe(false)
})
