// Rules about people who wait for an officer.
import type { Rule } from '../context.ts'
import { readTickets, readTicketTalk } from '../tickets.ts'

/** Whether anybody waits, and whether the one who was chosen still does. */
export const ticketRules: Record<string, Rule> = {
  'nobody-waits': {
    uses: [],
    needs: ['branch-tickets'],
    holds: ({ facts }) => readTickets(facts['branch-tickets']).length === 0,
  },
  'ticket-is-gone': {
    uses: ['ticket'],
    needs: ['branch-ticket'],
    holds: ({ facts }) => readTicketTalk(facts['branch-ticket']) === undefined,
  },
  'ticket-was-closed': {
    uses: ['ticket', 'ticket-words'],
    needs: ['ticket-held'],
    holds: ({ facts }) => facts['ticket-held'] !== true,
  },
  'ticket-goes-on': {
    uses: ['ticket-step'],
    holds: ({ answers }) => answers['ticket-step'] === 'talk',
  },
}
