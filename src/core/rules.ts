// The named rules of the flows: statements about a talk that read after "if".

import type { Rule, TalkContext } from './context.ts'
import { bpuEligibility, type EligibilityVerdict } from './eligibility.ts'
import { maxSubmissionsPerDay } from './limits.ts'
import { must } from './must.ts'
import { nikDiffers, type Sex } from './nik.ts'
import { campaignRules } from './rules/campaigns.ts'
import { payingRules } from './rules/paying.ts'
import { postRules } from './rules/posts.ts'
import { reviewRules } from './rules/review.ts'
import { rosterRules } from './rules/roster.ts'
import { staffRules } from './rules/staff.ts'
import { ticketRules } from './rules/tickets.ts'
import { villageRules } from './rules/village.ts'

/** Every rule that a flow may name, by its name. */
export const rules: Record<string, Rule> = {
  always: { uses: [], holds: () => true },
  'too-young': aged('too-young'),
  'too-old': aged('too-old'),
  'nearly-too-old': aged('near-limit'),
  'nik-fits': { uses: ['nik', 'birth-date', 'sex'], holds: nikFits },
  'somebody-died': { uses: ['event'], holds: (talk) => talk.answers.event === 'died' },
  'submitted-too-often': {
    uses: [],
    needs: ['submissions-today'],
    holds: (talk) => Number(talk.facts['submissions-today']) >= maxSubmissionsPerDay,
  },
  'nothing-submitted': {
    uses: [],
    needs: ['my-submissions'],
    holds: (talk) => isEmpty(talk.facts['my-submissions']),
  },
  'holds-nothing': {
    uses: [],
    needs: ['my-data'],
    holds: (talk) => isEmpty(talk.facts['my-data']),
  },
  'ticket-is-open': {
    uses: [],
    needs: ['has-open-ticket'],
    holds: (talk) => talk.facts['has-open-ticket'] === true,
  },
  'already-stopped': {
    uses: [],
    needs: ['stopped'],
    holds: (talk) => talk.facts.stopped === true,
  },
  ...payingRules,
  ...postRules,
  ...ticketRules,
  ...reviewRules,
  ...campaignRules,
  ...villageRules,
  ...staffRules,
  ...rosterRules,
}

/** Holds when the birth date, on the day the talk began, leads to this verdict. */
function aged(verdict: EligibilityVerdict): Rule {
  return {
    uses: ['birth-date'],
    holds: ({ answers, on, book }) => {
      const birthOn = String(must(answers['birth-date'], 'a birth date'))
      return bpuEligibility({ birthOn, on }, book.rates).verdict === verdict
    },
  }
}

function nikFits({ answers }: TalkContext): boolean {
  const nik = String(must(answers.nik, 'a NIK'))
  const birthOn = String(must(answers['birth-date'], 'a birth date'))
  return nikDiffers(nik, birthOn, must(answers.sex, 'a sex') as Sex).length === 0
}

function isEmpty(fact: unknown): boolean {
  return typeof fact !== 'object' || fact === null || Object.keys(fact).length === 0
}
