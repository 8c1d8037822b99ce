// A session is read back as it was written, whatever it holds.
import { describe, expect, it } from 'vitest'
import { keepAnswers } from '../../src/core/kept-answers.ts'
import type { Session } from '../../src/core/session.ts'
import { readSession, writeSession } from '../../src/core/session-text.ts'

const answers = { consent: 'ya', income: 1_500_000, address: '', name: 'Siti "Ati"\n' }

const talk = {
  id: 'T000000001',
  flow: 'villager/enrol',
  version: 'v1',
  on: '2026-11-21',
  answers: keepAnswers(answers),
}

const sessions: [string, Session][] = [
  ['a new one', { language: 'id' }],
  ['one with a talk', { language: 'en', pace: [29_916_666, 1], talk: { ...talk, asked: 'nik' } }],
  [
    'one with all that a talk can have',
    {
      language: 'id',
      talk: {
        ...talk,
        asked: 'nik',
        facts: { stopped: false },
        pending: { about: 'doubt', options: ['a', 2], keep: 'k' },
        was: { step: 'name', value: 'Siti' },
        tries: 2,
        helped: 'nik',
      },
    },
  ],
  [
    'one with talks put aside and no present one',
    { language: 'id', paused: [{ talk, resumes: true }], ended: 'T.end.ya', hintedAt: 1 },
  ],
]

it.each(sessions)('%s', (_, session) => {
  expect(readSession(writeSession(session))).toStrictEqual(session)
})

describe('what was kept in one line before is read', () => {
  const { id, flow, version, on } = talk
  const read = (list: unknown[]) => readSession(JSON.stringify(list))
  const old = { ...talk, answers }
  const more = { paused: [{ talk: old, resumes: true }] }
  const renewed = { paused: [{ talk, resumes: true }] }

  it('as one list', () => {
    const listed = [id, flow, version, on, 'nik', answers]
    expect(read(['en', 29_916_666, 1, ...listed])).toStrictEqual(sessions[1]?.[1])
    const tried = { language: 'id', talk: { ...talk, asked: 'nik', tries: 2 }, ...renewed }
    expect(read(['id', null, null, ...listed, more, { tries: 2 }])).toStrictEqual(tried)
    const none = [null, null, null, null, null, null]
    expect(read(['id', null, null, ...none])).toStrictEqual({ language: 'id' })
    expect(read(['id', null, null, ...none, more])).toStrictEqual({ language: 'id', ...renewed })
  })

  it('as lists within a list', () => {
    const listed = [id, flow, version, on, 'nik', answers]
    expect(read(['en', [29_916_666, 1], listed])).toStrictEqual(sessions[1]?.[1])
    const tried = { language: 'id', talk: { ...talk, asked: 'nik', tries: 2 }, ...renewed }
    expect(read(['id', null, [...listed, { tries: 2 }], more])).toStrictEqual(tried)
    const paced = { language: 'id', pace: [29_916_666, 3] }
    expect(read(['id', [29_916_666, 3], null])).toStrictEqual(paced)
  })
})

it('what was added to a session later is kept too', () => {
  const later = { language: 'id', likesTea: true, talk: { ...talk, mood: 'glad' } }
  expect(readSession(writeSession(later))).toStrictEqual(later)
})
