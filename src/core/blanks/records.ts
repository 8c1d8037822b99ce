// Blanks that say what the registry holds for this address, and what the branch tells of itself.
import * as z from 'zod'
import type { Blank, TalkContext } from '../context.ts'
import { say, showDay } from './show.ts'

const submissions = z.array(
  z.object({ receipt: z.string(), state: z.string(), createdOn: z.string() }),
)

const held = z.record(z.string(), z.union([z.string(), z.number()]))

/** States that a person hears by name; every other one is "received, not looked at yet". */
const toldStates = new Set(['registered', 'refused', 'withdrawn', 'ended'])

/** Lines about submissions and personal data, and the contacts that the branch has given. */
export const recordBlanks: Record<string, Blank> = {
  submissions: { uses: [], needs: ['my-submissions'], show: showSubmissions },
  my_data: { uses: [], needs: ['my-data'], show: showHeld },
  contacts: {
    uses: [],
    show: (talk) => {
      const { contacts } = talk.book.branch
      if (contacts.length === 0) return say(talk, 'contacts-unknown')
      return say(talk, 'contacts-known', { contacts: contacts.join('\n') })
    },
  },
}

function showSubmissions(talk: TalkContext): string {
  return submissions
    .parse(talk.facts['my-submissions'])
    .map(({ receipt, state, createdOn }) => {
      const told = toldStates.has(state) ? state : 'received'
      const fills = {
        receipt,
        on: showDay(talk, createdOn),
        state: say(talk, `submission-${told}`),
      }
      return say(talk, 'submission-line', fills)
    })
    .join('\n')
}

/** One line for each thing that is held and has a name in phrases.yaml, in the registry's order. */
function showHeld(talk: TalkContext): string {
  return Object.entries(held.parse(talk.facts['my-data']))
    .filter(([key]) => talk.book.phrases.has(`data-${key}`))
    .map(([key, value]) =>
      say(talk, 'data-line', { label: say(talk, `data-${key}`), value: String(value) }),
    )
    .join('\n')
}
