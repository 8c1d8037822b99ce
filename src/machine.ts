// What the workplace shows of parts that its pages do not know: queues, linking, the reading copy.
import { tellFlow } from './book/flow.ts'
import { readGlossary } from './book/glossary.ts'
import { writeBook } from './book/page.ts'
import type { Channels } from './channels/index.ts'
import { showOn } from './channels/shown.ts'
import type { Book } from './core/book.ts'
import { must } from './core/must.ts'
import { sayPlain } from './core/phrase.ts'
import type { FlowBook } from './flows/index.ts'
import type { Queues } from './jobs/job.ts'
import { linkPath } from './web/link-page.ts'
import type { Machine } from './web/office/visit.ts'

/** The program as the pages of the workplace see it; `ended` ends their streams. */
export function createMachine(
  book: FlowBook & Pick<Book, 'rates'>,
  { whatsapp }: Pick<Channels, 'whatsapp'>,
  queues: Pick<Queues, 'states' | 'retry'>,
  ended: AbortSignal,
): Machine {
  const languageName = must(book.phrases.get('language-name'), 'a name of each language')
  const reader = {
    languages: book.languages,
    languageName: (code: string) => sayPlain(languageName, code),
  }
  let whole: string | undefined
  return {
    states: queues.states,
    retry: queues.retry,
    linkPage: () => {
      const token = whatsapp?.link.token()
      return token === undefined ? undefined : linkPath(token)
    },
    readingCopy: (name) => tellFlow(must(book.flows.get(name), `flow ${name}`), reader, book.names),
    wholeBook: () => {
      whole ??= writeBook({ flows: book, rates: book.rates, glossary: readGlossary() })
      return whole
    },
    meaningOf: (blank) => book.names.blanks.get(blank) ?? '',
    shownOn: (channel, message) => showOn(book, channel, message),
    ended,
  }
}
