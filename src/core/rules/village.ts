// Rules about what a village sets up: its groups, the wage they are charged on, whose money pays.
import { monthOf } from '../calendar.ts'
import type { Rule, TalkContext } from '../context.ts'
import { must } from '../must.ts'
import { readPost } from '../posts.ts'
import { villageFunding } from '../village-funding.ts'
import { cohortOf, findSiltap, findUmk, readPlans } from '../village-plan.ts'

const need = ['post']

/** Where the plan of the present talk is reckoned. */
export function placeOf({ facts, on }: TalkContext) {
  const { area } = must(readPost(facts.post), 'a post')
  return { villageCode: area, month: monthOf(on) }
}

function fundVerdict({ answers, on, book }: TalkContext) {
  const cohort = cohortOf(answers)
  return villageFunding({ cohort, source: String(answers.fund), on }, book.rates).verdict
}

function isBaseKnown(talk: TalkContext): boolean {
  const cohort = cohortOf(talk.answers)
  const { month } = placeOf(talk)
  if (talk.answers['wage-base'] === 'siltap') {
    return findSiltap(cohort, month, talk.book.rates) !== undefined
  }
  if (talk.answers['wage-base'] !== 'umk') return false
  return findUmk(placeOf(talk), talk.book.rates) !== undefined
}

function isWageEnough(talk: TalkContext): boolean {
  const cohort = cohortOf(talk.answers)
  const floor = findSiltap(cohort, monthOf(talk.on), talk.book.rates) ?? 0
  return Number(talk.answers['base-amount']) >= floor
}

/** About one group that is being set up, and about all of them. */
export const villageRules: Record<string, Rule> = {
  'no-posts': { uses: ['posts'], holds: ({ answers }) => Number(answers.posts) === 0 },
  'is-bpu': { uses: ['segment'], holds: ({ answers }) => answers.segment === 'BPU' },
  'base-is-known': {
    uses: ['cohort', 'wage-base'],
    needs: need,
    holds: isBaseKnown,
  },
  'wage-is-enough': {
    uses: ['cohort', 'base-amount'],
    holds: isWageEnough,
  },
  'fund-is-barred': {
    uses: ['cohort', 'fund'],
    holds: (talk) => fundVerdict(talk) === 'barred',
  },
  'fund-is-clear': {
    uses: ['cohort', 'fund'],
    holds: (talk) => fundVerdict(talk) === 'allowed',
  },
  'no-cohorts': {
    uses: [],
    needs: ['village-cohorts'],
    holds: ({ facts }) => readPlans(facts['village-cohorts']).every(({ posts }) => posts === 0),
  },
}
