// The answers of a talk as they are kept: read whole only where somebody looks into them.
import type { Value } from './answers/reading.ts'

/**
 * Answers in the order in which they were given. Never changed: with an answer more it is another,
 * with that one written behind the others. To read and write thirty answers whole took longer than
 * all the rest of a turn.
 */
export interface KeptAnswers {
  /** The step ids, each between two spaces: where a talk stands is mostly told by them alone. */
  readonly asked: string
  /** All by step id, as a JSON object without spaces. */
  readonly given: string
}

/** Nothing answered yet. */
export const noAnswers: KeptAnswers = { asked: ' ', given: '{}' }

/** Answers as they are kept. */
export function keepAnswers(answers: Readonly<Record<string, Value>>): KeptAnswers {
  const asked = Object.keys(answers).map((id) => `${id} `)
  return { asked: ` ${asked.join('')}`, given: JSON.stringify(answers) }
}

/** All of them by step id; throws SyntaxError when they are not as they were kept. */
export function readAnswers({ given }: KeptAnswers): Record<string, Value> {
  return JSON.parse(given) as Record<string, Value>
}

/** Whether nothing was answered yet. */
export function isUnanswered({ asked }: KeptAnswers): boolean {
  return asked === noAnswers.asked
}

/** Whether this question was answered. */
export function hasAnswer({ asked }: KeptAnswers, id: string): boolean {
  // Mostly it was not, and then the first look tells it.
  return asked.includes(id) && asked.includes(` ${id} `)
}

/** The answer to one question; undefined when there is none. */
export function findAnswer(kept: KeptAnswers, id: string): Value | undefined {
  return hasAnswer(kept, id) ? readAnswers(kept)[id] : undefined
}

/** With this answer, in the place of an earlier one to the same question or behind all others. */
export function withAnswer(kept: KeptAnswers, id: string, value: Value): KeptAnswers {
  if (hasAnswer(kept, id)) return keepAnswers({ ...readAnswers(kept), [id]: value })
  const others = isUnanswered(kept) ? '{' : `${kept.given.slice(0, -1)},`
  const given = `${others}"${id}":${JSON.stringify(value)}}`
  return { asked: `${kept.asked}${id} `, given }
}

/** Without the answer to this question. */
export function withoutAnswer(kept: KeptAnswers, id: string): KeptAnswers {
  const { [id]: _, ...others } = readAnswers(kept)
  return keepAnswers(others)
}
