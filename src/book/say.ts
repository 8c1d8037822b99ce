// How words, blanks and languages look in the book.
import type { Translated, Words } from '../core/flow.ts'
import { type Html, html } from '../web/html.ts'

/** What every page of the book needs to know. */
export interface Reader {
  /** Language codes, Indonesian first. */
  languages: string[]
  /** What each language calls itself. */
  languageName(code: string): string
}

/** A text in one language, with its blanks set apart and its lines kept. */
export function sayWords(words: Words | undefined): Html {
  if (!words) return html`<em>–</em>`
  return html`${words.texts.map((text, index) => {
    const name = words.blanks[index]
    return html`${text}${name !== undefined && html`<i class="blank">${name}</i>`}`
  })}`
}

/** The same words in every language, one column each. */
export function sideBySide(reader: Reader, words: Translated, kind = ''): Html {
  return html`<div class="sides ${kind}">${reader.languages.map(
    (code) => html`<p lang="${code}">${sayWords(words[code])}</p>`,
  )}</div>`
}

/** A table whose last columns are the languages. */
export function wordsTable(reader: Reader, rows: { id: string; words: Translated }[]): Html {
  const heads = reader.languages.map((code) => html`<th>${reader.languageName(code)}</th>`)
  const lines = rows.map(
    ({ id, words }) =>
      html`<tr id="kata-${id}"><th><code>${id}</code></th>${reader.languages.map(
        (code) => html`<td lang="${code}">${sayWords(words[code])}</td>`,
      )}</tr>`,
  )
  return html`<table class="words"><thead><tr><th>nama</th>${heads}</tr></thead>
<tbody>${lines}</tbody></table>`
}
