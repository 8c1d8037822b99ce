// A session is read back as it was written, whatever it holds.
import { expect, it } from 'vitest'
import type { Session } from '../../src/core/session.ts'
import { readSession, writeSession } from '../../src/core/session-text.ts'

const talk = {
  id: 'T000000001',
  flow: 'villager/enrol',
  version: 'v1',
  on: '2026-11-21',
  answers: { consent: 'ya', income: 1_500_000, address: '' },
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

it('what was kept in lists within lists is read as before', () => {
  const { id, flow, version, on, answers } = talk
  const listed = [id, flow, version, on, 'nik', answers]
  const read = (list: unknown[]) => readSession(JSON.stringify(list))
  expect(read(['en', [29_916_666, 1], listed])).toStrictEqual(sessions[1]?.[1])
  const more = { paused: [{ talk, resumes: true }] }
  const tried = { language: 'id', talk: { ...talk, asked: 'nik', tries: 2 }, ...more }
  expect(read(['id', null, [...listed, { tries: 2 }], more])).toStrictEqual(tried)
  expect(read(['id', [29_916_666, 3], null])).toStrictEqual({
    language: 'id',
    pace: [29_916_666, 3],
  })
})

it('what was added to a session later is kept too', () => {
  const later = { language: 'id', likesTea: true, talk: { ...talk, mood: 'glad' } }
  expect(readSession(writeSession(later))).toStrictEqual(later)
})
