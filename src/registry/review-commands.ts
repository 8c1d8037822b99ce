// What officers ask to be done about a registration in their chat: each may have come too late.
import { must } from '../core/must.ts'
import type { Doing, Done } from './commands.ts'
import type { Decided, Deciding } from './decision-rows.ts'
import { acceptSubmission, askPerson, refuseForReason } from './review-decisions.ts'
import { everything, findNeighbours, findReviewed } from './review-queue.ts'

interface Officer {
  id: number
  area: string
}

type Do = (doing: Doing, by: Officer) => Promise<Done | undefined>

/** The flow in which they are looked at one by one. */
const reviewFlow = 'branch/review'

/**
 * One entry for each `do:` about registrations, only ever those of the officer's own area. The talk
 * held the row in this very turn; whoever goes back in it and decides the same again changes
 * nothing.
 */
export const reviewDoers: Record<string, Do> = {
  'accept-submission': (doing, by) =>
    decide(doing, by, (deciding, one, answers) =>
      acceptSubmission(deciding, one, String(answers['submission-kpj'])),
    ),
  'refuse-submission': (doing, by) =>
    decide(doing, by, (deciding, one, answers) =>
      refuseForReason(deciding, one, { reason: String(answers['refusal-reason']) }),
    ),
  'ask-about-submission': (doing, by) =>
    decide(doing, by, (deciding, one, answers) =>
      askPerson(deciding, one, String(answers['person-question'])),
    ),
  'open-next-submission': async (doing, { area }) => {
    const one = await getOne(doing, area)
    const { next } = await findNeighbours(doing.tx, area, everything, one.id)
    return { opens: next ? `${reviewFlow} submission=${next}` : reviewFlow }
  },
}

type Work = (
  deciding: Deciding,
  one: Decided,
  answers: Doing['command']['answers'],
) => Promise<unknown>

async function decide(doing: Doing, by: Officer, work: Work) {
  const { tx, seal, book, command } = doing
  const one = await getOne(doing, by.area)
  await work({ tx, seal, book, actor: `post:${by.id}` }, one, command.answers)
  return undefined
}

async function getOne({ tx, seal, command }: Doing, area: string) {
  const found = await findReviewed(tx, seal, area, String(command.answers.submission))
  return must(found, 'a registration of one’s own area')
}
