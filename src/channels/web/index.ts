// The web chat: a channel whose delivery is the row itself, read by whoever has the page open.
import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { createFlood } from '../../web/flood.ts'
import type { PageStyle } from '../../web/page.ts'
import type { Attachments } from '../attached.ts'
import type { Channel, Receive } from '../channel.ts'
import { createBell } from './bell.ts'
import type { ChatLine } from './encode.ts'
import { createRoutes } from './routes.ts'
import { createVisitors, deriveKey } from './visitor.ts'

/** What the web chat is made from. */
export interface WebOptions extends PageStyle, Pick<Attachments, 'makeDocument'> {
  /** Secret that cookies are signed with. */
  key: string | Uint8Array
  /** Where visitors reach the page; https means a proxy stands before it. */
  publicUrl: string
  /** The conversation so far, oldest first; a few hundred lines are enough. */
  history(address: string): Promise<ChatLine[]>
  /** The person wants this conversation gone from the page. */
  forget(address: string): Promise<void>
  /** How long requests wait, for tests. */
  waits?: { pollMs: number; replyMs: number; recheckMs: number }
}

/** The web chat as a channel, and its pages. */
export interface Web extends Channel {
  /** The pages, to be mounted at `/`. */
  pages(): Hono
}

const usualWaits = { pollMs: 20_000, replyMs: 1_500, recheckMs: 2_000 }

/** Nobody types faster for long; a burst is somebody pressing again and again on a slow line. */
const addressLimit = { burst: 20, perSecond: 0.5 }

/** A page asks again as soon as it was answered; several pages may. */
const pollLimit = { burst: 30, perSecond: 2 }

/** Generous: a phone company puts a whole district behind one number. */
const originLimit = { burst: 300, perSecond: 20 }

/** The web chat. `send` resolves at once: the page reads the conversation from its rows. */
export function createWeb(options: WebOptions): Web {
  let receive: Receive | undefined
  const bell = createBell()
  const isSecure = options.publicUrl.startsWith('https:')
  const routes = createRoutes({
    style: options,
    visitors: createVisitors(deriveKey(options.key, 'cookie'), isSecure),
    bell,
    key: deriveKey(options.key, 'fingerprint'),
    isProxied: isSecure,
    floodByAddress: createFlood(addressLimit),
    floodOfPolls: createFlood(pollLimit),
    floodByOrigin: createFlood(originLimit),
    waits: options.waits ?? usualWaits,
    history: (address) => options.history(address),
    makeDocument: async (document) => options.makeDocument?.(document),
    forget: (address) => options.forget(address),
    findReceive: () => receive,
  })
  return {
    name: 'web',
    capabilities: { buttons: true, sharesPhone: false, maxText: 4096, forbidsSensitive: false },
    async start(into) {
      receive = into
    },
    async send(address) {
      bell.ring(address)
      return randomUUID()
    },
    async stop() {
      receive = undefined
      bell.close()
    },
    state: () => (receive === undefined ? 'stopped' : 'ready'),
    pages: () => routes,
  }
}
