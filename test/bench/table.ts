// Prints what was measured as a table.
import { type Goal, median, meets, type Row, ratioOf } from './measure.ts'

const head = ['what', 'median', 'min', 'max', 'unit', 'of floor', 'goal', '']

/** The rows as lines of a table with aligned columns. */
export function drawTable(rows: Row[]): string {
  const cells = [head, ...rows.map(toCells)]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return cells
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

function toCells(row: Row): string[] {
  const ratio = ratioOf(row)
  const met = meets(row)
  return [
    row.what,
    figure(median(row.rounds)),
    figure(Math.min(...row.rounds)),
    figure(Math.max(...row.rounds)),
    row.unit,
    ratio === undefined ? '' : ratio.toFixed(2),
    row.goal ? tellGoal(row.goal) : '',
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ]
}

function tellGoal({ atLeast, atMost, reach }: Goal): string {
  const bound = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`
  return reach === undefined ? bound : `${bound} (${reach})`
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

function pad(cell: string, width: number, column: number): string {
  return column >= 1 && column <= 3 ? cell.padStart(width) : cell.padEnd(width)
}
