// A receipt as it is typed at the branch's own machine: SD in front of it may be left out.
import { findReceipt } from '../core/text.ts'

/** The receipt as it is kept; what is none stays what it is, and belongs to nobody. */
export function typedReceipt(words: string): string {
  return findReceipt(words) ?? findReceipt(`SD-${words}`) ?? words
}
