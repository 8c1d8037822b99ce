// A table of the workplace: on a phone each row is a card whose cells say what they are.
import { type Html, html } from '../html.ts'
import type { SayOffice } from './visit.ts'

type Cell = Html | string | number

/** Columns by the phrases of their headings; one that begins with `#` holds numbers. */
export function table(say: SayOffice, columns: string[], rows: Cell[][]): Html {
  const heads = columns.map((column) => ({
    words: say(column.replace('#', '')),
    mark: column.startsWith('#') && html` class="number"`,
  }))
  const cell = (body: Cell, index: number) => {
    const head = heads[index]
    if (index === 0) return html`<th scope="row">${body}</th>`
    return html`<td data-label="${head?.words}"${head?.mark}>${body}</td>`
  }
  return html`<table><thead><tr>${heads.map(
    ({ words, mark }) => html`<th scope="col"${mark}>${words}</th>`,
  )}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map(cell)}</tr>\n`)}</tbody></table>`
}
