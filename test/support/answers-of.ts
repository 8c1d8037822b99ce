// What was answered in a talk, by step id: as tests look at it.
import type { Value } from '../../src/core/answers/reading.ts'
import { readAnswers } from '../../src/core/kept-answers.ts'
import type { Talk } from '../../src/core/session.ts'

/** The answers of the talk; none where there is no talk. */
export function answersOf(talk: Pick<Talk, 'answers'> | undefined): Record<string, Value> {
  return talk ? readAnswers(talk.answers) : {}
}
