// How a month appears in words: one place, so that it looks alike everywhere.
import type { Book } from './book.ts'

/** A month `YYYY-MM` in a language: its first day without the day's number. */
export function showMonth({ readers }: Book, language: string, month: string): string {
  return readers.date.show(`${month}-01`, language).replace(/^\d+ /, '')
}
