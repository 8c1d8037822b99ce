// Rosters as villages send them: every row gets the verdict that its mistakes deserve.
import { expect, it } from 'vitest'
import { judgeFile, kotabaru } from '../support/rosters/judging.ts'
import { inventRosters, type VillageRoster } from '../support/rosters/village-rosters.ts'
import { createRandom } from '../support/simulate/random.ts'

const codes = kotabaru.map(({ code }) => code).filter((code) => code[9] === '2')
const rosters = inventRosters(createRandom(1), codes)

function told(roster: VillageRoster) {
  return judgeFile(roster.bytes).rows.map(({ at, judged, findings }) => {
    return { at, judged, reasons: findings.map(({ reason }) => reason).sort() }
  })
}

it('198 villages of Kotabaru, 8 to 12 people each', () => {
  expect(rosters).toHaveLength(198)
  for (const roster of rosters) {
    expect({ file: roster.fileName, rows: told(roster) }).toEqual({
      file: roster.fileName,
      rows: roster.rows,
    })
  }
})

it('hold every kind of list and of mistake', () => {
  const rows = rosters.flatMap((roster) => roster.rows)
  expect(rows.length).toBeGreaterThan(1_900)
  expect(new Set(rosters.map(({ fileName }) => fileName.split('.')[1])).size).toBe(3)
  const reasons = new Set(rows.flatMap((row) => row.reasons))
  expect(reasons.size).toBeGreaterThanOrEqual(14)
  const accepted = rows.filter(({ judged }) => judged === 'accepted').length
  expect(accepted / rows.length).toBeGreaterThan(0.4)
})

it('the same seed gives the same files', () => {
  const again = inventRosters(createRandom(1), codes.slice(0, 20))
  expect(again.map(({ bytes }) => bytes.toString('hex'))).toEqual(
    rosters.slice(0, 20).map(({ bytes }) => bytes.toString('hex')),
  )
})
