// What an officer sees in the chat of registrations that wait: one line each, or one in full.
import * as z from 'zod'

const line = z.object({
  key: z.string(),
  /** As people read it. */
  receipt: z.string(),
  name: z.string(),
  /** The name of its village; empty where that is not known. */
  village: z.string(),
  /** What is odd about it, as phrases `odd-…` call it. */
  odd: z.array(z.string()),
})
/** One registration in the list of those that wait. */
export type ReviewLine = z.output<typeof line>

const queue = z.object({ count: z.number(), lines: z.array(line) })
/** How many wait in the officer's area, and the oldest of them. */
export type ReviewQueue = z.output<typeof queue>

const card = line.extend({
  /** With its middle hidden. */
  nik: z.string(),
  /** Where they live, up to the regency. */
  place: z.string(),
  way: z.enum(['self', 'village', 'agent']),
  occupation: z.string(),
  /** Of staff: their group and post. */
  cohort: z.string().optional(),
  position: z.string().optional(),
  /** `YYYY-MM-DD` */
  createdOn: z.string(),
  /** What the NIK says otherwise. */
  differs: z.array(z.enum(['birth', 'sex'])),
  /** How many others may be of the same person. */
  twice: z.number(),
  /** What was written in this chat and not yet answered; long numbers are hidden. */
  said: z.array(z.string()),
  /** It is recorded and waits for nothing but its number. */
  mayAccept: z.boolean(),
})
/** One registration as it is decided on. */
export type ReviewCard = z.output<typeof card>

/** Step ids of the answers on which `review-held` rests. */
export const heldReviewUses = [
  ...['submission', 'submission-step', 'submission-kpj', 'accept-sure', 'refusal-reason'],
  ...['refuse-sure', 'person-question'],
]

/** How a registration stands in the turn that decides on it. */
const held = z.enum(['free', 'decided', 'taken'])
/** `decided`: somebody was quicker; `taken`: somebody else has the membership number. */
export type HeldReview = z.output<typeof held>

/** The fact `review-queue`. */
export function readReviewQueue(fact: unknown): ReviewQueue {
  return queue.parse(fact)
}

/** The fact `review-card`; undefined when it is decided, or elsewhere. */
export function readReviewCard(fact: unknown): ReviewCard | undefined {
  return fact === null || fact === undefined ? undefined : card.parse(fact)
}

/** The fact `review-held`. */
export function readHeldReview(fact: unknown): HeldReview {
  return held.parse(fact)
}
