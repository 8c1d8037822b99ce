// What the registry would know of those who wait for a branch officer, in memory.
import type { OpenCampaign } from '../../../src/core/outreach/open-campaign.ts'
import type { ReviewCard, ReviewLine } from '../../../src/core/review.ts'
import type { TicketTalk, WaitingTicket } from '../../../src/core/tickets.ts'
import type { Asked } from './little-registry.ts'

const waiting: WaitingTicket[] = [
  {
    ...{ key: '11', reason: 'question', waitsMinutes: 40, place: 'Desa Rekaan' },
    ...{ heldBy: 'nobody', words: 'Kapan kartunya datang?' },
  },
  { key: '12', reason: 'other', place: '', heldBy: 'another', words: '' },
]

const counts = { chosen: 0, queued: 2, sent: 30, failed: 1, skipped: 7 }
const campaigns: OpenCampaign[] = (
  ['tested', 'waiting-approval', 'canary', 'running', 'paused'] as const
).map((state, index) => {
  return { key: `c${index}`, title: `Kampanye ${index}`, state, isMine: index % 2 === 0, counts }
})

const registration: ReviewLine = {
  ...{ key: '7K3M292QXC', receipt: 'SD-7K3M2-92QXC', name: 'Siti Rekaan' },
  ...{ village: 'Desa Rekaan', odd: ['nik-differs'] },
}

/** Now and then one that the program could not record. */
function cardAt(second: number, key: string): ReviewCard {
  return {
    ...{ ...registration, key, nik: '6303••••••••0001', place: '', way: 'self' },
    ...{ occupation: 'petani', createdOn: '2026-11-20', differs: ['sex'], twice: second % 2 },
    ...{ said: [], mayAccept: second % 4 !== 0 },
  }
}

const none = { count: 0, minutes: 0 }

/** Now and then nobody waits, or a colleague was quicker. */
export const branchFacts: Record<string, (asked: Asked) => unknown> = {
  // The one that somebody stands at may be over in a moment.
  campaigns: ({ second }) => (second % 9 === 0 ? [] : campaigns),
  'branch-waiting': ({ second }) => {
    const some = { count: second % 3, minutes: 50 }
    return { submissions: some, tickets: some, alarms: none, members: some, exports: none }
  },
  'branch-tickets': ({ second }) => (second % 5 === 0 ? [] : waiting),
  'branch-ticket': ({ second, answers }): TicketTalk | null => {
    const one = waiting.find(({ key }) => key === answers.ticket)
    if (!one || second % 6 === 0) return null
    return { ...one, lines: [{ from: 'person', words: 'Halo' }] }
  },
  'ticket-held': ({ second }) => second % 2 !== 0,
  'review-queue': ({ second }) =>
    second % 5 === 0 ? { count: 0, lines: [] } : { count: 12, lines: [registration] },
  'review-card': ({ second, answers }) =>
    second % 7 === 0 ? null : cardAt(second, String(answers.submission)),
  'review-held': ({ second }) => ['free', 'decided', 'taken'][second % 3],
  'review-left': ({ second }) => second % 4,
}
