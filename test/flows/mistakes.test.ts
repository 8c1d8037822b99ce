// Every mistake that an officer may make while typing is told in one clear sentence.
import { describe, expect, it } from 'vitest'
import { flowFile, problemsOf } from '../support/flow-copy.ts'
import { lineMistakes } from './mistakes/lines.ts'
import { listMistakes } from './mistakes/lists.ts'
import { memberMistakes } from './mistakes/members.ts'
import type { Mistake } from './mistakes/mistake.ts'
import { partMistakes } from './mistakes/parts.ts'
import { paymentMistakes } from './mistakes/payments.ts'
import { roadMistakes } from './mistakes/roads.ts'
import { rosterMistakes } from './mistakes/rosters.ts'
import { sharedMistakes } from './mistakes/shared.ts'
import { talkMistakes } from './mistakes/talks.ts'
import { templateMistakes } from './mistakes/templates.ts'

function make({ file, from, to }: Mistake): string {
  if (from === undefined) return to
  const text = flowFile(file)
  if (!text.includes(from)) throw new Error(`flows/${file} has no "${from}" any more`)
  return text.replace(from, () => to)
}

function lineOf(text: string, at: string): number {
  const index = text.indexOf(at)
  if (index < 0) throw new Error(`the spoilt file has no "${at}"`)
  return text.slice(0, index).split('\n').length
}

function expectOneSentence(mistake: Mistake) {
  const spoilt = make(mistake)
  const problems = problemsOf({ [mistake.file]: spoilt })
  const step = mistake.step ? `, "${mistake.step}"` : ''
  const told = mistake.in ?? mistake.file
  const line = lineOf(mistake.in ? flowFile(mistake.in) : spoilt, mistake.at)
  const where = `flows/${told} baris ${line}${step}: `
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(where)
  expect(problems[0]).toContain(mistake.says)
  expect(problems[0]).toMatch(/^flows\/[^:]+: [^\n]+\.$/)
}

describe.each([
  ['in its lines', lineMistakes],
  ['in the talks about lists', listMistakes],
  ['in its parts', partMistakes],
  ['in where it leads', roadMistakes],
  ['for the person in it', talkMistakes],
  ['in shared words', sharedMistakes],
  ['about lists of people', rosterMistakes],
  ['about payment files', paymentMistakes],
  ['about members', memberMistakes],
  ['in templates', templateMistakes],
])('a file that is wrong %s is refused:', (_where, mistakes) => {
  it.each(mistakes.map((one) => [one.what, one] as const))('%s', (_what, mistake) => {
    expectOneSentence(mistake)
  })
})
