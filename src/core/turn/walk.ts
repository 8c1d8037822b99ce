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

/** Where a talk stands: the first unanswered ask or an end. */
export interface Position {
  at: Ask | End
  /** Its place among the steps of the flow. */
  index: number
  /** The place where the road goes on after the last answer. */
  since: number
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
 * Walks the flow through the answers of the talk, which all hold in it; from the first step, or
 * from where it stood before: what lies before does not change by the answer there. `pass` sees
 * each step that is left behind. Throws Barred where the person may not have this talk: whatever
 * is done with a talk passes here.
 */
export function walk(
  turn: Turning,
  flow: Flow,
  talk: Talk,
  from = 0,
  pass?: (step: Ask | Say | Do) => void,
): Position {
  passGate(turn, flow)
  let [index, since] = [from, from]
  for (;;) {
    const step = flow.steps[index] ?? must(null, `step ${index} of ${flow.name}`)
    if (step.does === 'end') return { at: step, index, since }
    if (step.does === 'ask') {
      const value = talk.answers[step.id]
      if (value === undefined) return { at: step, index, since }
      const go = chosen(step, value)?.go
      index = go ? stepTarget(go) : index + 1
      since = index
    } else if (step.does === 'if' && holds(step.rule, turn, talk)) index = stepTarget(step.go)
    else index += 1
    if (step.does !== 'if') pass?.(step)
  }
}

/** The answered asks on the road, in order. */
export function findRoad(turn: Turning, flow: Flow, talk: Talk): Ask[] {
  const road: Ask[] = []
  walk(turn, flow, talk, 0, (step) => {
    if (step.does === 'ask') road.push(step)
  })
  return road
}

/** Says and commands met since the last answer: what this turn has to send and do. */
export function findFresh(turn: Turning, flow: Flow, talk: Talk, position: Position) {
  const fresh: (Say | Do)[] = []
  walk(turn, flow, talk, position.since, (step) => {
    if (step.does !== 'ask') fresh.push(step)
  })
  return fresh
}

/** The choice with this key. */
export function chosen(ask: Ask, key: Value) {
  for (const choice of ask.choices) if (choice.key === key) return choice
  return undefined
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
