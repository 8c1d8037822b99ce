// Every phrase about a registration that officers decide on, in the chat and on the page.
import type { EnrolmentDoubt, ParkReason } from './enrolment.ts'
import { plain } from './phrases.ts'

/** Why something is odd about a submission: each is explained, and short in a list. */
const oddReasons: Record<ParkReason | EnrolmentDoubt | OtherReason, true> = {
  ...{ 'no-consent': true, 'answers-incomplete': true, 'nik-impossible': true },
  ...{ 'not-self-employed': true, 'member-already': true, foreigner: true, 'too-young': true },
  ...{ 'too-old': true, 'near-limit': true, 'no-work': true, 'village-unknown': true },
  ...{ 'other-payer': true, 'not-agreed': true, 'wage-unknown': true, 'nik-differs': true },
  ...{ 'membership-unsure': true, 'discount-unsure': true, 'lacks-birth-place': true },
  ...{ 'lacks-sex': true, 'lacks-mother-name': true, 'nik-known': true },
  ...{ 'person-objects': true, 'our-fault': true },
}

/** What is found only when rows are written, or said by the person later. */
type OtherReason = 'nik-known' | 'person-objects' | 'our-fault'

const odd = Object.keys(oddReasons).flatMap((reason) => [`odd-${reason}`, `odd-${reason}-short`])

/** All of them, with the {blanks} that each fills. */
export const reviewPhrases: Record<string, string[]> = {
  ...plain(...odd, 'odd-nothing odd-nik-birth odd-nik-sex review-no-village review-at-office'),
  ...plain('review-step-accept review-step-refuse review-step-ask review-step-leave'),
  'odd-twice': ['count'],
  'review-lead-self': ['village', 'as', 'on', 'receipt'],
  'review-lead-village': ['village', 'as', 'on', 'receipt'],
  'review-lead-agent': ['village', 'as', 'on', 'receipt'],
  'review-name': ['name', 'nik'],
  'review-odd': ['words'],
  'review-said': ['words'],
  'review-more-odd': ['first', 'count'],
}
