// Two talks of one person: which goes on, and what waits beside it.
import { describe, expect, it } from 'vitest'
import { joinSessions } from '../../src/core/join-sessions.ts'
import { type KeptAnswers, keepAnswers, noAnswers } from '../../src/core/kept-answers.ts'
import type { Session, Talk } from '../../src/core/session.ts'

const talk = (flow: string, id: string, answers: KeptAnswers = keepAnswers({ a: '1' })): Talk => ({
  ...{ id, flow, version: 'v', on: '2026-11-21' },
  answers,
})
const aside = (one: Talk) => ({ talk: one, resumes: false })
const empty: Session = { language: 'id' }

describe('joining two sessions', () => {
  it('goes on with the talk of the one used last, and puts the other aside', () => {
    const last: Session = { language: 'en', talk: talk('pay', 'L') }
    const other: Session = { language: 'id', talk: talk('enrol', 'O') }
    const paused = [aside(talk('enrol', 'O'))]
    expect(joinSessions(last, other)).toEqual({ ...last, paused })
  })

  it('prefers an open talk to none, in the language used last', () => {
    const other: Session = { language: 'id', talk: talk('enrol', 'O'), pace: [1, 2] }
    expect(joinSessions({ language: 'en' }, other)).toEqual({ ...other, language: 'en' })
    expect(joinSessions(other, { language: 'en' })).toEqual(other)
  })

  it('has each flow once: what is under way, then what was put aside last', () => {
    const last: Session = {
      ...{ language: 'id', talk: talk('enrol', 'L') },
      paused: [aside(talk('stop', 'LS'))],
    }
    const other: Session = {
      ...{ language: 'id', talk: talk('stop', 'OS') },
      paused: [aside(talk('enrol', 'OE')), { talk: talk('pay', 'OP'), resumes: true }],
    }
    expect(joinSessions(last, other).paused).toEqual([
      { talk: talk('pay', 'OP'), resumes: true },
      aside(talk('stop', 'LS')),
    ])
  })

  it('forgets a talk in which nothing was answered', () => {
    const last: Session = { language: 'id', talk: talk('enrol', 'L') }
    expect(joinSessions(last, { language: 'id', talk: talk('start', 'O', noAnswers) })).toEqual(
      last,
    )
    expect(joinSessions(empty, empty)).toEqual(empty)
  })

  it('changes neither of the two', () => {
    const last: Session = { language: 'id', talk: talk('a', 'L'), paused: [aside(talk('b', 'X'))] }
    const other: Session = { language: 'id', talk: talk('c', 'O') }
    const before = JSON.stringify([last, other])
    joinSessions(last, other)
    joinSessions(empty, other)
    expect(JSON.stringify([last, other])).toBe(before)
  })
})
