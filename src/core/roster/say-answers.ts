// Says in plain words what became of each row, for the copy that goes back.
import type { Book } from '../book.ts'
import { sayPhrase } from '../phrase.ts'
import { showReceipt } from '../text.ts'
import type { Judged, SheetAnswers } from './answers.ts'
import type { KeptRoster } from './kept-roster.ts'
import type { Finding } from './reasons.ts'

/** What stands in the copy beside each row; sheets that were not judged are left as they are. */
export function sayAnswers(
  roster: KeptRoster,
  book: Pick<Book, 'phrases'>,
  language: string,
): SheetAnswers[] {
  return roster.sheets.flatMap(({ sheet, headingAt, column }) => {
    if (headingAt === undefined) return []
    const rows = roster.rows
      .filter((row) => row.sheet === sheet)
      .map(({ at, judged, findings, receipt }) => ({
        at,
        judged,
        words: sayVerdict({ judged, findings, receipt }, book, language),
      }))
    const heading = sayPhrase(book, language, 'roster-verdict-heading')
    return [{ sheet, headingAt, heading, column, rows }]
  })
}

interface Said {
  judged: Judged
  findings: readonly Finding[]
  receipt: string | undefined
}

/** One row's verdict and every reason for it, one sentence each. */
function sayVerdict(
  { judged, findings, receipt }: Said,
  book: Pick<Book, 'phrases'>,
  language: string,
): string {
  const say = (id: string, blanks?: Record<string, string>) =>
    sayPhrase(book, language, `roster-${id}`, blanks)
  const reasons = findings.map(({ reason, blanks }) => say(reason, blanks))
  // What is sent is no longer only ready, and its code is passed on to the person.
  const code = receipt === undefined ? say(judged) : say('sent', { code: showReceipt(receipt) })
  return [code, ...new Set(reasons)].join(' ')
}
