// What goes back about a list that was sent: what came of it, in words, and the documents with it.
import type { Book } from '../book.ts'
import type { Document } from '../message.ts'
import { sayPhrase } from '../phrase.ts'
import { showReceipt } from '../text.ts'
import { countRows, type KeptRoster } from './kept-roster.ts'

type Words = Pick<Book, 'phrases'>

/** People whose codes are told in the chat too: of more, the file tells them. */
const mostNamed = 15

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What came of a list, with the codes to pass on to its people. */
export function sayWritten(book: Words, language: string, { rows }: KeptRoster): string {
  const say = (id: string, fills: Record<string, string>) => sayPhrase(book, language, id, fills)
  const sent = rows.filter(({ receipt }) => receipt !== undefined)
  const left = rows.length - countRows(rows).accepted
  const count = String(sent.length)
  const head =
    left === 0
      ? say('roster-written-all', { count })
      : say('roster-written', { count, left: String(left) })
  if (sent.length > mostNamed) return head
  const lines = sent.map(({ person, receipt = '' }) =>
    say('roster-person-line', { name: person.name ?? '', code: showReceipt(receipt) }),
  )
  return [head, '', ...lines].join('\n')
}

/** A document that a command wants to go with its answer. */
export type DocumentWish =
  | { kind: 'answers'; id: number; fileName: string }
  | { kind: 'template'; villageCode: string }
  | { kind: 'area-picture'; area: string }
  | { kind: 'village-dues'; villageCode: string }

/** The document that was wished for, named in this language. */
export function documentOf(book: Words, language: string, wish: DocumentWish): Document {
  if (wish.kind === 'answers') return answersDocument(book, { ...wish, language })
  if (wish.kind === 'area-picture') {
    const name = `${sayPhrase(book, language, 'picture-file')}.png`
    const id = `${wish.area} ${language}`
    return { source: 'area-picture', id, name, mime: 'image/png', isPicture: true }
  }
  if (wish.kind === 'village-dues') {
    const name = `${sayPhrase(book, language, 'dues-file')}.xlsx`
    const id = `${wish.villageCode} ${language}`
    return { source: 'village-dues', id, name, mime: xlsx }
  }
  const name = `${sayPhrase(book, language, 'roster-template-name')}.xlsx`
  return { source: 'roster-template', id: `${wish.villageCode} ${language}`, name, mime: xlsx }
}

/** The same file with a verdict beside each row; `fileName` is how its sender called it. */
export function answersDocument(
  book: Words,
  { id, fileName, language }: { id: number; fileName: string; language: string },
): Document {
  const ending = /\.(csv|txt)$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'xlsx'
  const name = `${sayPhrase(book, language, 'roster-file-name')}.${ending}`
  const mime = ending === 'xlsx' ? xlsx : 'text/plain'
  return { source: 'roster-answers', id: String(id), name, mime }
}
