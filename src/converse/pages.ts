// One-time pages: makes their links, finds what they ask, takes what was written there.
import type { Receive } from '../channels/channel.ts'
import { maxWordsLength, pageMinutes } from '../core/limits.ts'
import type { Outbound } from '../core/message.ts'
import { NeedsFacts } from '../core/turn/needs.ts'
import { findPageQuestion, type PageQuestion } from '../core/turn/page.ts'
import { lookUpFacts } from '../registry/facts.ts'
import { openPageLink, sealPageLink } from '../registry/page-links.ts'
import { findTalk, openAddress, openSession } from '../registry/turns.ts'
import type { Runtime } from '../runtime.ts'

/** What the web server asks about one-time pages; `token` is the last part of the link. */
export interface OneTimePages {
  /** The question of a page; nothing when the link is no longer good. */
  find(token: string): Promise<PageQuestion | undefined>
  /** Takes an answer: kept, or what is wrong with it, or the link is no longer good. */
  take(token: string, words: string): Promise<'kept' | 'stale' | { wrong: string }>
}

/** Whether sensitive questions of this channel are asked on pages. */
export function asksOnPages({ config, channels }: Runtime, channel: string): boolean {
  const forbids = channels.get(channel)?.capabilities.forbidsSensitive === true
  return forbids && config.PUBLIC_URL !== undefined
}

/** A reply with the link to its page in place, if it leads to one. */
export function withLink(runtime: Runtime, addressId: number, message: Outbound): Outbound {
  const { page, ...rest } = message
  if (page === undefined) return message
  const until = runtime.clock.now().second + pageMinutes * 60
  const token = sealPageLink(runtime.seal, { addressId, page, until })
  const link = new URL(`/isi/${token}`, runtime.config.PUBLIC_URL).href
  return { ...rest, text: message.text.replace('{link}', link) }
}

/** Asks the registry for what a page's question turns out to need. */
async function lookUpQuestion(
  runtime: Runtime,
  asking: { addressId: number; on: string },
  find: (facts: Record<string, unknown>) => PageQuestion | undefined,
): Promise<PageQuestion | undefined> {
  const { db, seal, book } = runtime
  let facts: Record<string, unknown> = {}
  for (;;) {
    try {
      return find(facts)
    } catch (error) {
      if (!(error instanceof NeedsFacts)) throw error
      const looking = { seal, book, ...asking, answers: error.answers }
      const found = await db.transaction((tx) => lookUpFacts({ ...looking, tx }, error.facts))
      facts = { ...facts, ...found }
    }
  }
}

/** The pages of this program; answers go the way of every message. */
export function createPages(runtime: Runtime, receive: Receive): OneTimePages {
  const open = async (token: string) => {
    const now = { ...runtime.clock.now(), pages: true }
    const link = openPageLink(runtime.seal, token, now.second)
    const talk = link && (await findTalk(runtime.db.pool, link.addressId))
    if (!link || !talk) return undefined
    const session = openSession(runtime.seal, talk)
    const asking = { addressId: talk.addressId, on: now.on }
    const question = await lookUpQuestion(runtime, asking, (facts) =>
      findPageQuestion(runtime.book, session, link.page, now, facts),
    )
    return question && { talk, question, now, page: link.page }
  }
  return {
    find: async (token) => (await open(token))?.question,
    take: async (token, given) => {
      const found = await open(token)
      if (!found) return 'stale'
      const words = given.slice(0, maxWordsLength)
      const { question, now, page, talk } = found
      const reading = question.reader.read(words, { on: now.on })
      if (reading.kind === 'wrong') return { wrong: question.explain(reading.say, reading.blanks) }
      const { channel } = talk
      const address = openAddress(runtime.seal, talk)
      const at = new Date().toISOString()
      // One page, one message: whoever sends it twice is heard once.
      const externalId = `page-${page}`
      await receive([{ channel, address, externalId, kind: 'page', words: `${page} ${words}`, at }])
      return 'kept'
    },
  }
}
