// How the tests run: five files at once, each with its own database. The longest of them wait for
// timers most of the time, so five keep two cores busy. Files share processes: to start one and to
// load everything anew takes longer than most files take themselves.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take ten seconds and more, in this order: begun first, or the end waits for one of them
 * alone. Those that wait for timers stand between those that compute.
 */
const longest = [
  ...['canary', 'simulate', 'whatsapp-crabline', 'faults/kill-points', 'planted', 'office-matrix'],
  ...['embedded', 'place-reader', 'contract', 'metamorphic', 'test/drive', 'whatsapp-process'],
  ...['chromium', 'rosters', 'officer.test', 'faults/', 'whatsapp-program', 'names', 'invites'],
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((name) => moduleId.includes(name))
      return found < 0 ? longest.length : found
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => place(one) - place(other))
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 5,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What comes late on a busy machine comes all the same.
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['test/support/postgres-setup.ts'],
    sequence: { sequencer: LongestFirst },
  },
})
