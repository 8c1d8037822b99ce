// The picture of an area as SVG: its villages in one bar, each group of people in a bar of its own.
import { fontFamily } from './render.ts'

/** One part of a bar: what it is, with its number as it is written. */
export interface Part {
  count: number
  value: string
  label: string
}

/** One bar: so many of `total`, named to the left and counted to the right. */
export interface Row {
  name: string
  value: string
  registered: number
  waiting: number
  total: number
}

/** All words and numbers of the picture. */
export interface OverviewWords {
  title: string
  subtitle: string
  /** How many villages there are, and how they stand: sadar, under way, not started. */
  villages: { name: string; value: string; parts: Part[] }
  people: { name: string; value: string; rows: Row[]; registered: string; waiting: string }
  footer: string
}

/** Twice the width of a phone of 360 px: sharp there, and legible when it is shown at half. */
const width = 720
const margin = 40
const inner = width - 2 * margin

/** Told apart by how dark they are as well: also in grey, also without red or green. */
const colours = { ink: '#112222', soft: '#556666', line: '#DDDDDD', paper: '#FFFFFF' }
const shades = ['#006655', '#EEAA22', '#DDDDDD']

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

interface Style {
  size: number
  bold?: boolean
  colour?: string
  anchor?: 'start' | 'end'
}

function letters(x: number, y: number, text: string, style: Style): string {
  const { size, bold = false, colour = colours.ink, anchor = 'start' } = style
  const weight = bold ? 'bold' : 'normal'
  return (
    `<text x="${x}" y="${y}" font-family="${fontFamily}" font-stretch="condensed" ` +
    `font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}">` +
    `${escaped(text)}</text>`
  )
}

function box(shape: Record<string, string | number | undefined>): string {
  const named = Object.entries(shape).map(([name, value]) => `${name}="${value}"`)
  return `<rect ${named.join(' ')}/>`
}

/** A bar cut into parts of these widths; what is over its end is cut off. */
function bar(y: number, height: number, shares: number[], id: string): string {
  let x = margin
  const cuts = shares.map((share, index) => {
    const from = x
    x += share
    return box({ x: from, y, width: share, height, fill: shades[index] })
  })
  const shape = { x: margin, y, width: inner, height, rx: height / 3 }
  const whole = box({ ...shape, fill: shades[2] })
  return (
    `<clipPath id="${id}">${box(shape)}</clipPath>` +
    `<g clip-path="url(#${id})">${whole}${cuts.join('')}</g>`
  )
}

function shareOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.round((inner * count) / total)
}

/** A square in the shade of a part, and its words. */
function key(x: number, y: number, shade: number, text: string): string {
  const square = box({ x, y: y - 17, width: 20, height: 20, rx: 5, fill: shades[shade] })
  return square + letters(x + 30, y, text, { size: 24 })
}

/** Cuts words into lines of at most so many letters. */
function wrap(text: string, most: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last && `${last} ${word}`.length > most) lines.push(word)
    else lines[lines.length - 1] = last ? `${last} ${word}` : word
  }
  return lines
}

function head(y: number, name: string, value: string): string {
  return (
    letters(margin, y, name, { size: 28, bold: true }) +
    letters(width - margin, y, value, { size: 28, bold: true, anchor: 'end' })
  )
}

function drawVillages(y: number, { name, value, parts }: OverviewWords['villages']) {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const shares = parts.map(({ count }) => shareOf(count, total))
  const keys = parts.map((part, index) => {
    const at = y + 108 + index * 38
    const count = { size: 24, bold: true, anchor: 'end' } as const
    return key(margin, at, index, part.label) + letters(width - margin, at, part.value, count)
  })
  const drawn = head(y, name, value) + bar(y + 22, 48, shares, 'villages') + keys.join('')
  return { drawn, bottom: y + 108 + (parts.length - 1) * 38 }
}

function drawPeople(
  y: number,
  { name, value, rows, registered, waiting }: OverviewWords['people'],
) {
  const bars = rows.map((row, index) => {
    const at = y + 100 + index * 82
    const shares = [shareOf(row.registered, row.total), shareOf(row.waiting, row.total)]
    return (
      letters(margin, at, row.name, { size: 24 }) +
      letters(width - margin, at, row.value, { size: 24, bold: true, anchor: 'end' }) +
      bar(at + 13, 28, shares, `row-${index}`)
    )
  })
  const keys = key(margin, y + 46, 0, registered) + key(margin + inner / 2, y + 46, 1, waiting)
  const drawn = head(y, name, value) + (rows.length > 0 ? keys : '') + bars.join('')
  return { drawn, bottom: rows.length > 0 ? y + 141 + (rows.length - 1) * 82 : y }
}

/** The SVG of an overview; as high as it has rows. */
export function drawOverview({ title, subtitle, villages, people, footer }: OverviewWords): string {
  const titles = wrap(title, 32)
  const top = 72 + (titles.length - 1) * 42
  const named = titles.map((line, index) => {
    return letters(margin, 72 + index * 42, line, { size: 34, bold: true })
  })
  const first = drawVillages(top + 116, villages)
  const second = drawPeople(first.bottom + 88, people)
  const foot = second.bottom + 72
  const height = foot + 40
  const rule = box({ x: margin, y: foot - 40, width: inner, height: 2, fill: colours.line })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    box({ width, height, fill: colours.paper }),
    box({ width, height: 10, fill: shades[0] }),
    ...named,
    letters(margin, top + 40, subtitle, { size: 24, colour: colours.soft }),
    ...[first.drawn, second.drawn, rule],
    letters(margin, foot, footer, { size: 24, colour: colours.soft }),
    '</svg>',
  ].join('\n')
}
