// What officers ask to be done about people who wait for them: an answer, and the end of a talk.
import { must } from '../core/must.ts'
import { holdTicket } from './branch-tickets.ts'
import type { Doing, Done } from './commands.ts'
import { type OfficerSays, sayOnTicket } from './conversations.ts'

interface Officer {
  id: number
  area: string
}

/** One entry for each `do:` about tickets; only ever those of the officer's own area. */
export const ticketDoers: Record<string, (doing: Doing, by: Officer) => Promise<Done | undefined>> =
  {
    'answer-ticket': (doing, by) => {
      const { 'ticket-words': words, 'ticket-step': step } = doing.command.answers
      return say(doing, by, { words: String(words), closes: step !== 'talk' })
    },
    'close-ticket': (doing, by) => say(doing, by, { words: '', closes: true }),
  }

async function say(
  { tx, seal, command }: Doing,
  by: Officer,
  says: Pick<OfficerSays, 'words' | 'closes'>,
) {
  const ticketId = Number(command.answers.ticket)
  must(await holdTicket(tx, by.area, seal, ticketId), 'a ticket of one’s own area')
  const given = { ...says, ticketId, actor: `post:${by.id}`, takesOver: true }
  const said = await sayOnTicket(tx, seal, given)
  return 'addressId' in said ? { resumes: said.addressId } : undefined
}
