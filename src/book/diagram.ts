// Draws a flow: its steps from top to bottom, and a lane beside them for every place jumped to.
import type { Flow, Step, Target } from '../core/flow.ts'
import { type Html, html } from '../web/html.ts'

const rowHeight = 22
const boxHeight = 16
const boxWidth = 190
const laneWidth = 11
const margin = 10
const letterWidth = 7.5

/** A jump from one row to another. */
interface Jump {
  from: number
  to: number
}

/** A vertical line that every jump to one row shares. */
interface Lane {
  to: number
  from: number[]
  column: number
}

/** A step that has a box of its own. */
interface Row {
  step: Step
  /** Its number in the text, from 1. */
  number: number
  /** Whether the talk goes on to the next row by itself. */
  falls: boolean
  /** The steps that it jumps to, by index. */
  jumps: number[]
  /** Other flows and global words that it leads to. */
  leaves: string[]
}

/** The flow as an inline SVG; steps carry the numbers that they have in the text. */
export function drawFlow(flow: Flow): Html {
  const rows = listRows(flow)
  const rowOf = (index: number) => rows.findLastIndex((row) => row.number <= index + 1)
  // The next row is reached by falling; a line beside it would only be in the way.
  const jumps = rows.flatMap((row, from) =>
    row.jumps.map((index) => ({ from, to: rowOf(index) })).filter(({ to }) => to !== from + 1),
  )
  const down = arrangeLanes(jumps.filter((jump) => jump.to > jump.from))
  const up = arrangeLanes(jumps.filter((jump) => jump.to <= jump.from))
  const left = margin + laneWidth * (columnsOf(up) + 1)
  const right = left + boxWidth
  const out = right + margin + laneWidth * (columnsOf(down) + 1)
  const longest = Math.max(0, ...rows.map((row) => sayLeaving(row).length))
  const size = { width: out + longest * letterWidth, height: rows.length * rowHeight + margin }
  return html`<svg class="diagram" viewBox="0 0 ${size.width} ${size.height}"
 width="${size.width}" height="${size.height}" role="img" aria-label="Jalannya ${flow.name}">
${rows.map((row, index) => drawRow(row, index, { left, out, last: index + 1 === rows.length }))}
${down.map((lane) => drawLane(lane, right, right + laneWidth * (lane.column + 1)))}
${up.map((lane) => drawLane(lane, left, left - laneWidth * (lane.column + 1)))}
</svg>`
}

/** Every step but plain jumps, which belong to the step above them. */
function listRows({ steps }: Flow): Row[] {
  const rows: Row[] = []
  steps.forEach((step, index) => {
    const before = rows.at(-1)
    if (step.does === 'if' && step.rule === 'always' && before) {
      before.falls = false
      before.jumps.push(...jumpsOf(step))
    } else {
      const leaves = targetsOf(step).flatMap(nameOutside)
      const falls = goesOn(step)
      rows.push({ step, number: index + 1, falls, jumps: jumpsOf(step), leaves })
    }
  })
  return rows
}

function targetsOf(step: Step): Target[] {
  if (step.does === 'if') return [step.go]
  return step.does === 'ask' ? step.choices.flatMap((choice) => choice.go ?? []) : []
}

function jumpsOf(step: Step): number[] {
  const places = targetsOf(step).flatMap((go) => ('step' in go ? [go.step] : []))
  return [...new Set(places)]
}

function nameOutside(go: Target): string[] {
  if ('flow' in go) return [go.flow.replace(/^villager\//, '')]
  return 'word' in go ? [go.word.toUpperCase()] : []
}

function goesOn(step: Step): boolean {
  if (step.does === 'ask') return !step.choices.length || step.choices.some((one) => !one.go)
  return step.does !== 'end' && !(step.does === 'if' && step.rule === 'always')
}

/** One lane for each row jumped to, in the first column that is free beside it. */
function arrangeLanes(jumps: Jump[]): Lane[] {
  const targets = [...new Set(jumps.map((jump) => jump.to))]
  const wanted = targets.map((to) => {
    const from = jumps.filter((jump) => jump.to === to).map((jump) => jump.from)
    return { to, from, column: 0 }
  })
  wanted.sort((one, other) => spanOf(one).length - spanOf(other).length)
  const lanes: Lane[] = []
  for (const lane of wanted) {
    const { first, last } = spanOf(lane)
    const beside = lanes.filter((one) => spanOf(one).first <= last && spanOf(one).last >= first)
    const taken = new Set(beside.map((one) => one.column))
    while (taken.has(lane.column)) lane.column += 1
    lanes.push(lane)
  }
  return lanes
}

function spanOf({ to, from }: Lane) {
  const first = Math.min(to, ...from)
  const last = Math.max(to, ...from)
  return { first, last, length: last - first }
}

function columnsOf(lanes: Lane[]): number {
  return Math.max(0, ...lanes.map((lane) => lane.column + 1))
}

function middleOf(row: number): number {
  return margin / 2 + row * rowHeight + boxHeight / 2
}

function sayLeaving({ leaves }: Row): string {
  return leaves.length > 0 ? `→ ${leaves.join(', ')}` : ''
}

/** A box, the line down to the next one, and where it leads out of the flow. */
function drawRow(row: Row, index: number, at: { left: number; out: number; last: boolean }): Html {
  const { step, number } = row
  const name = step.does === 'if' ? `${step.rule}?` : step.id
  const y = middleOf(index)
  const fall = `M${at.left + 20} ${y + boxHeight / 2}v${rowHeight - boxHeight}`
  return html`${row.falls && !at.last && html`<path class="fall" d="${fall}"/>`}
<g class="${step.does}"><rect x="${at.left}" y="${y - boxHeight / 2}" width="${boxWidth}"
 height="${boxHeight}" rx="${step.does === 'end' ? boxHeight / 2 : 3}"/><text x="${at.left + 8}"
 y="${y + 4}">${number}  ${name}</text></g>
<text class="out" x="${at.out}" y="${y + 4}">${sayLeaving(row)}</text>`
}

/** The lane with a stub from each row that jumps into it and an arrow to the row it leads to. */
function drawLane({ to, from }: Lane, edge: number, x: number): Html {
  const y = middleOf(to) + 3
  const ends = [y, ...from.map(middleOf)]
  const stubs = from.map((row) => `M${edge} ${middleOf(row)}H${x}`).join('')
  const line = `M${x} ${Math.min(...ends)}V${Math.max(...ends)}M${x} ${y}H${edge}`
  const side = x > edge ? 5 : -5
  return html`<path class="jump" d="${stubs}${line}"/>
<path class="head" d="M${edge} ${y}l${side} -3v6z"/>`
}
