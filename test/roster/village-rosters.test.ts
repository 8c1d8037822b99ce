// Rosters as villages send them: every row gets the verdict that its mistakes deserve.
import { expect, it } from 'vitest'
import { createReaders } from '../../src/core/answers/index.ts'
import { buildPlaces, createPlaceReader } from '../../src/core/place.ts'
import { noMapping } from '../../src/core/roster/mapping.ts'
import { createRosterJudge } from '../../src/core/roster/roster.ts'
import { readFlows } from '../../src/flows/index.ts'
import { readVillages } from '../../src/place-list.ts'
import { readFile } from '../../src/roster/read-file.ts'
import { inventRosters } from '../support/rosters/village-rosters.ts'
import { createRandom } from '../support/simulate/random.ts'

const villages = readVillages().filter(({ code }) => code.startsWith('63.02'))
const places = buildPlaces(villages)
const readers = createReaders(createPlaceReader(places))
const { rosters: words } = readFlows('flows')
const on = '2026-11-21'

async function judge(bytes: Buffer) {
  const roster = createRosterJudge({ mapping: noMapping, words, readers, on })
  for await (const batch of readFile(bytes)) roster.add(batch)
  return roster.finish()
}

it('198 villages of Kotabaru', async () => {
  const codes = villages.map(({ code }) => code).filter((code) => places.kind(code) === 'desa')
  const rosters = inventRosters(createRandom(1), codes)
  expect(rosters).toHaveLength(198)
  const wrong: string[] = []
  for (const roster of rosters) {
    const judged = await judge(roster.bytes)
    const found = judged.rows.map(({ at, judged, findings }) => {
      return { at, judged, reasons: findings.map(({ reason }) => reason).sort() }
    })
    if (JSON.stringify(found) !== JSON.stringify(roster.rows)) {
      wrong.push(roster.fileName)
      const i = roster.rows.findIndex((r, k) => JSON.stringify(r) !== JSON.stringify(found[k]))
      console.log(roster.fileName, JSON.stringify(roster.rows[i]), JSON.stringify(found[i]), judged.sheets.map(s => [s.name, s.layout?.headingAt, s.unknown.length, s.skipped, found.length, roster.rows.length]))
    }
  }
  expect(wrong).toEqual([])
})
