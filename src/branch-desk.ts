// What everybody who does something for the branch works with: at a desk, on a page, in a job.
import type { Book } from './core/book.ts'
import type { Database } from './registry/database.ts'
import type { Seal } from './registry/seal.ts'

/** Who does something for the branch, and with what. */
export interface BranchDesk {
  db: Database
  seal: Seal
  book: Book
  /** Who acts, as it is audited. */
  actor: string
}
