// Files that an officer names on the command line: opened, and why one is not read, in words.
import { readFile } from 'node:fs/promises'
import type { Book } from '../core/book.ts'
import { sayPhrase } from '../core/phrase.ts'
import { ColumnMissing } from '../roster/read-table.ts'
import { RosterRefused } from '../roster/refused.ts'

/** The bytes of a file. Throws a sentence where there are none. */
export async function openGiven(path: string | undefined): Promise<Buffer> {
  if (path === undefined) throw new Error('Tulis juga nama berkasnya.')
  return readFile(path).catch(() => {
    throw new Error('Berkas itu tidak bisa dibuka. Periksa nama dan tempatnya.')
  })
}

/** Why a file is not imported, in words for an officer; `hint` says which columns do. */
export function toSentence(
  book: Book,
  error: unknown,
  fieldNames: ReadonlyMap<string, string>,
  hint: string,
): unknown {
  if (error instanceof RosterRefused) {
    return new Error(sayPhrase(book, 'id', `roster-${error.refusal}`))
  }
  if (!(error instanceof ColumnMissing)) return error
  const names = error.fields.map((field) => `"${fieldNames.get(field) ?? field}"`)
  return new Error(`Judul kolom yang diperlukan tidak ditemukan: ${names.join(', ')}. ${hint}`)
}
