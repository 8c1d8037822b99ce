// The order of rows and columns in somebody's list says nothing: it changes no verdict.
import { expect, test } from 'vitest'
import type { SheetRow, SheetRows } from '../../src/core/roster/cell.ts'
import { createRosterJudge, type JudgedRoster } from '../../src/core/roster/roster.ts'
import { readFile } from '../../src/roster/read-file.ts'
import { ground } from '../support/rosters/judging.ts'
import { inventRoster } from '../support/rosters/village-rosters.ts'
import { createRandom, type Random } from '../support/simulate/random.ts'

const seeds = Array.from({ length: 60 }, (_, index) => index + 1)

function judge(batches: SheetRows[]): JudgedRoster {
  const judge = createRosterJudge(ground)
  for (const batch of batches) judge.add(batch)
  return judge.finish()
}

/** Who was judged how, in whichever order. */
function verdicts({ rows }: JudgedRoster): string[] {
  return rows
    .map(({ judged, person, findings }) => {
      const reasons = findings.map(({ reason }) => reason).sort()
      return JSON.stringify([judged, person.name, person.nik, person.cohort, reasons])
    })
    .sort()
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const keyed = items.map((item) => [random.next(), item] as const)
  return keyed.sort(([one], [other]) => one - other).map(([, item]) => item)
}

/** The people of a list in another order; headings, totals and signatures stay where they are. */
function otherRows(rows: SheetRow[], people: Set<number>, random: Random): SheetRow[] {
  const places = rows.filter(({ at }) => people.has(at))
  const moved = shuffled(places, random)
  const byPlace = new Map(places.map(({ at }, index) => [at, moved[index]]))
  return rows.map((row) => ({ ...(byPlace.get(row.at) ?? row), at: row.at }))
}

function otherColumns(rows: SheetRow[], random: Random): SheetRow[] {
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  const order = shuffled([...Array(width).keys()], random)
  return rows.map((row) => ({ ...row, cells: order.map((column) => row.cells[column] ?? '') }))
}

function read(seed: number) {
  const random = createRandom(seed)
  const roster = inventRoster(random, '63.02.05.2001', new Set())
  const batches = [...readFile(roster.bytes)]
  return { random, batches, people: new Set(roster.rows.map(({ at }) => at)) }
}

test.each(seeds)('other rows, the same verdicts (seed %i)', (seed) => {
  const { random, batches, people } = read(seed)
  const moved = batches.map((batch) => ({ ...batch, rows: otherRows(batch.rows, people, random) }))
  expect(moved).not.toEqual(batches)
  expect(verdicts(judge(moved))).toEqual(verdicts(judge(batches)))
})

test.each(seeds)('other columns, the same verdicts (seed %i)', (seed) => {
  const { random, batches } = read(seed)
  // One heading above two columns belongs to both only while they stand side by side.
  if (JSON.stringify(batches).includes('KELAHIRAN')) return
  const moved = batches.map((batch) => ({ ...batch, rows: otherColumns(batch.rows, random) }))
  expect(verdicts(judge(moved))).toEqual(verdicts(judge(batches)))
})
