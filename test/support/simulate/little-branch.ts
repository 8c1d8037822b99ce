// What the registry would know of those who wait for a branch officer, in memory.
import type { TicketTalk, WaitingTicket } from '../../../src/core/tickets.ts'
import type { Asked } from './little-registry.ts'

const waiting: WaitingTicket[] = [
  {
    ...{ key: '11', reason: 'question', waitsMinutes: 40, place: 'Desa Rekaan' },
    ...{ heldBy: 'nobody', words: 'Kapan kartunya datang?' },
  },
  { key: '12', reason: 'other', place: '', heldBy: 'another', words: '' },
]

/** Now and then nobody waits, or a colleague was quicker. */
export const branchFacts: Record<string, (asked: Asked) => unknown> = {
  'branch-tickets': ({ second }) => (second % 5 === 0 ? [] : waiting),
  'branch-ticket': ({ second, answers }): TicketTalk | null => {
    const one = waiting.find(({ key }) => key === answers.ticket)
    if (!one || second % 6 === 0) return null
    return { ...one, lines: [{ from: 'person', words: 'Halo' }] }
  },
  'ticket-held': ({ second }) => second % 4 !== 0,
}
