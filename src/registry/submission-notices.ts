// What is told of a submission: the same words and purpose, whoever decided and however many.
import type { Book } from '../core/book.ts'
import { sayPhrase } from '../core/phrase.ts'
import { showReceipt } from '../core/text.ts'
import type { Notice } from './notices.ts'

/** Who is told about a submission, in which language. */
export interface Told {
  id: number
  receipt: string
  addressId: number
  language: string
}

/** What is said of a decision, the same for the same decision. */
export function purposeOf({ id }: Pick<Told, 'id'>, notice: string): string {
  return `submission:${id}:${notice}`
}

/** A notice of `flows/notices.yaml` about a submission, with its own blanks filled by `fills`. */
export function submissionNotice(
  book: Book,
  one: Told,
  notice: string,
  fills: Record<string, string>,
): Notice {
  const known = { operator: book.branch.operator, receipt: showReceipt(one.receipt) }
  const text = sayPhrase(book, one.language, notice, { ...fills, ...known })
  return { addressId: one.addressId, purpose: purposeOf(one, notice), message: { text } }
}
