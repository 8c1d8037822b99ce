// The way back up from a place, and how places below one another are called.
import { nameArea } from '../../../core/area.ts'
import { type Html, html } from '../../html.ts'
import type { Visit } from '../visit.ts'

/** Places below one that stands in the title need no more than their own name. */
export function shortName({ ground: { book } }: Visit, code: string): string {
  const village = book.places.find(code)
  if (village) return village.name
  return nameArea(book.places, code).replace(/^(Kec\. [^,]*),.*/, '$1')
}

/** The way back up: the places that this one lies in. */
export function trailOf(visit: Visit, code: string): Html {
  const parts = code.split('.')
  const above = parts.slice(2).map((_, i) => parts.slice(0, i + 2).join('.'))
  return html`<p class="trail"><a href="/kantor/desa">${visit.say('office-menu-places')}</a>
${above.map((one) => html` › <a href="/kantor/desa/${one}">${shortName(visit, one)}</a>`)}</p>`
}
