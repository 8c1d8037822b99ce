// A session as the text that is kept: plain lines, since it is read and written at every turn.
import { noAnswers } from './kept-answers.ts'
import { readOneLine } from './one-line-session.ts'
import type { Session, Talk } from './session.ts'

/** Empty for what there is not, JSON for what few have. As one JSON list it took twice as long. */
type SessionLines = [
  language: string,
  pace: string,
  id: string,
  flow: string,
  version: string,
  on: string,
  present: string,
  asked: string,
  given: string,
  more?: string,
]

/** The session as text, short and quick to read. */
export function writeSession(session: Session): string {
  const { language, pace, talk } = session
  const { asked, given } = talk?.answers ?? noAnswers
  const lines = [
    language,
    pace && `${pace[0]} ${pace[1]}`,
    talk?.id,
    talk?.flow,
    talk?.version,
    talk?.on,
    talk?.asked,
    asked,
    given,
  ]
  const more = findMore(session, listedOfSession)
  const talkMore = talk && findMore(talk, listedOfTalk)
  if (more || talkMore) lines.push(JSON.stringify([more, talkMore]))
  return lines.join('\n')
}

/** The session that was written; throws SyntaxError when the text is none. */
export function readSession(text: string): Session {
  if (text.startsWith('[')) return readOneLine(text)
  const lines = cutLines(text) as SessionLines
  const session: Session = { language: lines[0] }
  if (lines[1]) session.pace = readPace(lines[1])
  if (lines[3]) session.talk = readTalk(lines)
  if (lines[9]) addMore(session, JSON.parse(lines[9]))
  return session
}

function readTalk(lines: SessionLines): Talk {
  const answers = { asked: lines[7], given: lines[8] }
  const talk: Talk = { id: lines[2], flow: lines[3], version: lines[4], on: lines[5], answers }
  if (lines[6]) talk.asked = lines[6]
  return talk
}

function addMore(session: Session, [more, talkMore]: [object | null, object | null]) {
  if (more) Object.assign(session, more)
  if (session.talk && talkMore) Object.assign(session.talk, talkMore)
}

/** `split` takes twice as long. */
function cutLines(text: string): string[] {
  const lines: string[] = []
  let from = 0
  for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
    lines.push(text.slice(from, to))
    from = to + 1
  }
  lines.push(text.slice(from))
  return lines
}

function readPace(line: string): Session['pace'] {
  const space = line.indexOf(' ')
  return [Number(line.slice(0, space)), Number(line.slice(space + 1))]
}

const listedOfSession = new Set(['language', 'pace', 'talk'])
const listedOfTalk = new Set(['id', 'flow', 'version', 'on', 'asked', 'answers'])

/** The fields that have no line; nothing for most, without making an object for it. */
function findMore<T extends object>(whole: T, listed: Set<string>): Partial<T> | undefined {
  let more: Partial<T> | undefined
  for (const name in whole) {
    if (listed.has(name)) continue
    more ??= {}
    more[name] = whole[name]
  }
  return more
}
