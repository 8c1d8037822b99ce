// The line in which a list tells that there is more by now; the list itself stays as it is read.
import { type Html, html } from '../html.ts'
import type { SayOffice } from './visit.ts'

/** Hidden until the stream about this page has something new; `since` is the newest that is known. */
export function newsLine(say: SayOffice, about: string, since: number): Html {
  return html`<div data-stream="/kantor/kabar?tentang=${about}&amp;sejak=${since}" role="status">
${reloadLine(say)}</div>`
}

/** The line by itself: what is new, and the way to see it. */
export function reloadLine(say: SayOffice): Html {
  return html`<p class="odd" data-line hidden><span data-live="new"></span>
 <a href="">${say('office-news-reload')}</a></p>`
}
