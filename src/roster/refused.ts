// A file that is not read, and why.
import type { Refusal } from '../core/roster/refusal.ts'

/** Thrown when a file is not read; holds nothing of the file. */
export class RosterRefused extends Error {
  readonly refusal: Refusal
  /** Where in the program something happened that should not; for the log, missing as a rule. */
  readonly at: string | undefined

  constructor(refusal: Refusal, at?: string) {
    super(`the file is refused: ${refusal}`)
    this.name = 'RosterRefused'
    this.refusal = refusal
    this.at = at
  }
}
