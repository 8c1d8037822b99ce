// Makes figures of what flows/rates says, or lists every mistake in an officer's sentences.
import * as z from 'zod'
import { addDays } from '../calendar.ts'
import type { Figure, Rates, Row } from '../rates.ts'
import type { FigureName } from './figures.ts'
import { figureKinds, rowKind } from './figures.ts'

/** One file as YAML gives it, every scalar as text. */
export interface RatesFile {
  /** Its name, e.g. `discounts.yaml`. */
  file: string
  content: unknown
}

/** The figures if all is right; otherwise every problem, each naming file, figure and row. */
export type CheckedFigures =
  | { figures: Rates['figures']; problems: [] }
  | { figures?: undefined; problems: string[] }

/** Reads all files of figures together. Every figure must stand in exactly one of them. */
export function checkFigures(files: RatesFile[]): CheckedFigures {
  const figures = new Map<FigureName, Figure<unknown>>()
  const problems: string[] = []
  for (const { file, content } of files) {
    const entries = readEntries(content)
    if (!entries) problems.push(`${file}: must be a list of figures, each with about and rows`)
    for (const [name, written] of entries ?? []) {
      const where = `${file}: "${name}"`
      if (!isFigureName(name)) problems.push(`${where} is not a figure that the program knows`)
      else if (figures.has(name))
        problems.push(`${where} also stands in ${figures.get(name)?.file}`)
      else figures.set(name, readFigure(name, file, written, problems))
    }
  }
  for (const name of Object.keys(figureKinds).filter(isFigureName)) {
    if (!figures.has(name)) problems.push(`the figure "${name}" stands in no file`)
  }
  if (problems.length > 0) return { problems }
  return { figures: Object.fromEntries(figures) as Rates['figures'], problems: [] }
}

function readEntries(content: unknown): [string, unknown][] | undefined {
  const isMap = typeof content === 'object' && content !== null && !Array.isArray(content)
  return isMap ? Object.entries(content) : undefined
}

function isFigureName(name: string): name is FigureName {
  return Object.hasOwn(figureKinds, name)
}

const figureShape = z.strictObject({
  about: z.string().min(1),
  rows: z.array(z.unknown()).min(1),
})

function readFigure(
  name: FigureName,
  file: string,
  written: unknown,
  problems: string[],
): Figure<unknown> {
  const figure = figureShape.safeParse(written)
  if (!figure.success) {
    problems.push(...explain(`${file}: "${name}"`, figure.error))
    return { file, about: '', rows: [] }
  }
  const { about } = figure.data
  const kindOfRow = rowKind<z.ZodType>(figureKinds[name])
  const rows = figure.data.rows.map((row, i) => {
    const read = readRow(kindOfRow, row)
    if (read.success) return read.data
    problems.push(...explain(`${file}: "${name}", row ${i + 1}`, read.error))
    return undefined
  })
  const whole = rows.filter((row) => row !== undefined)
  // Periods are compared only when every row could be read: else the sentence would mislead.
  if (whole.length === rows.length) {
    problems.push(...findPeriodProblems(whole).map((what) => `${file}: "${name}", ${what}`))
  }
  return { file, about, rows: whole }
}

function readRow(kind: ReturnType<typeof rowKind>, row: unknown) {
  // Choosing the shape first lets the message be about the value, not about both shapes.
  const saysUnknown = typeof row === 'object' && row !== null && 'known' in row
  const [unknown, known] = kind.options
  return (saysUnknown ? unknown : known).safeParse(row)
}

function findPeriodProblems(rows: Row<unknown>[]): string[] {
  const problems: string[] = []
  rows.forEach((row, i) => {
    const which = `row ${i + 1} (from ${row.from})`
    const before = rows[i - 1]
    if (row.until && row.until < row.from) problems.push(`${which} ends before it begins`)
    if (!before) return
    if (row.from <= before.from) problems.push(`${which} must begin after row ${i}; append rows`)
    else if (before.until && row.from <= before.until) {
      problems.push(`${which} overlaps row ${i}, which holds until ${before.until}`)
    } else if (before.until && row.from > addDays(before.until, 1)) {
      problems.push(`${which} leaves a gap after row ${i}, which ends on ${before.until}`)
    }
  })
  return problems
}

function explain(where: string, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const at = issue.path.length > 0 ? `, ${issue.path.join(' > ')}` : ''
    return `${where}${at}: ${sentenceFor(issue)}`
  })
}

function sentenceFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `has words not known here: ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.join(', ')}`
  if (issue.code === 'invalid_type') {
    const shape =
      issue.expected === 'array' ? 'list' : issue.expected === 'string' ? 'value' : 'table'
    return `is missing, or is not a ${shape}`
  }
  // The key's own sentence says more than that a key is wrong.
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message
  return issue.message
}
