// Who may do what: every flow, fact and command, for every role, stands in one matrix.
import { describe, expect, it } from 'vitest'
import { nameArea, villagesIn } from '../../src/core/area.ts'
import { commands } from '../../src/core/commands.ts'
import { facts } from '../../src/core/facts.ts'
import type { Flow } from '../../src/core/flow.ts'
import { noAnswers } from '../../src/core/kept-answers.ts'
import {
  isAreaOf,
  isInArea,
  isWithin,
  mayUse,
  menuOf,
  type Role,
  roles,
} from '../../src/core/roles.ts'
import type { Session, Talk } from '../../src/core/session.ts'
import { turn } from '../../src/core/turn.ts'
import { realBook } from '../support/real-book.ts'
import { someFacts } from '../support/some-facts.ts'

const book = realBook('Tim Uji')

const officials: Role[] = ['village-head', 'village-operator']
const overseers: Role[] = ['coordinator', 'branch-officer', 'branch-head']
const agents: Role[] = ['bumdes-agent']
const branch: Role[] = ['branch-officer', 'branch-head']
const everybody: Role[] = [...roles]

/** Whoever adds a flow, fact or command that is not for everybody says here whom it is for. */
const allowed: Record<'flows' | 'facts' | 'commands', Record<string, Role[]>> = {
  flows: {
    'official/unlock': everybody,
    'official/start': officials,
    'official/people': ['village-head'],
    'official/village': officials,
    'official/register': officials,
    'official/register-staff': officials,
    'official/roster': officials,
    'official/roster-template': officials,
    'official/roster-confirm': officials,
    'official/roster-complete': officials,
    'official/status': officials,
    'official/leavers': officials,
    'official/pay': officials,
    'official/paid': officials,
    'agent/start': agents,
    'agent/enrol-resident': agents,
    'agent/list': agents,
    'branch/start': branch,
    'branch/invite': branch,
    'branch/today': branch,
    'branch/ticket': branch,
    'branch/review': branch,
    'branch/office': branch,
    'branch/campaign': branch,
    'coordinator/start': overseers,
    'coordinator/overview': overseers,
  },
  facts: {
    'pin-check': everybody,
    'village-people': ['village-head'],
    'village-cohorts': officials,
    'village-dues': officials,
    'village-sadar': officials,
    'village-staff': officials,
    campaigns: branch,
    'branch-waiting': branch,
    'branch-tickets': branch,
    'branch-ticket': branch,
    'ticket-held': branch,
    'review-queue': branch,
    'review-card': branch,
    'review-held': branch,
    'review-left': branch,
    'staff-today': officials,
    roster: officials,
    'residents-today': agents,
    'my-residents': agents,
    'area-overview': overseers,
  },
  commands: {
    'invite-operator': ['village-head'],
    'revoke-operator': ['village-head'],
    'invite-official': branch,
    'answer-ticket': branch,
    'open-office': branch,
    'close-ticket': branch,
    'accept-submission': branch,
    'refuse-submission': branch,
    'ask-about-submission': branch,
    'open-next-submission': branch,
    'make-campaign': branch,
    'step-campaign': branch,
    'send-area-picture': overseers,
    'request-hand-over': ['village-head'],
    'save-cohort': officials,
    'register-staff': officials,
    'enrol-resident': agents,
    'claim-village-paid': officials,
    'send-village-dues': officials,
    'end-staff': officials,
    'end-cohort': officials,
    'move-staff': officials,
    'correct-staff': officials,
    'ask-about-fund': officials,
    'import-roster': officials,
    'map-roster-column': officials,
    'map-roster-posts': officials,
    'map-roster-post': officials,
    'complete-roster': officials,
    'judge-roster': officials,
    'register-roster': officials,
    'leave-roster': officials,
    'send-roster-answers': officials,
    'send-roster-template': officials,
  },
}

const restricted = [...book.flows.values()].filter((flow) => flow.for !== 'villager')

function rolesOf(audience: Flow['for'] | undefined): Role[] {
  return roles.filter((role) => mayUse(role, audience ?? 'villager'))
}

describe('the matrix', () => {
  it('has a row for everything that is not for everybody', () => {
    const found = {
      flows: Object.fromEntries(restricted.map((flow) => [flow.name, rolesOf(flow.for)])),
      facts: byAudience(facts),
      commands: byAudience(commands),
    }
    expect(found).toEqual(allowed)
  })
})

function byAudience(all: Record<string, { for?: Flow['for'] }>): Record<string, Role[]> {
  const some = Object.entries(all).filter(([, shape]) => shape.for && shape.for !== 'villager')
  return Object.fromEntries(some.map(([name, shape]) => [name, rolesOf(shape.for)]))
}

const now = { on: '2026-11-21', second: 1_795_000_000, id: '0123456789' }

function postOf(role: Role) {
  return { id: 1, role, area: '63.02', areaName: 'Kab. Kotabaru', lock: 'open' }
}

/** A talk that stands at the first question of this flow. */
function talkIn({ name, version }: Flow): Talk {
  return { id: 'T123456789', flow: name, version, on: now.on, answers: noAnswers }
}

/** What the bot says to a message of somebody who stands in this flow, or would open it. */
function meet(flow: Flow, role: Role | undefined, isInside: boolean) {
  const session: Session = { language: 'id' }
  if (isInside) session.talk = talkIn(flow)
  const words = isInside ? 'ulang' : (flow.opensOn[0] ?? '')
  const inbound = {
    channel: 'c',
    address: '1',
    externalId: '1',
    kind: 'text',
    words,
    at: '',
  } as const
  const known = { ...someFacts, post: role ? postOf(role) : null }
  return turn(book, session, inbound, now, known)
}

const refusal = book.phrases.get('not-yours')?.id?.texts.join('')

describe.each(restricted.map((flow) => [flow.name, flow] as const))('%s', (name, flow) => {
  it.each([...roles, undefined])('lets in whom it is for, asked as %s', (role) => {
    const isAllowed = role !== undefined && allowed.flows[name]?.includes(role)
    const inside = meet(flow, role, true)
    expect(inside.replies[0]?.text === refusal).toBe(!isAllowed)
    const ended = inside.outcomes.map(({ flow }) => flow)
    expect(inside.session.talk?.flow === name || ended.includes(name)).toBe(isAllowed)
    if (!isAllowed) expect(inside.commands).toEqual([])
    // A post is asked anew in every turn: it is never kept.
    expect(JSON.stringify(inside.session)).not.toContain('areaName')
    if (flow.opensOn.length === 0) return
    const opened = meet(flow, role, false)
    const endedAtOnce = opened.outcomes.some(({ flow }) => flow === name)
    expect(opened.session.talk?.flow === name || endedAtOnce).toBe(isAllowed)
  })

  it('is never walked before the post was asked in this very turn', () => {
    const session: Session = { language: 'id' }
    session.talk = { ...talkIn(flow), facts: { post: postOf('village-head') } }
    const inbound = { channel: 'c', address: '1', externalId: '1', kind: 'text', at: '' } as const
    expect(turn(book, session, { ...inbound, words: 'ulang' }, now).needs).toEqual(['post'])
  })
})

it('nothing of villagers costs a question about posts', () => {
  for (const flow of book.flows.values()) {
    if (flow.for !== 'villager') continue
    const session: Session = { language: 'id', talk: talkIn(flow) }
    const inbound = { channel: 'c', address: '1', externalId: '1', kind: 'text', at: '' } as const
    const asked = turn(book, session, { ...inbound, words: 'ulang' }, now)
    expect(asked.needs).not.toContain('post')
  }
})

describe('areas', () => {
  it.each([
    ['63.02.04.2005', '63.02.04.2005', true],
    ['63.02.04.2005', '63.02.04.2006', false],
    ['63.02.04.2005', '63.02.04', true],
    ['63.02.14.2005', '63.02.1', false],
    ['63.02.04.2005', '63.02', true],
    ['63.02.04.2005', '63.10 63.02', true],
    ['63.02.04.2005', '63.10 63.03', false],
    ['63.02.04.2005', '', false],
  ])('%s in %s: %s', (village, area, expected) => {
    expect(isInArea(village, area)).toBe(expected)
  })

  it.each<[Role, string, boolean]>([
    ['village-head', '63.02.04.2005', true],
    ['village-head', '63.02.04', false],
    ['coordinator', '63.02.04', true],
    ['coordinator', '63.02', true],
    ['coordinator', '63.02.04.2005', false],
    ['branch-officer', '63.02 63.10', true],
    ['branch-officer', '63.02.04', false],
    ['branch-head', '', false],
  ])('%s over "%s": %s', (role, area, expected) => {
    expect(isAreaOf(role, area)).toBe(expected)
  })

  it.each([
    ['63.02', 'Kab. Kotabaru'],
    ['63.02.04', 'Kec. Pulau Laut Timur, Kab. Kotabaru'],
    ['63.03.05.2056', 'Pasayangan Utara, Kec. Martapura, Kab. Banjar'],
    ['63.02 63.10', 'Kab. Kotabaru, Kab. Tanah Bumbu'],
    ['99.99', '99.99'],
  ])('%s reads %s', (area, expected) => {
    expect(nameArea(book.places, area)).toBe(expected)
  })
})

describe('the villages of an area', () => {
  it.each([
    '63.03.05.2001',
    '63.03.05',
    '63.10',
    '63.03 63.10',
    '63.10 63.03',
    '63',
    '99.99',
    '63.03.05.2999',
  ])('%s', (area) => {
    const wanted = book.places.villages.filter(({ code }) => isInArea(code, area))
    expect(villagesIn(book.places, area)).toEqual(wanted)
  })
})

it('what is for heads is safe with heads, not with operators, and never with villagers', () => {
  expect(isWithin('head', 'official')).toBe(true)
  expect(isWithin('official', 'head')).toBe(false)
  expect(isWithin('villager', 'post')).toBe(false)
  expect(isWithin('agent', 'villager')).toBe(true)
})

it('every menu is a flow for the role that it is the menu of', () => {
  const known = roles.filter((role) => book.flows.has(menuOf(role)))
  expect(known).toEqual([...roles])
  for (const role of known)
    expect(mayUse(role, book.flows.get(menuOf(role))?.for ?? 'head')).toBe(true)
})
