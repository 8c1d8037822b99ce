// Reads every figure in a folder of YAML files and refuses what it does not understand.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, parseDocument, visit } from 'yaml'
import type { RatesFile } from './core/rates/check.ts'
import { checkFigures } from './core/rates/check.ts'
import type { Rates } from './core/rates.ts'
import { readPlain } from './flows/plain-yaml.ts'
import type { Raw } from './flows/yaml.ts'

/** The figures in a folder are not right; the message lists every problem, one to a line. */
export class RatesFileError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`the figures are not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'RatesFileError'
    this.problems = problems
  }
}

/** Every figure of the `.yaml` files in `dir`, checked. Throws RatesFileError with all problems. */
export function readRates(dir: string): Rates {
  const hash = createHash('sha256')
  const problems: string[] = []
  const files: RatesFile[] = []
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith('.yaml')) continue
    const text = readFileSync(join(dir, file), 'utf8')
    hash.update(`${file}\0${text}\0`)
    const plain = readPlain(text)
    const mistakes: string[] = []
    const content = plain ? contentOf(plain) : parse(text, mistakes)
    files.push({ file, content })
    problems.push(...mistakes.map((mistake) => `${file}: ${mistake}`))
  }
  // A file that is no YAML would also make its figures look missing: one thing at a time.
  if (problems.length > 0) throw new RatesFileError(problems)
  const checked = checkFigures(files)
  if (!checked.figures) throw new RatesFileError(checked.problems)
  return { version: hash.digest('hex').slice(0, 12), figures: checked.figures }
}

/** What was read plainly, without its lines. */
function contentOf(raw: Raw): unknown {
  if (raw.is === 'text') return raw.text
  if (raw.is === 'list') return raw.items.map(contentOf)
  return Object.fromEntries(raw.entries.map(({ key, value }) => [key, contentOf(value)]))
}

/** What any YAML holds; nothing where there are mistakes in it, which are added. */
function parse(text: string, mistakes: string[]): unknown {
  const document = parseDocument(text, AS_TYPED)
  mistakes.push(...findMistakes(document))
  return mistakes.length === 0 ? document.toJS() : undefined
}

/** Leaves every scalar as the text that was typed, so that 10.000 stays 10.000. */
const AS_TYPED = { schema: 'failsafe', version: '1.2' } as const

function findMistakes(document: Document.Parsed): string[] {
  const mistakes = [...document.errors, ...document.warnings].map(({ message }) =>
    firstLine(message),
  )
  visit(document, {
    Alias: (_, alias) => {
      mistakes.push(`"*${alias.source}" points to another place; write the value itself`)
    },
  })
  return mistakes
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message
}
