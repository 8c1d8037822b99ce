// Words with {blanks}: cut once when they are read, filled when they are said.
import type { Book } from './book.ts'
import type { Translated, Words } from './flow.ts'
import { must } from './must.ts'

/** Cuts `text` at its {blanks}. */
export function cutWords(text: string): Words {
  const parts = text.split(/\{([\w-]+)\}/)
  return {
    texts: parts.filter((_, index) => index % 2 === 0),
    blanks: parts.filter((_, index) => index % 2 === 1),
  }
}

/** The words in one language; the loader made sure that every language has them. */
export function wordsIn(translated: Translated, language: string): Words {
  return translated[language] ?? must(translated.id, 'words without Indonesian')
}

/** Words with each blank replaced by what `fill` says of it. */
export function fillWords(words: Words, fill: (blank: string) => string): string {
  let text = words.texts[0] ?? ''
  for (let index = 0; index < words.blanks.length; index++) {
    text += fill(words.blanks[index] as string) + (words.texts[index + 1] as string)
  }
  return text
}

/** A shared phrase in the given language with its blanks filled; throws when it does not exist. */
export function sayPhrase(
  book: Pick<Book, 'phrases'>,
  language: string,
  id: string,
  fills: Record<string, string> = {},
): string {
  const phrase = book.phrases.get(id) ?? must(null, `phrase ${id}`)
  return fillWords(wordsIn(phrase, language), (blank) => fills[blank] ?? '')
}

/** Words that hold no blanks, such as the label of a choice. */
export function sayPlain(translated: Translated, language: string): string {
  return wordsIn(translated, language).texts[0] ?? ''
}
