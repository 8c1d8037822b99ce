// What somebody finds in their own chat of what others registered of them: their village, an agent.
import * as z from 'zod'
import { cohorts } from './rates.ts'

const person = { villageName: z.string(), name: z.string(), nik: z.string() }

const entry = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('staff'), ...person },
    ...{ cohort: z.enum(cohorts), position: z.string() },
  }),
  z.object({
    ...{ kind: z.literal('resident'), ...person },
    occupation: z.string(),
    /** Rupiah in a month. */
    income: z.number(),
    /** As the answer `programme`: which programmes were chosen. */
    programme: z.string(),
  }),
])
/** One entry; the NIK is masked. */
export type Entry = z.output<typeof entry>

/** The fact `staff-entry`; undefined where code and birth date lead to nobody. */
export function readEntry(fact: unknown): Entry | undefined {
  return fact === null || fact === undefined ? undefined : entry.parse(fact)
}
