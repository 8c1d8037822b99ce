// What the registry would know about one official and their village, in memory.
import { idleMinutes, wrongPinsAllowed } from '../../../src/core/limits.ts'
import { must } from '../../../src/core/must.ts'
import type { VillagePerson } from '../../../src/core/posts.ts'
import type { Role } from '../../../src/core/roles.ts'
import type { Command } from '../../../src/core/turn/state.ts'
import { type CohortPlan, planOfAnswers, withPlan } from '../../../src/core/village-plan.ts'
import type { Asked } from './little-registry.ts'

const areaName = 'Desa Rekaan'

/** The post of one address, the invite that may lead to it, and the village around it. */
export interface LittleOffice {
  facts: Record<string, (asked: Asked) => unknown>
  doers: Record<string, (command: Command, second: number) => void>
  /** An officer makes an invite with this code. */
  invite(code: string, role: Role, area: string): void
  /** An officer ends the post. */
  revoke(): void
  /** Whether there is a post now. */
  hasPost(): boolean
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
  let people: VillagePerson[] = [invited('0', 'Operator Rekaan')]
  let plans: CohortPlan[] = []
  const isGood = ({ answers }: Asked) => invite?.code === answers['invite-code']

  return {
    hasPost: () => post !== undefined,
    invite: (code, role, area) => {
      invite = { code, role, area }
    },
    revoke: () => {
      post = undefined
    },
    facts: {
      post: ({ second }) => (post ? seePost(post, second) : null),
      invite: (asked) => (isGood(asked) ? { role: invite?.role, areaName } : null),
      'invite-held': isGood,
      'pin-check': (asked) => checkPin(must(post, 'a post'), asked),
      'village-cohorts': () => {
        must(post?.role === 'village-head' || post?.role === 'village-operator', 'an official')
        return plans
      },
      'village-people': () => (post?.role === 'village-head' ? people : must(null, 'a head')),
    },
    doers: {
      'redeem-invite': ({ answers }, second) => {
        const { role, area } = must(invite, 'an invite')
        const pin = String(answers['new-pin'])
        post = { role, area, pin, unlockedUntil: second + idleMinutes * 60, wrongPins: 0 }
        invite = undefined
      },
      'save-cohort': ({ answers }) => {
        plans = withPlan(plans, planOfAnswers(answers))
      },
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
