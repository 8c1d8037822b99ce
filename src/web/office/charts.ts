// Little charts drawn on the server: told apart by shape and lightness, with the numbers beside.
import { type Html, html } from '../html.ts'

/** Stripes that the charts of a page share; put in once before the first of them. */
export const stripes = html`<svg width="0" height="0" aria-hidden="true" class="hidden"><defs>
<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><rect width="6" height="6" fill="#b9dccd"/>
<rect width="3" height="6" fill="#3f8a70"/></pattern></defs></svg>`

/** Two parts of a whole, as a bar: the first filled, the second striped, the rest empty. */
export function bar(label: string, whole: number, first: number, second: number): Html {
  const part = (count: number) =>
    whole > 0 ? Math.round((Math.min(count, whole) / whole) * 200) : 0
  const [one, two] = [part(first), part(first + second) - part(first)]
  return html`<svg class="bar" viewBox="0 0 200 12" preserveAspectRatio="none" role="img"
 aria-label="${label}"><rect width="200" height="12" fill="#fff"/>
<rect width="${one}" height="12" fill="#0b5d46"/>
<rect x="${one}" width="${two}" height="12" fill="url(#stripes)"/></svg>`
}

/** One column of a chart over time. */
export interface Column {
  /** Stands below, short. */
  label: string
  count: number
  /** The count as people read it. */
  shown: string
}

const [height, wide, gap, room] = [120, 44, 8, 20]

/** Columns with their counts above and their labels below; on a phone these stand in a list. */
export function columns(label: string, all: Column[]): Html {
  const most = Math.max(1, ...all.map(({ count }) => count))
  const drawn = all.map(({ label: below, count, shown }, i) => {
    const tall = count > 0 ? Math.max(2, Math.round((count / most) * height)) : 0
    const [x, y] = [i * (wide + gap), room + height - tall]
    const middle = x + wide / 2
    return html`<rect x="${x}" y="${y}" width="${wide}" height="${tall}" rx="2" fill="#0b5d46"/>
<text x="${middle}" y="${y - 5}" class="amount">${shown}</text>
<text x="${middle}" y="${room + height + 16}">${below}</text>`
  })
  const listed = all.map((one) => html`<li>${one.label} <b>${one.shown}</b></li>`)
  const width = all.length * (wide + gap) - gap
  return html`<div class="chart"><svg viewBox="0 0 ${width} ${height + room + 22}" role="img"
 aria-label="${label}">
<line x1="0" x2="${width}" y1="${room + height}" y2="${room + height}" stroke="#85908a"/>
${drawn}</svg>
<ul class="list">${listed}</ul>
</div>`
}
