// What a turn still has to know: stops it until the registry has told the facts.
import type { Value } from '../answers/reading.ts'
import { facts } from '../facts.ts'
import { readAnswers } from '../kept-answers.ts'
import { must } from '../must.ts'
import type { Talk } from '../session.ts'
import type { Turning } from './state.ts'

/**
 * Thrown inside a turn when a rule or blank needs facts; the turn returns them as its needs. No
 * Error: it is always caught, and nobody reads the trace that would be taken each time.
 */
export class NeedsFacts {
  readonly facts: string[]
  /** The answers of the talk that needs them. */
  readonly answers: Record<string, Value>

  constructor(facts: string[], answers: Record<string, Value> = {}) {
    this.facts = facts
    this.answers = answers
  }
}

/**
 * Makes sure that the talk has the facts which `part` needs: keeps those that this turn was given,
 * stops the turn until the registry has told the others. A fresh one is never kept.
 */
export function requireFacts(part: { needs?: string[] }, turn: Turning, talk: Talk) {
  for (const name of part.needs ?? []) {
    const shape = must(facts[name], `fact ${name}`)
    if (!shape.fresh && talk.facts && name in talk.facts) continue
    if (!(name in turn.facts)) throw new NeedsFacts([name], readAnswers(talk.answers))
    if (!shape.fresh) talk.facts = { ...talk.facts, [name]: turn.facts[name] }
  }
}
