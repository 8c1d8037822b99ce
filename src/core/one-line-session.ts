// Sessions as they were kept before: everything in one line of JSON, answers as an object in it.
import type { Value } from './answers/reading.ts'
import { keepAnswers } from './kept-answers.ts'
import type { Session, Talk } from './session.ts'

type OldTalk = Omit<Talk, 'answers'> & { answers: Record<string, Value> }
type OldMore = Omit<Session, 'paused'> & { paused?: { talk: OldTalk; resumes: boolean }[] }
type TalkList = [id: string, flow: string, version: string, on: string, asked: string | null]

/** All in one list. */
type FlatList = [
  language: string,
  minute: number | null,
  count: number | null,
  ...talk: TalkList | [null, null, null, null, null],
  answers: Record<string, Value> | null,
  more?: OldMore | null,
  talkMore?: Partial<Talk> | null,
]

/** Still earlier: what belongs to the talk in a list of its own. */
type NestedList = [
  language: string,
  pace: [minute: number, count: number] | null,
  talk: [...TalkList, answers: Record<string, Value>, more?: Partial<Talk>] | null,
  more?: OldMore,
]

/** The session in such a line; throws SyntaxError when it is none. */
export function readOneLine(text: string): Session {
  const kept = JSON.parse(text) as FlatList | NestedList
  const isNested = kept.length <= 4
  const list = isNested ? flatten(kept as NestedList) : (kept as FlatList)
  const [language, minute, count, id, flow, version, on, asked, answers, more, talkMore] = list
  const session: Session = { language }
  if (minute !== null) session.pace = [minute, count ?? 0]
  if (id !== null && answers !== null) {
    session.talk = { id, flow, version, on, answers: keepAnswers(answers) }
    if (asked !== null) session.talk.asked = asked
    Object.assign(session.talk, talkMore)
  }
  if (!more) return session
  const { paused, ...others } = more
  Object.assign(session, others)
  if (paused) session.paused = paused.map((one) => ({ ...one, talk: renew(one.talk) }))
  return session
}

function renew(talk: OldTalk): Talk {
  return { ...talk, answers: keepAnswers(talk.answers) }
}

function flatten([language, pace, talk, more]: NestedList): FlatList {
  const [minute, count] = pace ?? [null, null]
  if (!talk) return [language, minute, count, null, null, null, null, null, null, more]
  const [id, flow, version, on, asked, answers, talkMore] = talk
  return [language, minute, count, id, flow, version, on, asked, answers, more, talkMore]
}
