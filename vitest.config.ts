// How the tests run: three files at once, each with its own database. The longest of them wait for
// timers most of the time, so three keep two cores busy.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/postgres-setup.ts'],
  },
})
