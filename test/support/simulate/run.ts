// Lives many lives, one seed each, and gathers what was reached and what went wrong.
import { type Coverage, createCoverage } from './coverage.ts'
import { live } from './life.ts'
import { readGround } from './world.ts'

/** What became of the lives so far. */
export interface Run {
  /** Lives so many more; gives back what went wrong in them, each with its seed and its talk. */
  live(firstSeed: number, count: number): string[]
  /** Messages taken so far, each checked. */
  countTurns(): number
  /** What of the flows as they are was reached. */
  coverage: Coverage
}

/** A failure is pages long: more of them at once help nobody. */
const mostFailures = 3

/** Reads flows/ and is ready to live. */
export function beginRun(): Run {
  const ground = readGround()
  const coverage = createCoverage(ground.books[0].book)
  let turns = 0
  const world = {
    ...ground,
    note: (turned: Parameters<Coverage['note']>[0]) => {
      turns += 1
      coverage.note(turned)
    },
  }
  return {
    coverage,
    countTurns: () => turns,
    live(firstSeed, count) {
      const failures: string[] = []
      for (let seed = firstSeed; seed < firstSeed + count; seed++) {
        try {
          live(seed, world)
        } catch (error) {
          failures.push(error instanceof Error ? error.message : String(error))
        }
        if (failures.length >= mostFailures) break
      }
      return failures
    },
  }
}
