// What everything here works with, and why something is not done: the same at a desk or on a page.
import type { Book } from '../core/book.ts'
import type { Database } from '../registry/database.ts'
import type { Seal } from '../registry/seal.ts'

/** Who does something about members, and with what. */
export interface MembersDesk {
  db: Database
  seal: Seal
  book: Book
  /** Who acts, as it is audited. */
  actor: string
}

/** Why an export is not made, approved or written. */
export type ExportRefusal =
  | 'no-reason'
  | 'no-layout'
  | 'layout-changed'
  | 'unknown'
  | 'kind-differs'
  | 'not-written'
  | 'own'
  | 'not-asked'
  | 'not-approved'
  | 'written'
  | 'cancelled'

/** An export that may not go on; whoever shows it has the words. */
export class ExportRefused extends Error {
  readonly refusal: ExportRefusal

  constructor(refusal: ExportRefusal) {
    super(`an export was refused: ${refusal}`)
    this.refusal = refusal
  }
}
