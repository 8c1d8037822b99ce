// Why an export is not made: the same at a desk or on a page.

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
