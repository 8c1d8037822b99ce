// What the choices of the enrolment talk mean: one place for blanks, checks and the registry.
import type { Value } from './answers/reading.ts'
import type { BpuProgramme } from './contribution.ts'
import { must } from './must.ts'

type Answers = Readonly<Record<string, Value>>

const programmes: Record<string, BpuProgramme[]> = {
  basic: ['jkk', 'jkm'],
  savings: ['jkk', 'jkm', 'jht'],
}

const months: Record<string, number> = { one: 1, three: 3, six: 6, twelve: 12 }

/** The programmes behind the answer `programme`. */
export function programmesOf(answers: Answers): BpuProgramme[] {
  return must(findChosen(programmes, answers.programme), 'a known choice of programmes')
}

/** How many months ahead the answer `months` means. */
export function monthsOf(answers: Answers): number {
  return must(findChosen(months, answers.months), 'a known choice of months')
}

/** The sector behind the answer `sector`: it decides which discount holds. */
export function sectorOf(answers: Answers): 'transport' | 'other' {
  return answers.sector === 'transport' ? 'transport' : 'other'
}

/** Whether every choice of a submission is one that is known here. */
export function areChoicesKnown(answers: Answers): boolean {
  return (
    findChosen(programmes, answers.programme) !== undefined &&
    findChosen(months, answers.months) !== undefined &&
    ['transport', 'other'].includes(String(answers.sector))
  )
}

function findChosen<T>(choices: Record<string, T>, key: Value | undefined): T | undefined {
  return Object.hasOwn(choices, String(key)) ? choices[String(key)] : undefined
}
