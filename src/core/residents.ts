// Residents whom an agent registered: how far each is, and the check of what the agent submitted.
import * as z from 'zod'
import type { Book } from './book.ts'
import { type CheckedEnrolment, checkEnrolment, type Submitted } from './enrolment.ts'

const residents = z.object({
  /** How many the agent has registered in this village, and what became of them. */
  total: z.number(),
  registered: z.number(),
  waiting: z.number(),
  refused: z.number(),
  /** The newest of them, newest first. */
  newest: z.array(
    z.object({
      /** As people read it: with it they find their own data. */
      receipt: z.string(),
      name: z.string(),
      /** Received and parked are both `waiting`: nobody can probe. */
      state: z.enum(['waiting', 'registered', 'ended', 'refused']),
      /** What the person said of it in their own chat. */
      said: z.enum(['nothing', 'agreed', 'objected']),
    }),
  ),
})
/** Everybody whom one agent has registered, as that agent may see them: no NIK among it. */
export type AgentResidents = z.output<typeof residents>

/** The fact `my-residents`. */
export function readResidents(fact: unknown): AgentResidents {
  return residents.parse(fact)
}

/**
 * The rows of a resident whom an agent registered, or why it is parked. They live where the agent
 * has the post, whatever was said. Throws RatesError where figures end.
 */
export function checkResident(
  { answers, startedOn }: Submitted,
  villageCode: string,
  book: Pick<Book, 'rates' | 'places' | 'readers'>,
): CheckedEnrolment {
  if (answers.statement !== 'ya') return { ok: false, park: 'not-agreed' }
  // The statement stands for the consent that whoever registers alone gives.
  const own = { ...answers, consent: 'ya', village: villageCode }
  return checkEnrolment({ answers: own, startedOn }, book)
}
