// The messages that open flows: one message opens one flow and means nothing else.
import { foldWhole } from '../core/answers/normalise.ts'
import type { Book } from '../core/book.ts'
import { textsOf } from './entries.ts'
import type { Problems } from './problems.ts'
import type { WrittenFlow } from './steps.ts'
import type { Languages } from './translations.ts'
import type { Entry } from './yaml.ts'

/** A message that opens a flow, made comparable, and where it was written. */
export interface Opening {
  words: string
  line: number
  problems: Problems
}

/** The opening messages of one file. */
export function readOpenings(entry: Entry, problems: Problems): Opening[] {
  return textsOf(entry, problems).map(({ text, line }) => ({
    words: foldWhole(text),
    line,
    problems,
  }))
}

/** The name of the flow that each message opens; a message that means two things is a problem. */
export function findOpenings(
  written: Map<string, WrittenFlow>,
  languages: Languages,
  clear: Pick<Book, 'globals' | 'yes' | 'no'>,
): Map<string, string> {
  const openings = new Map<string, string>()
  const translated = [...languages.values()].flatMap((files) => [...files])
  for (const [name, { opensOn }] of [...written, ...translated]) {
    for (const { words, line, problems } of opensOn) {
      const other = openings.get(words)
      const word = clear.globals.get(words)
      if (other && other !== name) problems.at(line, `"${words}" sudah membuka flow "${other}"`)
      else if (word) problems.at(line, `"${words}" sudah berarti ${word.toUpperCase()}`)
      else if (clear.yes.has(words) || clear.no.has(words)) {
        problems.at(line, `"${words}" sudah berarti ya atau tidak`)
      }
      openings.set(words, name)
    }
  }
  return openings
}
