// A file that is not read, and why.
import type { Refusal } from '../core/roster/refusal.ts'

/** Thrown when a file is not read; holds nothing of the file. */
export class RosterRefused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`the file is refused: ${refusal}`)
    this.name = 'RosterRefused'
    this.refusal = refusal
  }
}
