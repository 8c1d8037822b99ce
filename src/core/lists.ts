// The named lists that an ask may offer with `choices-from:`, in place of choices written down.
import { campaignList, campaignStepList } from './blanks/campaigns.ts'
import { refusalList, reviewList, reviewStepList } from './blanks/review.ts'
import { ticketList } from './blanks/tickets.ts'
import type { List } from './context.ts'
import { chosenMembership, payingFor, readOwnContributions } from './own-contributions.ts'
import { sayPhrase } from './phrase.ts'
import { readPeople } from './posts.ts'
import { getFigure } from './rates.ts'
import { readRosterView } from './roster/roster-view.ts'
import { readPlans, villageCohorts } from './village-plan.ts'
import { cohortStates, readStaff } from './village-staff.ts'

/** Every list that a flow may name, by its name. */
export const lists: Record<string, List> = {
  // Each language calls itself by its own name: whoever looks for it may read no other.
  languages: {
    options: ({ book }) =>
      book.languages.map((code) => ({ key: code, label: sayPhrase(book, code, 'language-name') })),
  },
  'my-memberships': {
    needs: ['my-contributions'],
    options: ({ book, language, facts }) =>
      readOwnContributions(facts['my-contributions']).members.map(({ key, receipt, isMine }) => ({
        key,
        label: isMine ? sayPhrase(book, language, 'membership-mine', { receipt }) : receipt,
      })),
  },
  // How many months may be paid at once, each with what it comes to.
  'pay-months': {
    needs: ['my-contributions'],
    options: (talk) =>
      getFigure(talk.book.rates, 'prepay-months', talk.on).map((count) => {
        const { totalRupiah } = payingFor(chosenMembership(talk), count, talk.book.rates)
        const amount = talk.book.readers.money.show(totalRupiah, talk.language)
        const fills = { count: String(count), amount }
        const id = count === 1 ? 'pay-month-choice' : 'pay-months-choice'
        return { key: String(count), label: sayPhrase(talk.book, talk.language, id, fills) }
      }),
  },
  // How many posts a group has stands beside its name, once the village has said.
  cohorts: {
    needs: ['village-cohorts'],
    options: ({ book, language, facts }) => {
      const plans = readPlans(facts['village-cohorts'])
      return villageCohorts.map((key) => {
        const name = sayPhrase(book, language, `cohort-${key}`)
        const plan = plans.find(({ cohort }) => cohort === key)
        if (!plan) return { key, label: name }
        const count = String(plan.posts)
        return { key, label: sayPhrase(book, language, 'cohort-counted', { name, count }) }
      })
    },
  },
  // The groups that have posts, with how many of them are filled.
  'staff-cohorts': {
    needs: ['village-cohorts', 'village-staff'],
    options: (talk) => {
      const { facts } = talk
      const members = readStaff(facts['village-staff'])
      return cohortStates(readPlans(facts['village-cohorts']), members).map((state) => {
        const name = sayPhrase(talk.book, talk.language, `cohort-${state.cohort}`)
        const fills = { name, count: String(state.posts - state.empty), posts: String(state.posts) }
        return {
          key: state.cohort,
          label: sayPhrase(talk.book, talk.language, 'cohort-filled', fills),
        }
      })
    },
  },
  staff: {
    needs: ['village-staff'],
    options: ({ facts }) =>
      readStaff(facts['village-staff']).map(({ key, name, position }) => ({
        key,
        label: `${name} (${position})`,
      })),
  },
  // Columns whose heading says nothing that is known; the last choice is none of them.
  'roster-columns': {
    needs: ['roster'],
    options: ({ book, language, facts }) => [
      ...(readRosterView(facts.roster)?.column?.options ?? []).map(({ label }, index) => {
        return { key: `c${index}`, label }
      }),
      { key: 'none', label: sayPhrase(book, language, 'roster-no-column') },
    ],
  },
  // The village's own groups; the last choice leaves people out.
  'roster-cohorts': {
    needs: ['village-cohorts'],
    options: ({ book, language, facts }) => [
      ...readPlans(facts['village-cohorts'])
        .filter(({ posts }) => posts > 0)
        .map(({ cohort }) => ({
          key: cohort,
          label: sayPhrase(book, language, `cohort-${cohort}`),
        })),
      { key: 'none', label: sayPhrase(book, language, 'roster-left-out') },
    ],
  },
  'ending-cohorts': {
    needs: ['village-staff'],
    options: ({ book, language, facts }) => {
      const present = new Set(readStaff(facts['village-staff']).map(({ cohort }) => cohort))
      return [...present].map((key) => ({ key, label: sayPhrase(book, language, `cohort-${key}`) }))
    },
  },
  tickets: ticketList,
  'review-queue': reviewList,
  'review-steps': reviewStepList,
  'refusal-reasons': refusalList,
  campaigns: campaignList,
  'campaign-steps': campaignStepList,
  operators: {
    needs: ['village-people'],
    options: ({ facts }) =>
      readPeople(facts['village-people'])
        .filter(({ role }) => role === 'village-operator')
        .map(({ key, name }) => ({ key, label: name })),
  },
}
