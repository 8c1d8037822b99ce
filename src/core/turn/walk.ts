// Finds where a talk stands by walking its answers from the first step: there is no other position.
import type { Value } from '../answers/reading.ts'
import type { Option } from '../answers/understand.ts'
import type { TalkContext } from '../context.ts'
import { freshFacts } from '../facts.ts'
import type { Ask, Do, End, Flow, Say, Target } from '../flow.ts'
import { lists } from '../lists.ts'
import { must } from '../must.ts'
import { rules } from '../rules.ts'
import type { Talk } from '../session.ts'
import { passGate } from './gate.ts'
import { requireFacts } from './needs.ts'
import type { Turning } from './state.ts'

/** Where a talk stands: the first unanswered ask or an end, and what lies before it. */
export interface Position {
  at: Ask | End
  /** Its place among the steps of the flow. */
  index: number
  /** Answered asks on the road, in order. */
  road: Ask[]
  /** Says and commands met since the last answer: what this turn has to send and do. */
  fresh: (Say | Do)[]
}

/** The talk as rules and blanks see it. */
export function seeTalk(turn: Turning, talk: Talk): TalkContext {
  return {
    book: turn.book,
    answers: talk.answers,
    on: talk.on,
    language: turn.session.language,
    facts: withFresh(turn.facts, talk.facts ?? {}),
    talkId: talk.id,
  }
}

/** What the talk has been told, with what is looked up anew in every turn. */
function withFresh(told: Turning['facts'], kept: NonNullable<Talk['facts']>) {
  let facts = kept
  for (const name of freshFacts) {
    if (name in told) facts = { ...facts, [name]: told[name] }
  }
  return facts
}

/**
 * Walks the flow through the answers of the talk, which all hold in it; from the question where
 * it stood before, if that is given: what lies before does not change by its answer. Throws Barred
 * where the person may not have this talk: whatever is done with a talk passes here.
 */
export function walk(turn: Turning, flow: Flow, talk: Talk, from?: Position): Position {
  passGate(turn, flow)
  const road = from?.road ?? []
  let fresh: (Say | Do)[] = []
  let index = from?.index ?? 0
  for (;;) {
    const step = flow.steps[index] ?? must(null, `step ${index} of ${flow.name}`)
    index += 1
    if (step.does === 'say' || step.does === 'do') fresh.push(step)
    else if (step.does === 'if') {
      if (holds(step.rule, turn, talk)) index = stepTarget(step.go)
    } else if (step.does === 'end') return { at: step, index: index - 1, road, fresh }
    else {
      const value = talk.answers[step.id]
      if (value === undefined) return { at: step, index: index - 1, road, fresh }
      road.push(step)
      if (fresh.length > 0) fresh = []
      const go = step.choices.length > 0 ? chosen(step, value)?.go : undefined
      if (go) index = stepTarget(go)
    }
  }
}

/** The choice with this key. */
export function chosen(ask: Ask, key: Value) {
  return ask.choices.find((choice) => choice.key === key)
}

function holds(name: string, turn: Turning, talk: Talk): boolean {
  const rule = rules[name] ?? must(null, `rule ${name}`)
  requireFacts(rule, turn, talk)
  return rule.holds(seeTalk(turn, talk))
}

function stepTarget(go: Target): number {
  return 'step' in go ? go.step : must(null, 'a kept answer leads to a step')
}

/** The options of a named list, once the facts that it needs are there. */
export function listed(turn: Turning, talk: Talk, name: string): Option[] {
  const list = must(lists[name], `list ${name}`)
  requireFacts(list, turn, talk)
  return list.options(seeTalk(turn, talk))
}

/** Whether another question can still follow `ask` further down the flow. */
export function asksFollow(flow: Flow, ask: Ask): boolean {
  const open = placesAfter(flow, flow.steps.indexOf(ask))
  const seen = new Set<number>()
  for (const place of open) {
    if (seen.has(place)) continue
    seen.add(place)
    if (flow.steps[place]?.does === 'ask') return true
    open.push(...placesAfter(flow, place))
  }
  return false
}

/** The places of the steps that can come next, further down only. */
function placesAfter(flow: Flow, place: number): number[] {
  const step = flow.steps[place]
  if (!step || step.does === 'end') return []
  if (step.does === 'if') {
    return step.rule === 'always' ? [stepTarget(step.go)] : [stepTarget(step.go), place + 1]
  }
  if (step.does !== 'ask' || step.choices.length === 0) return [place + 1]
  return step.choices.flatMap(({ go }) => {
    if (!go) return [place + 1]
    return 'step' in go && go.step > place ? [go.step] : []
  })
}
