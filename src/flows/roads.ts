// Looks at every road through a flow: what can be reached, what is certain, what rests on what.
import { blanks } from '../core/blanks.ts'
import type { Ask, Flow, Step, Translated } from '../core/flow.ts'
import { rules } from '../core/rules.ts'
import { engineBlanks } from '../core/text.ts'

/** Indexes of the steps that can follow the step at `index`, forward only. */
function stepsAfter(flow: Flow, index: number): number[] {
  const step = flow.steps[index] as Step
  if (step.does === 'end') return []
  if (step.does === 'if') {
    const jump = 'step' in step.go ? [step.go.step] : []
    return step.rule === 'always' ? jump : [...jump, index + 1]
  }
  if (step.does !== 'ask' || step.choices.length === 0) return [index + 1]
  return step.choices.flatMap((choice) => {
    if (!choice.go) return [index + 1]
    return 'step' in choice.go && choice.go.step > index ? [choice.go.step] : []
  })
}

/** Which steps can be reached from the step at `from`, itself included. */
export function reachFrom(flow: Flow, from: number): Set<number> {
  const reached = new Set<number>()
  const open = [from]
  while (open.length > 0) {
    const index = open.pop() as number
    if (reached.has(index) || index >= flow.steps.length) continue
    reached.add(index)
    open.push(...stepsAfter(flow, index))
  }
  return reached
}

/** For each step, the asks that every road to it has passed. */
export function findCertain(flow: Flow): Set<string>[] {
  const certain: (Set<string> | undefined)[] = flow.steps.map(() => undefined)
  certain[0] = new Set()
  flow.steps.forEach((step, index) => {
    const here = certain[index]
    if (!here) return
    const after = step.does === 'ask' ? new Set([...here, step.id]) : here
    for (const next of stepsAfter(flow, index)) {
      const known = certain[next]
      certain[next] = known ? new Set([...known].filter((id) => after.has(id))) : new Set(after)
    }
  })
  return certain.map((one) => one ?? new Set())
}

/** The asks that words in any language cannot do without, through their blanks. */
export function usesOfWords(flow: Flow, index: number, ...words: (Translated | undefined)[]) {
  const names = [...namesOfBlanks(...words)]
  return new Set(names.flatMap((name) => usesOfBlank(flow, index, name)))
}

/** Those, and the asks that words look at where the road has passed them. */
function restsOfWords(flow: Flow, index: number, ...words: (Translated | undefined)[]) {
  const names = [...namesOfBlanks(...words)]
  const besides = names.flatMap((name) => blanks[name]?.mayUse ?? [])
  return new Set([...usesOfWords(flow, index, ...words), ...besides])
}

/** Names of the blanks in words, over all languages. */
export function namesOfBlanks(...words: (Translated | undefined)[]): Set<string> {
  return new Set(
    words.flatMap((one) => Object.values(one ?? {}).flatMap((translated) => translated.blanks)),
  )
}

function usesOfBlank(flow: Flow, index: number, name: string): string[] {
  if (blanks[name]) return blanks[name].uses
  if (name === 'review') {
    return flow.steps.slice(0, index).flatMap((step) => (step.does === 'ask' ? [step.id] : []))
  }
  return engineBlanks.includes(name) ? [] : [name]
}

/** Fills in which answers each ask rests on: those in its words, and those that decide on it. */
export function findWhatRests(flow: Flow) {
  flow.steps.forEach((step, index) => {
    if (step.does !== 'ask') return
    const labels = step.choices.map((choice) => choice.label)
    const rests = restsOfWords(flow, index, step.words, step.help, ...labels)
    rests.delete(step.id)
    step.restsOn = [...rests]
  })
  flow.steps.forEach((step, index) => {
    for (const { ask, deciders } of asksSkipped(flow, step, index)) {
      ask.restsOn = [...new Set([...ask.restsOn, ...deciders])]
    }
  })
}

function decidersOf(name: string): string[] {
  const rule = rules[name]
  return [...(rule?.uses ?? []), ...(rule?.mayUse ?? [])]
}

/** Asks that a jump passes over although the road joins again behind them. */
function asksSkipped(flow: Flow, step: Step, index: number) {
  if (step.does !== 'if' && step.does !== 'ask') return []
  const deciders = step.does === 'if' ? decidersOf(step.rule) : [step.id]
  const through = reachFrom(flow, index + 1)
  const jumps = stepsAfter(flow, index).filter((next) => next > index + 1 && through.has(next))
  const skipped: { ask: Ask; deciders: string[] }[] = []
  for (const jump of jumps) {
    for (let between = index + 1; between < jump; between++) {
      const ask = flow.steps[between]
      if (ask?.does === 'ask' && through.has(between)) skipped.push({ ask, deciders })
    }
  }
  return skipped
}
