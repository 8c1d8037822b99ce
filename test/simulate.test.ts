// Simulated villagers: whatever they do, nothing breaks, nothing is lost, and they can enrol.
// A failure names its seed. More: SEEDS=20000 npx vitest run test/simulate.test.ts, or npm run simulate.
import { describe, expect, test } from 'vitest'
import { beginRun } from './support/simulate/run.ts'

const run = beginRun()
const seeds = Number(process.env.SEEDS ?? 2_000)
const inOneTest = 250
const firsts = Array.from({ length: Math.ceil(seeds / inOneTest) }, (_, at) => at * inOneTest + 1)

// A machine that does other things too takes many times as long.
describe('Simulated villagers', { timeout: 300_000 }, () => {
  test.each(firsts)('enrol whatever came before (from seed %i)', (first) => {
    const failures = run.live(first, Math.min(inOneTest, seeds - first + 1))
    expect(failures.join('\n\n')).toBe('')
  })

  test.runIf(seeds >= 2_000)('reach every step, command, choice and end of every flow', () => {
    expect(run.coverage.missed()).toEqual([])
    expect(run.coverage.all.length).toBeGreaterThan(200)
  })
})
