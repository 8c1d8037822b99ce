// Puts what commands gave to the words they belong to: a document, a link.
import type { Outbound } from '../core/message.ts'
import { sayPhrase } from '../core/phrase.ts'
import { documentOf } from '../core/roster/say-roster.ts'
import type { TurnResult } from '../core/turn/state.ts'
import type { Done } from '../registry/commands.ts'
import { signInAddress } from '../registry/office-sessions.ts'
import type { Runtime } from '../runtime.ts'

/** The replies; a document that was wished for, and a link, go with the one that ended the talk. */
export function withDone(runtime: Runtime, result: TurnResult, done: Done[]): Outbound[] {
  const { replies, session } = result
  const endedAt = result.endedAt ?? replies.length - 1
  const end = replies[endedAt]
  const wish = done.find((one) => one.document)?.document
  const link = sayLink(runtime, session.language, done)
  if (!end || (!wish && link === undefined)) return replies
  const document = wish && documentOf(runtime.book, session.language, wish)
  const text = link === undefined ? end.text : `${end.text}\n\n${link}`
  return replies.with(endedAt, { ...end, text, ...(document && { document }) })
}

/** The words that lead somewhere else; nothing where nothing does. */
function sayLink({ book, channels, config }: Runtime, language: string, done: Done[]) {
  const token = done.find((one) => one.signsIn)?.signsIn
  if (token) {
    const root = config.PUBLIC_URL
    if (!root) return sayPhrase(book, language, 'office-no-address')
    return sayPhrase(book, language, 'office-link', { link: signInAddress(root, token) })
  }
  const code = done.find((one) => one.linksTo)?.linksTo
  const link = code && findLink(channels, code)
  return link ? sayPhrase(book, language, 'open-link', { link }) : undefined
}

/** The link of the first channel that has one: whoever gets it opens the talk there. */
function findLink(channels: Runtime['channels'], code: string): string | undefined {
  for (const channel of channels.values()) {
    const link = channel.linkTo?.(code)
    if (link) return link
  }
  return undefined
}
