// Blanks about people who wait for an officer, and the list to choose one from.
import type { Blank, List, TalkContext } from '../context.ts'
import { must } from '../must.ts'
import {
  readTickets,
  readTicketTalk,
  sayReason,
  type TicketTalk,
  type WaitingTicket,
} from '../tickets.ts'
import { say, sayWait } from './show.ts'

/** Characters of one message that are shown with a ticket, and of the words in the list. */
const longestLine = 300
const longestLabel = 24

/** How long somebody waits, what they said, and how many there are. */
export const ticketBlanks: Record<string, Blank> = {
  ticket_count: {
    uses: [],
    needs: ['branch-tickets'],
    show: ({ facts }) => String(readTickets(facts['branch-tickets']).length),
  },
  ticket_talk: {
    uses: ['ticket'],
    needs: ['branch-ticket'],
    show: (talk) => showTalk(talk, must(readTicketTalk(talk.facts['branch-ticket']), 'a ticket')),
  },
}

/** Whom an officer may open, the longest waiting first. */
export const ticketList: List = {
  needs: ['branch-tickets'],
  options: (talk) =>
    readTickets(talk.facts['branch-tickets']).map((one) => {
      const parts = [
        sayReason(talk.book, talk.language, one.reason),
        sayTurn(talk, one),
        cut(one.words, longestLabel),
      ]
      return { key: one.key, label: parts.filter((part) => part !== '').join(' · ') }
    }),
}

function showTalk(talk: TalkContext, ticket: TicketTalk): string {
  const head = [
    sayReason(talk.book, talk.language, ticket.reason),
    ticket.place,
    sayTurn(talk, ticket),
  ]
  const held = ticket.heldBy === 'another' ? [say(talk, 'ticket-held-elsewhere')] : []
  const lines = ticket.lines.map(({ from, words }) => {
    return say(talk, from === 'bot' ? 'ticket-line-bot' : 'ticket-line-person', {
      words: cut(words, longestLine),
    })
  })
  const told = ticket.words === '' ? [] : [say(talk, 'ticket-told', { words: ticket.words })]
  const top = head.filter((part) => part !== '').join(' · ')
  return [top, ...held, ...told, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n')
}

function sayTurn(talk: TalkContext, { waitsMinutes }: WaitingTicket): string {
  return waitsMinutes === undefined ? say(talk, 'waits-not') : sayWait(talk, waitsMinutes)
}

function cut(words: string, longest: number): string {
  const all = [...words]
  return all.length <= longest ? words : `${all.slice(0, longest - 1).join('')}…`
}
