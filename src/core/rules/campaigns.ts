// Rules about composing a campaign.
import type { Rule } from '../context.ts'
import { must } from '../must.ts'
import { checkTyped } from '../outreach/check.ts'
import { readPost } from '../posts.ts'
import { isInArea } from '../roles.ts'

/** Whether it is a new one, whether its words may be sent, and where it goes. */
export const campaignRules: Record<string, Rule> = {
  'campaign-is-new': {
    uses: ['campaign'],
    holds: ({ answers }) => answers.campaign === 'new',
  },
  'campaign-is-left': {
    uses: ['campaign-step'],
    holds: ({ answers }) => answers['campaign-step'] === 'leave',
  },
  'campaign-words-fit': {
    uses: ['campaign-words'],
    holds: ({ answers }) => checkTyped(String(answers['campaign-words'])).length === 0,
  },
  'campaign-is-everywhere': {
    uses: ['campaign-area'],
    holds: ({ answers }) => answers['campaign-area'] === 'all',
  },
  'campaign-is-elsewhere': {
    uses: ['campaign-village'],
    needs: ['post'],
    holds: ({ answers, facts }) => {
      const { area } = must(readPost(facts.post), 'a post')
      return !isInArea(String(answers['campaign-village']), area)
    },
  },
}
