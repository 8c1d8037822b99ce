// What of the flows was reached: steps that say something, commands, ends, choices.
import type { Book } from '../../../src/core/book.ts'
import type { Turned } from './conversation.ts'

/** What was reached so far, by name, e.g. `villager/enrol review`, `villager/enrol sex=P`. */
export interface Coverage {
  note(turned: Turned): void
  /** Names of everything in the book. */
  all: string[]
  /** Names that were not reached. */
  missed(): string[]
  /** How often each name was reached. */
  counts: Map<string, number>
}

/** Counts what is reached of one book. */
export function createCoverage(book: Book): Coverage {
  const counts = new Map<string, number>()
  const all = namesIn(book)
  const known = new Set(all)
  return {
    all,
    counts,
    missed: () => all.filter((name) => !counts.has(name)),
    note(turned) {
      if (turned.read.book !== book) return
      for (const name of new Set(namesOf(turned))) {
        if (known.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    },
  }
}

function namesIn(book: Book): string[] {
  return [...book.flows.values()].flatMap((flow) =>
    flow.steps.flatMap((step) => {
      if (step.does === 'if') return []
      if (step.does === 'do') return [`${flow.name} do ${step.id}`]
      const choices = step.does === 'ask' ? step.choices : []
      return [
        `${flow.name} ${step.id}`,
        ...choices.map((choice) => `${flow.name} ${step.id}=${choice.key}`),
      ]
    }),
  )
}

function namesOf({ sent, before, result, read }: Turned): string[] {
  const talks = [before.talk, result.session.talk].flatMap((talk) => talk?.flow ?? [])
  const flows = new Set([...talks, ...result.outcomes.map(({ flow }) => flow)])
  const { language } = result.session
  const spoken = result.replies
    .flatMap((reply) => read.recognise(reply.text, language))
    .filter((one) => one.does !== 'end' && flows.has(one.flow))
    .map((one) => `${one.flow} ${one.id}`)
  const ends = result.outcomes.map(({ flow, outcome }) => `${flow} ${outcome}`)
  const done = result.commands.map((one) => `${one.flow} do ${one.do}`)
  return [...spoken, ...ends, ...done, ...pressed(sent.words, before.talk)]
}

function pressed(words: string, talk: Turned['before']['talk']): string[] {
  const [id, step, key] = words.split('.')
  return talk && id === talk.id && !step?.startsWith('?') ? [`${talk.flow} ${step}=${key}`] : []
}
