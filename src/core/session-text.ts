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
export function writeSession(session: Session): string {
  const { language, pace, talk } = session
  const list: SessionList = [language, pace ?? null, talk ? listTalk(talk) : null]
  const more = findMore(session, listedOfSession)
  if (more) list.push(more)
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

function listTalk(talk: Talk): TalkList {
  const { id, flow, version, on, asked, answers } = talk
  const list: TalkList = [id, flow, version, on, asked ?? null, answers]
  const more = findMore(talk, listedOfTalk)
  if (more) list.push(more)
  return list
}

function readTalk(list: TalkList): Talk {
  const talk: Talk = { id: list[0], flow: list[1], version: list[2], on: list[3], answers: list[5] }
  if (list[4] !== null) talk.asked = list[4]
  return list[6] ? Object.assign(talk, list[6]) : talk
}

const listedOfSession = new Set(['language', 'pace', 'talk'])
const listedOfTalk = new Set(['id', 'flow', 'version', 'on', 'asked', 'answers'])

/** The fields that have no place in a list; nothing for most, without making an object for it. */
function findMore<T extends object>(whole: T, listed: Set<string>): T | undefined {
  let more: T | undefined
  for (const name in whole) {
    if (listed.has(name)) continue
    more ??= {} as T
    more[name] = whole[name]
  }
  return more
}
