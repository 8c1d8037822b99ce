// Keeps the words of every question as they were shown: a consent can be read as it was given.
import type { Book } from '../core/book.ts'
import type { Tx } from './database.ts'

/** Adds the wordings of this book that are not kept yet. */
export async function keepWordings(tx: Tx, book: Book) {
  const wordings = new Map<string, { step: string; language: string; text: string }>()
  for (const flow of book.flows.values()) {
    for (const ask of flow.asks.values()) {
      for (const [language, words] of Object.entries(ask.words)) {
        const text = words.texts.map((one, at) => one + blank(words.blanks[at])).join('')
        wordings.set(ask.version[language] ?? '', { step: ask.id, language, text })
      }
    }
  }
  const rows = [...wordings]
  await tx.query(
    `INSERT INTO wording (version, step, language, text)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
     ON CONFLICT (version) DO NOTHING`,
    [
      rows.map(([version]) => version),
      rows.map(([, one]) => one.step),
      rows.map(([, one]) => one.language),
      rows.map(([, one]) => one.text),
    ],
  )
}

function blank(name: string | undefined): string {
  return name === undefined ? '' : `{${name}}`
}
