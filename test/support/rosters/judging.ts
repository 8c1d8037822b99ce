// Judges lists in tests as the program does: the real words, the villages of Kotabaru.
import { createReaders } from '../../../src/core/answers/index.ts'
import { buildPlaces, createPlaceReader } from '../../../src/core/place.ts'
import type { Cell } from '../../../src/core/roster/cell.ts'
import { noMapping } from '../../../src/core/roster/mapping.ts'
import {
  createRosterJudge,
  type JudgedRoster,
  type JudgeGround,
} from '../../../src/core/roster/roster.ts'
import { readFile } from '../../../src/roster/read-file.ts'
import { realBook, realVillages } from '../real-book.ts'

/** The villages of Kotabaru, kelurahan too. */
export const kotabaru = realVillages().filter(({ code }) => code.startsWith('63.02'))

/** What flows/ says. */
export const flowBook = realBook()

/** Judging on 21 November 2026, with nothing mapped. */
export const ground: JudgeGround = {
  mapping: noMapping,
  words: flowBook.rosters,
  readers: createReaders(createPlaceReader(buildPlaces(kotabaru))),
  on: '2026-11-21',
}

/** Judges the bytes of a file. */
export function judgeFile(bytes: Buffer, given: Partial<JudgeGround> = {}): JudgedRoster {
  const judge = createRosterJudge({ ...ground, ...given })
  for (const batch of readFile(bytes)) judge.add(batch)
  return judge.finish()
}

/** Judges rows as they stand in a sheet, from row 1 on; nothing in an empty row. */
export function judgeRows(
  rows: Cell[][],
  given: Partial<JudgeGround> = {},
  isTyped = true,
): JudgedRoster {
  const judge = createRosterJudge({ ...ground, ...given })
  const numbered = rows.map((cells, index) => ({ at: index + 1, cells }))
  const used = numbered.filter(({ cells }) => cells.some((cell) => cell !== ''))
  judge.add({ sheet: 0, name: 'Daftar', isTyped, rows: used })
  return judge.finish()
}

/** The verdict and the sorted reasons of each row. */
export function tell({ rows }: JudgedRoster): string[] {
  return rows.map(({ judged, findings }) =>
    [judged, ...findings.map(({ reason }) => reason).sort()].join(' '),
  )
}
