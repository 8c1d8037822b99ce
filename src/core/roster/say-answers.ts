// Says in plain words what became of each row, for the copy that goes back.
import type { Book } from '../book.ts'
import { sayPhrase } from '../phrase.ts'
import type { Judged, SheetAnswers } from './answers.ts'
import type { Finding } from './reasons.ts'
import type { JudgedRoster, JudgedSheet } from './roster.ts'

/** What stands in the copy beside each row; sheets that were not judged are left as they are. */
export function sayAnswers(
  roster: JudgedRoster,
  book: Pick<Book, 'phrases'>,
  language: string,
): SheetAnswers[] {
  return roster.sheets.flatMap(({ sheet, layout, width }) => {
    if (!layout) return []
    const rows = roster.rows
      .filter((row) => row.sheet === sheet)
      .map(({ at, judged, findings }) => ({
        at,
        judged,
        words: sayVerdict(judged, findings, book, language),
      }))
    const heading = sayPhrase(book, language, 'roster-verdict-heading')
    const column = columnOf(layout, width)
    return [{ sheet, headingAt: layout.headingAt, heading, column, rows }]
  })
}

/** An earlier answer is written over; else the answers stand in the first free column. */
function columnOf(layout: NonNullable<JudgedSheet['layout']>, width: number): number {
  return layout.columns.get('verdict')?.[0] ?? width
}

/** One row's verdict and every reason for it, one sentence each. */
function sayVerdict(
  judged: Judged,
  findings: readonly Finding[],
  book: Pick<Book, 'phrases'>,
  language: string,
): string {
  const say = (id: string, blanks?: Record<string, string>) =>
    sayPhrase(book, language, `roster-${id}`, blanks)
  const reasons = findings.map(({ reason, blanks }) => say(reason, blanks))
  return [say(judged), ...new Set(reasons)].join(' ')
}
