// A transcript: what a person types, read from a file, and the talk that comes of it, as text.
import type { Book } from '../../src/core/book.ts'
import { facts } from '../../src/core/facts.ts'
import type { Inbound, InboundKind, Outbound } from '../../src/core/message.ts'
import { must } from '../../src/core/must.ts'
import type { Session } from '../../src/core/session.ts'
import { readSession, writeSession } from '../../src/core/session-text.ts'
import type { Now, TurnResult } from '../../src/core/turn/state.ts'
import { turn } from '../../src/core/turn.ts'

/** One thing that the file says: a fact, another day, or something that the person does. */
export interface ScriptLine {
  kind: 'fact' | 'day' | 'person'
  /** As it stands in the file. */
  text: string
}

/** What a transcript file asks for; the bot's own lines are not in it. */
export interface Script {
  /** What this talk shows. */
  title: string
  /** The language the talk begins in, `id` when the file does not say. */
  language: string
  /** Sensitive questions are asked on a page, as on WhatsApp. */
  pages: boolean
  lines: ScriptLine[]
}

/** One turn of a talk that was played. */
export interface PlayedTurn {
  inbound: Inbound
  /** The session before this turn. */
  before: Session
  /** What the bot had last said before this turn. */
  offered: Outbound[]
  result: TurnResult
}

/** A talk that was played: the file as it should read, and the turns in it. */
export interface Played {
  text: string
  turns: PlayedTurn[]
}

const firstDay = '2026-11-21'

/** What the registry would say of somebody who has never been here. */
const noFacts: Record<string, unknown> = {
  ...Object.fromEntries(Object.keys(facts).map((name) => [name, null])),
  'my-submissions': [],
  'my-data': {},
  'my-contributions': { waiting: 0, ended: 0, members: [] },
  'is-reminded': false,
  'submissions-today': 0,
  'has-open-ticket': false,
  stopped: false,
}

const dayShape = /^on: (\d{4}-\d{2}-\d{2})$/
const languageShape = /^language: ([a-z]{2})$/
/** What somebody typed before the bot's last words could be read. */
const unseenShape = /^\(unseen\) /
const factShape = /^@ ([a-z-]+) = (.+)$/
const botShape = /^(?:[<=!] | {2}|$|\((?:not kept|for the officer)\))/

/** Reads a transcript file; throws on a line that is none of those it knows. */
export function readScript(file: string, content: string): Script {
  const [first = '', ...rest] = content.split('\n')
  const script: Script = {
    title: first.replace(/^# /, ''),
    language: 'id',
    pages: false,
    lines: [],
  }
  if (!first.startsWith('# ')) throw new Error(`${file}: the first line says what it shows`)
  for (const [index, text] of rest.entries()) {
    const language = languageShape.exec(text)?.[1]
    if (language) script.language = language
    else if (text === 'pages: yes') script.pages = true
    else if (/^>>? /.test(text)) script.lines.push({ kind: 'person', text })
    else if (dayShape.test(text)) script.lines.push({ kind: 'day', text })
    else if (factShape.test(text)) script.lines.push({ kind: 'fact', text })
    else if (!botShape.test(text)) throw new Error(`${file}:${index + 2}: unknown line: ${text}`)
  }
  return script
}

interface Stage {
  book: Book
  pages: boolean
  session: Session
  facts: Record<string, unknown>
  on: string
  /** Steps of ten seconds since the talk began: nobody types faster. */
  step: number
  offered: Outbound[]
  /** Everything that was ever offered, for buttons further up. */
  ever: Outbound[]
}

/** Plays a script on the book: clock and ids are frozen, the session is JSON between two turns. */
export function playScript(book: Book, script: Script): Played {
  const stage: Stage = {
    book,
    pages: script.pages,
    session: { language: script.language },
    facts: { ...noFacts },
    on: firstDay,
    step: 0,
    offered: [],
    ever: [],
  }
  const head = [`# ${script.title}`]
  if (script.language !== 'id') head.push(`language: ${script.language}`)
  if (script.pages) head.push('pages: yes')
  const blocks: string[] = []
  const turns: PlayedTurn[] = []
  for (const line of script.lines) {
    if (line.kind === 'fact') setFact(stage, line.text)
    if (line.kind === 'day') stage.on = must(dayShape.exec(line.text)?.[1], 'a day')
    const block = line.kind === 'person' ? playLine(stage, line.text, turns) : line.text
    if (turns.length === 0) head.push(block)
    else blocks.push(block)
  }
  return { text: `${[head.join('\n'), ...blocks].join('\n\n')}\n`, turns }
}

function setFact(stage: Stage, text: string) {
  const [, name = '', json = ''] = factShape.exec(text) ?? []
  if (!(name in noFacts)) throw new Error(`no fact is called ${name}`)
  stage.facts[name] = JSON.parse(json)
}

/** `> words` is one turn; `>> words | words` are several, of which only the last is shown. */
function playLine(stage: Stage, text: string, turns: PlayedTurn[]): string {
  const said = text.startsWith('>> ') ? text.slice(3).split(' | ') : [text.slice(2)]
  const shown = said.map((words) => playTurn(stage, words, turns))
  return [text, ...must(shown.at(-1), 'a turn')].join('\n')
}

function playTurn(stage: Stage, said: string, turns: PlayedTurn[]): string[] {
  stage.step += 1
  const inbound = readInbound(stage, said.replace(unseenShape, ''))
  const before = stage.session
  const result = takeTurn(stage, inbound, unseenShape.test(said))
  turns.push({ inbound, before, offered: stage.offered, result })
  stage.session = readSession(writeSession(result.session))
  if (result.replies.length > 0) stage.offered = result.replies
  stage.ever.push(...result.replies)
  return showResult(result)
}

/** Looks up what the turn needs, as the program does. */
function takeTurn(stage: Stage, inbound: Inbound, isUnseen: boolean): TurnResult {
  const second = Date.parse(`${stage.on}T00:00:00Z`) / 1000 + stage.step * 10
  const now: Now = {
    ...{ on: stage.on, second, id: String(stage.step).padStart(10, '0'), pages: stage.pages },
    ...(isUnseen && { unseen: true }),
  }
  let facts: Record<string, unknown> = {}
  for (;;) {
    const result = turn(stage.book, stage.session, inbound, now, facts)
    if (result.needs.length === 0) return result
    facts = { ...facts, ...pick(stage.facts, result.needs) }
  }
}

function pick(facts: Record<string, unknown>, names: string[]) {
  const unknown = names.find((name) => !(name in facts))
  if (unknown) throw new Error(`no fact is called ${unknown}`)
  return Object.fromEntries(names.map((name) => [name, facts[name]]))
}

/** `words`, `[Label]`, `(earlier) [Label]`, `(page) words`, `(photo)`, or `/start payload`. */
function readInbound(stage: Stage, said: string): Inbound {
  const inbound = {
    channel: 'transcript',
    address: 'somebody',
    externalId: String(stage.step),
    at: `${stage.on}T00:00:00.000Z`,
  }
  const button = /^(\(earlier\) )?\[(.+)\]$/.exec(said)
  if (button) {
    const press = findPress(button[1] ? stage.ever : stage.offered, button[2] ?? '')
    return { ...inbound, kind: 'press', words: press }
  }
  const written = /^\((old )?page\) (.+)$/.exec(said)
  if (written)
    return { ...inbound, kind: 'page', words: `${findPage(stage, written[1])} ${written[2]}` }
  const start = /^\/start ?(.*)$/.exec(said)
  if (start) return { ...inbound, kind: 'start', words: start[1] ?? '' }
  const other = /^\(([a-z-]+) ?(.*)\)$/.exec(said)
  if (other) return { ...inbound, kind: other[1] as InboundKind, words: other[2] ?? '' }
  return { ...inbound, kind: 'text', words: said }
}

/** The page that was offered last, or the one before it. */
function findPage({ ever }: Stage, old: string | undefined): string {
  const pages = [...new Set(ever.flatMap(({ page }) => page ?? []))]
  return must(pages.at(old ? -2 : -1), 'a page')
}

function findPress(replies: Outbound[], label: string): string {
  const choices = replies.flatMap((reply) => reply.choices ?? [])
  const found = choices.find((choice) => choice.label === label)
  if (found) return found.press
  throw new Error(`no button [${label}] among: ${choices.map((one) => one.label).join(' | ')}`)
}

function showResult(result: TurnResult): string[] {
  const { replies, commands, outcomes, hushed, forOfficer } = result
  return [
    ...(forOfficer ? ['(for the officer)'] : []),
    ...(hushed ? ['(not kept)'] : []),
    ...replies.flatMap(showReply),
    ...commands.map((command) => `! ${command.do}`),
    ...outcomes.map(({ flow, outcome }) => `= ${flow} ${outcome}`),
  ]
}

function showReply({ text, choices = [], wantsPhone, picture, file }: Outbound): string[] {
  const [first, ...rest] = text.split('\n')
  return [
    `< ${first}`,
    ...rest.map((line) => (line === '' ? '' : `  ${line}`)),
    ...choices.map(({ label }, index) => `  [${index + 1}] ${label}`),
    ...(wantsPhone ? ['  (own number)'] : []),
    ...(picture ? [`  (picture ${picture})`] : []),
    ...(file ? [`  (file ${file})`] : []),
  ]
}
