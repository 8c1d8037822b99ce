// Time and chance for the shell: the core is given both, frozen for each turn.
import { codeLength, codeOf } from './core/answers/code.ts'
import type { Now } from './core/turn/state.ts'
import { createRandom } from './random.ts'

/** Where the program takes time and chance from. */
export interface Clock {
  /** Frozen time and chance for one turn. */
  now(): Now
  /** Today in the branch's zone, `YYYY-MM-DD`. */
  today(): string
}

const nextBytes = createRandom(codeLength)

/** The real clock, in the given zone; `ratesOn` shows the words of another day. */
export function createClock(zone: string, ratesOn?: string): Clock {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  let minute = 0
  let day = ''
  const today = () => {
    const present = Math.floor(Date.now() / 60_000)
    if (present !== minute) {
      minute = present
      day = days.format(present * 60_000)
    }
    return ratesOn ?? day
  }
  return {
    today,
    now: () => ({ on: today(), second: Math.floor(Date.now() / 1000), id: codeOf(nextBytes()) }),
  }
}
