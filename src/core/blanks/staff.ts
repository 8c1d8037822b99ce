// Blanks about who is registered for a village: how far each group is, and what is still lacking.
import { showCode } from '../answers/code.ts'
import type { Blank, TalkContext } from '../context.ts'
import { must } from '../must.ts'
import { readSadarStatus, sayLacks } from '../sadar.ts'
import { readPlans } from '../village-plan.ts'
import {
  type CohortState,
  cohortStates,
  findLacks,
  notStarted,
  readOverview,
  readStaff,
  type StaffMember,
} from '../village-staff.ts'
import { showNext } from './next-contribution.ts'
import { say, showDay } from './show.ts'

const village = ['village-cohorts', 'village-staff']
const sadar = ['village-sadar']

function statusOf({ facts }: TalkContext) {
  return must(readSadarStatus(facts['village-sadar']), 'a status')
}

function statesOf({ facts }: TalkContext): CohortState[] {
  return cohortStates(readPlans(facts['village-cohorts']), readStaff(facts['village-staff']))
}

/** Lines of staff, of groups and of one's own entry. */
export const staffBlanks: Record<string, Blank> = {
  village_status: { uses: [], needs: [...village, 'post'], show: showStatus },
  village_lacks: {
    uses: [],
    needs: village,
    show: (talk) => {
      const lacks = findLacks(statesOf(talk), talk.on, talk.book.rates)
      return sayLacks(talk.book, talk.language, lacks)
    },
  },
  sadar_since: { uses: [], needs: sadar, show: (talk) => showDay(talk, statusOf(talk).sinceOn) },
  agreement: { uses: [], needs: sadar, show: (talk) => statusOf(talk).agreement ?? '' },
  certificate_code: {
    uses: [],
    needs: sadar,
    show: (talk) => showCode(statusOf(talk).code ?? ''),
  },
  area_overview: { uses: [], needs: ['area-overview'], show: showOverview },
  area_cohorts: { uses: [], needs: ['area-overview'], show: showAreaCohorts },
  member_name: {
    uses: ['staff-member'],
    needs: ['village-staff'],
    show: (talk) => {
      const members = readStaff(talk.facts['village-staff'])
      const member = members.find(({ key }) => key === talk.answers['staff-member'])
      return member?.name ?? ''
    },
  },
  ended_count: {
    uses: ['ended-cohort'],
    needs: ['village-staff'],
    show: ({ answers, facts }) => {
      const members = readStaff(facts['village-staff'])
      return String(members.filter(({ cohort }) => cohort === answers['ended-cohort']).length)
    },
  },
  ended_cohort: {
    uses: ['ended-cohort'],
    show: (talk) => say(talk, `cohort-${talk.answers['ended-cohort']}`),
  },
}

function showStatus(talk: TalkContext): string {
  const refused = readStaff(talk.facts['village-staff']).filter(needsCare)
  const lines = statesOf(talk).map((state) =>
    say(talk, 'status-line', {
      name: say(talk, `cohort-${state.cohort}`),
      posts: String(state.posts),
      registered: String(state.registered),
      waiting: String(state.waiting),
      empty: String(state.empty),
    }),
  )
  const care = refused.map((member) => showCare(talk, member))
  const next = showNext(talk, statesOf(talk))
  return [...lines, ...care, ...(next.length > 0 ? ['', ...next] : [])].join('\n')
}

function needsCare({ state, said }: StaffMember): boolean {
  return state === 'refused' || said === 'objected'
}

function showCare(talk: TalkContext, { name, position, state, reason = '' }: StaffMember): string {
  const person = { name, position }
  if (state !== 'refused') return say(talk, 'status-objected', person)
  const isKnown = talk.book.phrases.has(`reason-${reason}`)
  const why = say(talk, isKnown ? `reason-${reason}` : 'reason-other')
  return say(talk, 'status-refused', { ...person, reason: why })
}

function showOverview(talk: TalkContext): string {
  const overview = readOverview(talk.facts['area-overview'])
  const { villages, aware, underWay } = overview
  return say(talk, 'overview-villages', {
    villages: String(villages),
    aware: String(aware),
    underway: String(underWay),
    idle: String(notStarted(overview)),
  })
}

function showAreaCohorts(talk: TalkContext): string {
  const { cohorts, registeredYearAgo } = readOverview(talk.facts['area-overview'])
  const registered = cohorts.reduce((sum, one) => sum + one.registered, 0)
  const lines = cohorts.map((one) =>
    say(talk, 'overview-line', {
      name: say(talk, `cohort-${one.cohort}`),
      posts: String(one.posts),
      registered: String(one.registered),
      waiting: String(one.waiting),
    }),
  )
  const growth = { registered: String(registered), before: String(registeredYearAgo) }
  return [...lines, say(talk, 'overview-growth', growth)].join('\n')
}
