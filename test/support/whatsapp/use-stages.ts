// Stages for the tests of one file, each closed when its test is over.
import { afterEach, vi } from 'vitest'
import { createStage, type Stage } from './stage.ts'

/** Gives what makes a stage; call it once in the body of a test file. */
export function useStages(): (creds?: unknown) => Stage {
  const stages: Stage[] = []
  afterEach(async () => {
    vi.useRealTimers()
    for (const stage of stages.splice(0)) await stage.close()
  })
  return (creds) => {
    const stage = createStage(creds)
    stages.push(stage)
    return stage
  }
}
