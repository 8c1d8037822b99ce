// What the registry would know about one official and their village, in memory.
import type { Book } from '../../../src/core/book.ts'
import { idleMinutes, wrongPinsAllowed } from '../../../src/core/limits.ts'
import { must } from '../../../src/core/must.ts'
import type { VillagePerson } from '../../../src/core/posts.ts'
import type { Cohort } from '../../../src/core/rates.ts'
import type { AgentResidents } from '../../../src/core/residents.ts'
import type { Role } from '../../../src/core/roles.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import { type CohortPlan, planOfAnswers, withPlan } from '../../../src/core/village-plan.ts'
import type { StaffMember } from '../../../src/core/village-staff.ts'
import { branchFacts } from './little-branch.ts'
import { createLittleLists, type LittleLists } from './little-lists.ts'
import type { Asked } from './little-registry.ts'

const areaName = 'Desa Rekaan'

/** The post of one address, the invite that may lead to it, and the village around it. */
export interface LittleOffice {
  facts: Record<string, (asked: Asked) => unknown>
  doers: Record<string, (command: Command, second: number) => void>
  /** An officer makes an invite with this code. */
  invite(code: string, role: Role, area: string): void
  /** The village has set up two groups and registered everybody in them. */
  furnish(): void
  /** An officer decides on everybody who waits. */
  approve(): void
  /** An officer ends the post. */
  revoke(): void
  /** Whether there is a post now. */
  hasPost(): boolean
  /** The job that works on lists takes its turn. */
  work(book: Book, on: string): void
  /** What a job, or a command, has made ready to be opened. */
  takeReady: LittleLists['takeReady']
}

/** What the village was found to be: not yet judged, without and with a certificate, in turns. */
function sadarAt(second: number) {
  const given = { isSadar: true, sinceOn: '2026-11-21' }
  const certified = { ...given, agreement: 'PER/12/112026', code: '7K3M292QXA' }
  return [null, given, certified][second % 3]
}

/** What the village owes: nobody to pay for, nothing open, something due, something late. */
function duesAt(second: number) {
  const none = {
    people: second % 5 === 0 ? 0 : 2,
    claimed: 0,
    unknown: 0,
    unknownMonths: [],
    groups: [],
  }
  if (second % 3 === 0) return none
  if (second % 7 === 0) return { ...none, people: 2, unknown: 2, unknownMonths: ['2027-03'] }
  const group = {
    ...{ cohort: 'bpd', segment: 'pu', people: 2, months: ['2026-10'], totalRupiah: 21_600 },
    ...{ nominalDueOn: '2026-11-15', isLate: second % 2 === 0, isSure: true },
  }
  return { ...none, people: 2, groups: [group] }
}

interface LittlePost {
  role: Role
  area: string
  pin: string
  unlockedUntil: number
  wrongPins: number
}

/** Nobody has a post yet. */
export function createLittleOffice(): LittleOffice {
  let invite: { code: string; role: Role; area: string } | undefined
  let post: LittlePost | undefined
  let people: VillagePerson[] = []
  let plans: CohortPlan[] = []
  let staff: StaffMember[] = []
  const lists = createLittleLists()
  let nextReview: string | undefined
  let residents: AgentResidents = { ...nobody, newest: [] }
  const isGood = ({ answers }: Asked) => invite?.code === answers['invite-code']

  return {
    hasPost: () => post !== undefined,
    takeReady: () => {
      const ready = nextReview
      nextReview = undefined
      return ready ?? lists.takeReady()
    },
    work: (book, on) => {
      const set = plans.filter(({ posts }) => posts > 0)
      lists.work(
        book,
        on,
        set.map(({ cohort }) => cohort),
      )
    },
    invite: (code, role, area) => {
      invite = { code, role, area }
    },
    furnish: () => {
      plans = furnishedPlans
      staff = furnishedStaff
      people = [invited('0', 'Operator Rekaan')]
    },
    approve: () => {
      staff = staff.map((one, index) => ({
        ...one,
        state: index % 5 === 4 ? 'refused' : 'registered',
      }))
    },
    revoke: () => {
      post = undefined
    },
    facts: {
      post: ({ second }) => (post ? seePost(post, second) : null),
      invite: (asked) => (isGood(asked) ? { role: invite?.role, areaName } : null),
      'invite-held': isGood,
      'pin-check': (asked) => checkPin(must(post, 'a post'), asked),
      'village-staff': () => staff,
      // Now judged, now not yet.
      'village-sadar': ({ second }) => sadarAt(second),
      ...branchFacts,
      'area-overview': () => ({
        ...{ villages: 12, aware: 1, underWay: 4, registeredYearAgo: 7 },
        cohorts: [{ cohort: 'bpd', posts: 20, registered: 9, waiting: 3 }],
      }),
      // Now and then it was a busy day.
      'staff-today': ({ second }) => (second % 40 === 0 ? 200 : staff.length),
      'residents-today': ({ second }) => (second % 40 === 0 ? 60 : 0),
      'my-residents': () => {
        must(post?.role === 'bumdes-agent', 'an agent')
        return residents
      },
      'staff-entry': ({ answers }) => {
        const isTheirs =
          answers['staff-code'] === entryCode && answers['staff-birth-date'] === bornOn
        return isTheirs ? entryOf(staff[0]) : null
      },
      'village-dues': ({ second }) => duesAt(second),
      'village-cohorts': () => {
        must(post?.role === 'village-head' || post?.role === 'village-operator', 'an official')
        return plans
      },
      roster: () => {
        must(post?.role === 'village-head' || post?.role === 'village-operator', 'an official')
        return lists.look()
      },
      'village-people': () => (post?.role === 'village-head' ? people : must(null, 'a head')),
    },
    doers: {
      ...lists.doers,
      'redeem-invite': ({ answers }, second) => {
        const { role, area } = must(invite, 'an invite')
        const pin = String(answers['new-pin'])
        post = { role, area, pin, unlockedUntil: second + idleMinutes * 60, wrongPins: 0 }
        invite = undefined
      },
      'register-staff': ({ talkId, answers }) => {
        must(post?.role === 'village-head' || post?.role === 'village-operator', 'an official')
        staff = [...staff, memberOf(talkId, answers)]
      },
      'enrol-resident': ({ talkId, answers }) => {
        must(post?.role === 'bumdes-agent', 'an agent')
        residents = withResident(residents, talkId, answers)
      },
      'end-staff': ({ answers }) => {
        staff = staff.filter(({ key }) => key !== answers['staff-member'])
      },
      'end-cohort': ({ answers }) => {
        staff = staff.filter(({ cohort }) => cohort !== answers['ended-cohort'])
      },
      'move-staff': ({ answers }) => {
        const position = String(answers['new-position'])
        const cohort = answers['new-cohort'] as Cohort
        staff = staff.map((one) =>
          one.key === answers['staff-member'] ? { ...one, cohort, position } : one,
        )
      },
      'claim-village-paid': () => {},
      'send-village-dues': () => {},
      'confirm-staff': () => {},
      'object-staff': () => {},
      'save-cohort': ({ answers }) => {
        plans = withPlan(plans, planOfAnswers(answers))
      },
      'open-office': () => must(post?.role === 'branch-officer', 'an officer'),
      'accept-submission': () => must(post?.role === 'branch-officer', 'an officer'),
      'refuse-submission': () => must(post?.role === 'branch-officer', 'an officer'),
      'ask-about-submission': () => must(post?.role === 'branch-officer', 'an officer'),
      'open-next-submission': () => {
        must(post?.role === 'branch-officer', 'an officer')
        nextReview = 'branch/review submission=7K3M292QXD'
      },
      'answer-ticket': () => must(post?.role === 'branch-officer', 'an officer'),
      'close-ticket': () => must(post?.role === 'branch-officer', 'an officer'),
      'make-campaign': () => must(post?.role === 'branch-officer', 'an officer'),
      'step-campaign': () => must(post?.role === 'branch-officer', 'an officer'),
      'invite-official': () => must(post?.role === 'branch-officer', 'an officer'),
      'invite-operator': ({ talkId, answers }) => {
        must(post?.role === 'village-head', 'a head invites')
        people = [...people, invited(talkId, String(answers['operator-name']))]
      },
      'revoke-operator': ({ answers }) => {
        must(post?.role === 'village-head', 'a head stops operators')
        people = people.filter(({ key }) => key !== answers['stopped-operator'])
      },
    },
  }
}

function seePost(post: LittlePost, second: number) {
  const { role, area } = post
  const isOpen = post.unlockedUntil > second
  if (isOpen) post.unlockedUntil = second + idleMinutes * 60
  const lock = post.wrongPins >= wrongPinsAllowed ? 'shut' : isOpen ? 'open' : 'idle'
  return { id: 1, role, area, areaName, lock }
}

function checkPin(post: LittlePost, { answers, second }: Asked) {
  if (post.wrongPins >= wrongPinsAllowed) return 'shut'
  if (post.pin === answers['unlock-pin']) {
    post.wrongPins = 0
    post.unlockedUntil = second + idleMinutes * 60
    return 'right'
  }
  post.wrongPins += 1
  return post.wrongPins >= wrongPinsAllowed ? 'shut' : 'wrong'
}

function invited(talkId: string, name: string): VillagePerson {
  const key = `invite-${talkId}`
  const role = 'village-operator'
  return { key, role, name, sinceOn: '2026-11-21', isMe: false, isInvited: true }
}

const furnishedPlans: CohortPlan[] = [
  { cohort: 'kepala-desa', posts: 1, fund: 'add' },
  { cohort: 'perangkat-desa', posts: 1, fund: 'add' },
]

const furnishedStaff: StaffMember[] = furnishedPlans.map(({ cohort }) => ({
  ...{ key: cohort, cohort, position: 'Pejabat Rekaan', name: `Orang ${cohort}` },
  ...{ state: 'registered', said: 'agreed' },
}))

/** A registration of the village that everybody may ask about who knows code and day. */
export const entryCode = '7K3M292QXA'
const bornOn = '1985-03-12'

const nobody = { total: 0, registered: 0, waiting: 0, refused: 0 }

function withResident(all: AgentResidents, receipt: string, { name }: Command['answers']) {
  const one = { receipt, name: String(name), state: 'waiting', said: 'nothing' } as const
  const newest = [one, ...all.newest].slice(0, 20)
  return { ...all, total: all.total + 1, waiting: all.waiting + 1, newest }
}

function entryOf(member: StaffMember | undefined) {
  const kind = 'staff'
  const { cohort = 'bpd', position = 'Ketua BPD', name = 'Siti Rekaan' } = member ?? {}
  return { kind, cohort, position, name, villageName: areaName, nik: '6303••••••••0001' }
}

function memberOf(key: string, answers: Command['answers']): StaffMember {
  const [position, name] = [String(answers.position), String(answers.name)]
  const cohort = answers['staff-cohort'] as Cohort
  return { key, cohort, position, name, state: 'waiting', said: 'nothing' }
}
