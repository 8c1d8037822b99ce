// Buttons pressed twice or long after: each is heard once; opening words are no names.
import { expect, test } from 'vitest'
import type { Inbound } from '../../../src/core/message.ts'
import type { Session } from '../../../src/core/session.ts'
import { turn } from '../../../src/core/turn.ts'
import { answersOf } from '../../support/answers-of.ts'
import { realBook } from '../../support/real-book.ts'

const book = realBook('Cabang Uji')
const now = { on: '2026-11-21', second: 0, id: 'AAAAAAAAAA' }
const facts = { 'submissions-today': 0, 'my-data': {}, stopped: false }

function take(session: Session, words: string, kind: Inbound['kind'] = 'text') {
  const message = { channel: 'web', address: 'a', externalId: '1', kind, words, at: '' }
  return turn(book, session, message, now, facts)
}

test('the button that ended a talk is heard once, until something else is sent', () => {
  const opened = take({ language: 'id' }, 'cek')
  const foreigner = take(opened.session, 'AAAAAAAAAA.nationality.foreigner', 'press')
  const press = 'AAAAAAAAAA.officer.tidak'
  const ended = take(foreigner.session, press, 'press')
  expect(ended.outcomes).toEqual([{ flow: 'villager/eligibility', outcome: 'not-eligible' }])
  const again = take(ended.session, press, 'press')
  expect(again.replies).toEqual([])
  const other = take(again.session, 'halo')
  expect(take(other.session, press, 'press').replies[0]?.text).toContain('pertanyaan lama')
})

test('words that open a talk are nobody’s name; the enrolment waits', () => {
  let session: Session = take({ language: 'id' }, 'daftar').session
  for (const words of ['1', '1', '1', '1', '12 maret 1985', '6303055203850001']) {
    session = take(session, words).session
  }
  expect(session.talk?.asked).toBe('name')
  const aside = take(session, 'data saya')
  expect(aside.session.paused?.map((one) => one.talk.flow)).toEqual(['villager/enrol'])
  expect(answersOf(take(session, 'Siti Rahmah').session.talk).name).toBe('Siti Rahmah')
})

test('the button of a campaign opens its flow in whatever talk somebody is, and no other flow', () => {
  const asking = take(take({ language: 'id' }, 'daftar').session, '1').session
  const opened = take(asking, 'f_villager/eligibility', 'press')
  expect(opened.session.talk?.flow).toBe('villager/eligibility')
  expect(opened.session.paused?.map((one) => one.talk.flow)).toEqual(['villager/enrol'])
  const barred = take({ language: 'id' }, 'f_branch/invite', 'press')
  expect(barred.session.talk?.flow).toBe('villager/start')
  expect(barred.replies[0]?.text).toContain('pertanyaan lama')
})
