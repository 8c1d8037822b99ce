// The history of a conversation, turned into what the page shows, and how far a page has read it.
import { createHash } from 'node:crypto'
import type { Choice, Document, InboundKind } from '../../core/message.ts'
import type { Bubble, Talk } from '../../web/page.ts'

/** One message of a conversation, oldest first, as the program keeps it. */
export interface ChatLine {
  /** What the person sent: its `externalId`. What the bot sent: an id that no other line has. */
  id: string
  from: 'bot' | 'person'
  /** Of what the person sent: its `kind` and `words`, as they came in. Text if left out. */
  kind?: InboundKind
  text: string
  /** What the text came with, if the bot offered something. */
  choices?: Choice[]
  /** What may be fetched with the line. */
  document?: Document
  /** ISO 8601 in UTC. */
  at: string
}

/** How long an answer is "being typed" before the page says that it is late. */
const patienceMs = 30_000

/** How many lines a mark looks back on: a history may lose its oldest lines, never these. */
const markLines = 20

/** Where the document of a line is fetched, by whoever the line was said to. */
function filePath(lineId: string): string {
  return `/chat/file/${lineId}`
}

/** A start is nothing that was said. */
function isShown({ kind }: ChatLine): boolean {
  return kind !== 'start'
}

function labelOf(line: ChatLine, before: ChatLine[]): string {
  if (line.kind !== 'press') return line.text
  for (const { choices } of before.toReversed()) {
    const choice = choices?.find(({ press }) => press === line.text)
    if (choice !== undefined) return choice.label
  }
  return line.text
}

function openChoices(lines: ChatLine[]): Choice[] {
  const sinceAnswer = lines.slice(lines.findLastIndex(({ from }) => from === 'person') + 1)
  return sinceAnswer.findLast(({ choices }) => choices !== undefined)?.choices ?? []
}

function awaitingOf(last: ChatLine | undefined, now: number): Talk['awaiting'] {
  if (last?.from !== 'person') return 'nothing'
  return now - Date.parse(last.at) < patienceMs ? 'answer' : 'late answer'
}

function bubblesOf(lines: ChatLine[]): Bubble[] {
  const lastOfBot = lines.findLastIndex(({ from }) => from === 'bot')
  return lines.flatMap((line, at) => {
    const text = labelOf(line, lines.slice(0, at))
    const file = line.document && { href: filePath(line.id), name: line.document.name }
    const bubble = { id: line.id, from: line.from, text, at: line.at, answered: at < lastOfBot }
    return isShown(line) ? [{ ...bubble, ...(file && { file }) }] : []
  })
}

/** A history as the page shows it at `now` (milliseconds since 1970). */
export function encode(lines: ChatLine[], now: number): Talk {
  return {
    bubbles: bubblesOf(lines),
    choices: openChoices(lines),
    awaiting: awaitingOf(lines.at(-1), now),
  }
}

/**
 * A fingerprint of the first `end` lines. It changes when a line appears between others, which a
 * mere "last id" would not see, and stays when the oldest lines fall off.
 */
export function markOf(lines: ChatLine[], end = lines.length): string {
  const ids = lines.slice(Math.max(0, end - markLines), end).map(({ id }) => id)
  return createHash('sha256').update(JSON.stringify(ids)).digest('base64url').slice(0, 16)
}

/** How many bubbles a page with this mark shows; undefined when they are no longer the same. */
export function findRead(lines: ChatLine[], mark: string): number | undefined {
  for (let end = lines.length; end >= 0; end -= 1) {
    if (markOf(lines, end) === mark) return lines.slice(0, end).filter(isShown).length
  }
  return undefined
}
