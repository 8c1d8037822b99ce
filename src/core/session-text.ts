// A session as the text that is kept: one list in JSON, since names of fields would be most of it.
import type { Session, Talk } from './session.ts'

/** What few talks have beside what every talk has. */
type TalkMore = Omit<Talk, 'id' | 'flow' | 'version' | 'on' | 'asked' | 'answers'>

/** What few sessions have beside what most have. */
type SessionMore = Omit<Session, 'language' | 'pace' | 'talk'>

/** Nothing lies deeper in it than it must: a session is read and written at every turn. */
type SessionList = [
  language: string,
  minute: number | null,
  count: number | null,
  id: string | null,
  flow: string,
  version: string,
  on: string,
  asked: string | null,
  answers: Talk['answers'],
  more?: SessionMore | null,
  talkMore?: TalkMore | null,
]

/** As sessions were kept before: what belongs to the talk in a list of its own. */
type NestedList = [
  language: string,
  pace: [minute: number, count: number] | null,
  talk: unknown[] | null,
  more?: SessionMore,
]

/** The session as text, short and quick to read. */
export function writeSession(session: Session): string {
  const { language, pace, talk } = session
  // What is undefined is null in the text.
  const list: unknown[] = [
    language,
    pace?.[0],
    pace?.[1],
    talk?.id,
    talk?.flow,
    talk?.version,
    talk?.on,
    talk?.asked,
    talk?.answers,
  ]
  const more = findMore(session, listedOfSession)
  const talkMore = talk && findMore(talk, listedOfTalk)
  if (more || talkMore) list.push(more, talkMore)
  return JSON.stringify(list)
}

/** The session that was written; throws SyntaxError when the text is none. */
export function readSession(text: string): Session {
  const kept = JSON.parse(text) as SessionList | NestedList
  const list = isNested(kept) ? flatten(kept) : kept
  const session: Session = { language: list[0] }
  if (list[1] !== null) session.pace = [list[1], list[2] ?? 0]
  if (list[3] !== null) session.talk = readTalk(list, list[3])
  return list[9] ? Object.assign(session, list[9]) : session
}

function readTalk(list: SessionList, id: string): Talk {
  const talk: Talk = { id, flow: list[4], version: list[5], on: list[6], answers: list[8] }
  if (list[7] !== null) talk.asked = list[7]
  return list[10] ? Object.assign(talk, list[10]) : talk
}

function isNested(list: SessionList | NestedList): list is NestedList {
  return list.length <= 4
}

function flatten([language, pace, talk, more]: NestedList): SessionList {
  const [minute, count] = pace ?? [null, null]
  const [id = null, flow, version, on, asked, answers, talkMore] = talk ?? []
  const list = [language, minute, count, id, flow, version, on, asked, answers, more, talkMore]
  return list as SessionList
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
