// Finds where a talk stands by walking its answers from the first step: there is no other position.
import type { Value } from '../answers/reading.ts'
import type { Option } from '../answers/understand.ts'
import type { TalkContext } from '../context.ts'
import type { Ask, Do, End, Flow, Say, Target } from '../flow.ts'
import { type KeptAnswers, readAnswers } from '../kept-answers.ts'
import { lists } from '../lists.ts'
import { must } from '../must.ts'
import { rules } from '../rules.ts'
import type { Talk } from '../session.ts'
import { passGate } from './gate.ts'
import { requireFacts } from './needs.ts'
import { Road } from './road.ts'
import type { Turning } from './state.ts'

/** Where a talk stands: the first unanswered ask or an end. */
export interface Position {
  at: Ask | End
  /** Its place among the steps of the flow. */
  index: number
  /** The answers as far as they led here. */
  road: Road
  /** Says and commands met since the last answer: what has to be sent and done on the way here. */
  fresh: (Say | Do)[]
}

/** The talk as rules and blanks see it; its answers are read once somebody looks at one. */
class SeenTalk implements TalkContext {
  readonly book: TalkContext['book']
  readonly on: string
  readonly language: string
  readonly facts: TalkContext['facts']
  readonly talkId: string
  private readonly turn: Turning
  private readonly kept: KeptAnswers

  constructor(turn: Turning, talk: Talk) {
    this.book = turn.book
    this.on = talk.on
    this.language = turn.session.language
    // What is looked up anew in every turn is not kept with the talk.
    this.facts = turn.fresh ? { ...talk.facts, ...turn.fresh } : (talk.facts ?? {})
    this.talkId = talk.id
    this.turn = turn
    this.kept = talk.answers
  }

  get answers() {
    return seeAnswers(this.turn, this.kept)
  }
}

/** The talk as rules and blanks see it. */
export function seeTalk(turn: Turning, talk: Talk): TalkContext {
  return new SeenTalk(turn, talk)
}

/** The answers read whole, once for all that looks at them in a turn. */
export function seeAnswers(turn: Turning, kept: KeptAnswers) {
  if (turn.seen?.kept !== kept) turn.seen = { kept, answers: readAnswers(kept) }
  return turn.seen.answers
}

/**
 * Walks the flow through the answers of the talk, which all hold in it; from the first step, or
 * from where it stood before: what lies before does not change by the answer there. `pass` sees
 * each ask that is left behind, one by one. Throws Barred where the person may not have this talk:
 * whatever is done with a talk passes here.
 */
export function walk(
  turn: Turning,
  flow: Flow,
  talk: Talk,
  from?: Position,
  pass?: (step: Ask) => void,
): Position {
  passGate(turn, flow)
  const road = new Road(talk.answers, from?.road)
  let index = from?.index ?? 0
  let fresh: Position['fresh'] = []
  for (;;) {
    const step = flow.steps[index] ?? must(null, `step ${index} of ${flow.name}`)
    if (step.does === 'end') return { at: step, index, road, fresh }
    if (step.does === 'ask') {
      const after = pass ? undefined : step.stretch && road.passStretch(step.stretch)
      if (!after && !road.pass(step.id)) return { at: step, index, road, fresh }
      index = after ?? leadsTo(turn, talk, step) ?? index + 1
      if (fresh.length > 0) fresh = []
      pass?.(step)
    } else if (step.does === 'if' && holds(step.rule, turn, talk)) index = stepTarget(step.go)
    else {
      if (step.does !== 'if') fresh.push(step)
      index += 1
    }
  }
}

/** The answered asks on the road, in order. */
export function findRoad(turn: Turning, flow: Flow, talk: Talk): Ask[] {
  const road: Ask[] = []
  walk(turn, flow, talk, undefined, (ask) => road.push(ask))
  return road
}

/** The place where the choice that was made leads, if not to the next step. */
function leadsTo(turn: Turning, talk: Talk, ask: Ask): number | undefined {
  if (!ask.forks) return undefined
  const { [ask.id]: value = '' } = seeAnswers(turn, talk.answers)
  const go = chosen(ask, value)?.go
  return go && stepTarget(go)
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
