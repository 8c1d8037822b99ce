// The named {blanks} of the words: each says one figure, day or list of a talk.
import { benefitBlanks } from './blanks/benefits.ts'
import { campaignBlanks } from './blanks/campaigns.ts'
import { entryBlanks } from './blanks/entries.ts'
import { exampleBlanks } from './blanks/examples.ts'
import { ruleBlanks } from './blanks/limits.ts'
import { payingBlanks } from './blanks/paying.ts'
import { postBlanks } from './blanks/posts.ts'
import { priceBlanks } from './blanks/prices.ts'
import { recordBlanks } from './blanks/records.ts'
import { reviewBlanks } from './blanks/review.ts'
import { rosterBlanks } from './blanks/roster.ts'
import { staffBlanks } from './blanks/staff.ts'
import { ticketBlanks } from './blanks/tickets.ts'
import { todayBlanks } from './blanks/today.ts'
import { villageBlanks } from './blanks/village.ts'
import { villageDuesBlanks } from './blanks/village-dues.ts'
import type { Blank } from './context.ts'

/** Every blank that words may name besides asks, review, receipt and operator. */
export const blanks: Record<string, Blank> = {
  ...exampleBlanks,
  ...benefitBlanks,
  ...priceBlanks,
  ...payingBlanks,
  ...ruleBlanks,
  ...recordBlanks,
  ...postBlanks,
  ...villageBlanks,
  ...villageDuesBlanks,
  ...staffBlanks,
  ...entryBlanks,
  ...rosterBlanks,
  ...ticketBlanks,
  ...reviewBlanks,
  ...campaignBlanks,
  ...todayBlanks,
}
