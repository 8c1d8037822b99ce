// A session as the text that is kept: lists in JSON, since names of fields would be most of it.
import type { Session, Talk } from './session.ts'

/** What few talks have beside what every talk has. */
type TalkMore = Omit<Talk, 'id' | 'flow' | 'version' | 'on' | 'asked' | 'answers'>
type TalkList = [
  id: string,
  flow: string,
  version: string,
  on: string,
  asked: string | null,
  answers: Talk['answers'],
  more?: TalkMore,
]

/** What few sessions have beside what most have. */
type SessionMore = Omit<Session, 'language' | 'pace' | 'talk'>
type SessionList = [
  language: string,
  pace: Session['pace'] | null,
  talk: TalkList | null,
  more?: SessionMore,
]

/** The session as text, short and quick to read. */
export function writeSession({ language, pace, talk, ...more }: Session): string {
  const list: SessionList = [language, pace ?? null, talk ? listTalk(talk) : null]
  if (holdsAny(more)) list.push(more)
  return JSON.stringify(list)
}

/** The session that was written; throws SyntaxError when the text is none. */
export function readSession(text: string): Session {
  const list = JSON.parse(text) as SessionList
  const session: Session = { language: list[0] }
  if (list[1]) session.pace = list[1]
  if (list[2]) session.talk = readTalk(list[2])
  return list[3] ? Object.assign(session, list[3]) : session
}

function listTalk({ id, flow, version, on, asked, answers, ...more }: Talk): TalkList {
  const list: TalkList = [id, flow, version, on, asked ?? null, answers]
  if (holdsAny(more)) list.push(more)
  return list
}

function readTalk(list: TalkList): Talk {
  const talk: Talk = { id: list[0], flow: list[1], version: list[2], on: list[3], answers: list[5] }
  if (list[4] !== null) talk.asked = list[4]
  return list[6] ? Object.assign(talk, list[6]) : talk
}

function holdsAny(more: object): boolean {
  for (const _ in more) return true
  return false
}
