// Rules about contributions: whether there is something to pay here, and by whom.
import type { Rule, TalkContext } from '../context.ts'
import { chosenMembership, ownStanding, readOwnContributions } from '../own-contributions.ts'

const own = { uses: [], needs: ['my-contributions'] }
/** Where somebody has several memberships, about the one that they chose. */
const chosen = { ...own, mayUse: ['pay-for'] }

function ownOf({ facts }: TalkContext) {
  return readOwnContributions(facts['my-contributions'])
}

function hasNone(talk: TalkContext): boolean {
  return ownOf(talk).members.length === 0
}

function standing(talk: TalkContext) {
  return ownStanding(chosenMembership(talk), talk.on, talk.book.rates)
}

/** About the memberships of the chat. */
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
  'may-have-ended': { ...chosen, holds: (talk) => standing(talk).state === 'maybe-ended' },
  'nothing-is-open': { ...chosen, holds: (talk) => standing(talk).state === 'paid-up' },
}
