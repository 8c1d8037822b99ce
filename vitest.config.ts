// How the tests run: four files at once, each with its own database. The longest of them wait for
// timers most of the time, so four keep two cores busy. Files share processes: to start one and to
// load everything anew takes longer than most files take themselves.
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take half a minute and more: begun first, or the end waits for one of them alone. */
const longest =
  /faults\/|canary|contract|drive|embedded|whatsapp-(process|crabline|program)|simulate/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 4,
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/postgres-setup.ts'],
    sequence: { sequencer: LongestFirst },
  },
})
