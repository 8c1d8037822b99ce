// Rules about contributions: whether there is something to pay here, and by whom.
import type { Rule, TalkContext } from '../context.ts'
import { chosenMembership, ownStanding, readOwnContributions } from '../own-contributions.ts'
import { latestSnooze } from '../reminders/snooze.ts'
import { readVillageDues } from '../village-dues.ts'

const own = { uses: [], needs: ['my-contributions'] }
/** Where somebody has several memberships, about the one that they chose. */
const chosen = { ...own, mayUse: ['pay-for'] }

const village = { uses: [], needs: ['village-dues'] }

function duesOf({ facts }: TalkContext) {
  return readVillageDues(facts['village-dues'])
}

function ownOf({ facts }: TalkContext) {
  return readOwnContributions(facts['my-contributions'])
}

function hasNone(talk: TalkContext): boolean {
  return ownOf(talk).members.length === 0
}

function standing(talk: TalkContext) {
  return ownStanding(chosenMembership(talk), talk.on, talk.book.rates)
}

/** About the memberships of the chat, and those that a village pays for. */
export const payingRules: Record<string, Rule> = {
  'no-membership': { ...own, holds: hasNone },
  'has-one-membership': {
    ...own,
    holds: (talk) => ownOf(talk).members.length === 1,
  },
  'waits-for-number': {
    ...own,
    holds: (talk) => hasNone(talk) && ownOf(talk).waiting > 0,
  },
  'membership-ended': {
    ...own,
    holds: (talk) => hasNone(talk) && ownOf(talk).ended > 0,
  },
  'others-pay': {
    ...chosen,
    holds: (talk) => !['self', 'relative'].includes(chosenMembership(talk).membership.payer),
  },
  'nobody-is-paid-for': { ...village, holds: (talk) => duesOf(talk).people === 0 },
  'village-owes-nothing': { ...village, holds: (talk) => duesOf(talk).groups.length === 0 },
  'dues-are-uncertain': {
    ...village,
    holds: (talk) => duesOf(talk).groups.length === 0 && duesOf(talk).unknown > 0,
  },
  'village-is-late': {
    ...village,
    holds: (talk) => duesOf(talk).groups.some(({ isLate }) => isLate),
  },
  'is-reminded': {
    uses: [],
    needs: ['is-reminded'],
    holds: ({ facts }) => facts['is-reminded'] === true,
  },
  'snooze-is-long': {
    uses: ['remind-on'],
    holds: ({ answers, on, book }) => String(answers['remind-on']) > latestSnooze(on, book.rates),
  },
  'may-have-ended': { ...chosen, holds: (talk) => standing(talk).state === 'maybe-ended' },
  'nothing-is-open': { ...chosen, holds: (talk) => standing(talk).state === 'paid-up' },
}
