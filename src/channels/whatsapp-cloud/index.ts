// The WhatsApp Cloud API: one business number, by webhook in and by HTTPS out.
import type { Templates } from '../../core/template.ts'
import type { Attachments } from '../attached.ts'
import type { Channel } from '../channel.ts'
import { channelName } from './decode.ts'
import { createGraph } from './graph.ts'
import { type Alarms, createHealth, type Log } from './health.ts'
import { createListening, type ListenOptions } from './listen.ts'
import { createMedia } from './media.ts'
import { type Clock, createPace } from './pace.ts'
import { type SendOptions, sendMessage } from './send.ts'
import { type Answer, answerCall, answerChallenge } from './webhook.ts'

/** Settings of the channel; words that people read come from flows, the registry is handed in. */
export interface WhatsAppCloudOptions
  extends Attachments,
    Pick<SendOptions, 'operator' | 'listLabel' | 'findReplyId'>,
    Pick<ListenOptions, 'phoneId' | 'settleAddress' | 'noteDelivery'> {
  apiRoot: string
  token: string
  /** Signs every call of the webhook. */
  appSecret: string
  /** Proves the address of the webhook when it is registered. */
  verifyToken: string
  /** Messages in a second, at most. */
  perSecond: number
  templates: Templates
  alarms: Alarms
  log: Log
  /** How long a call may take; 15 s unless a test is in a hurry. */
  timeoutMs?: number | undefined
  clock?: Clock
  now?: () => Date
}

/** The channel, and what the web server mounts for its webhook. */
export interface WhatsAppCloud extends Channel {
  /** Answers the question with which the address of the webhook is proved. */
  prove(query: URLSearchParams): Answer
  /** Answers a call of the webhook; the body is raw. */
  handle(headers: Headers, body: Uint8Array): Promise<Answer>
}

const realClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, done) => void setTimeout(done, delayMs),
}

/** Makes the channel; nothing is called before somebody is written to. */
export function createWhatsAppCloud(options: WhatsAppCloudOptions): WhatsAppCloud {
  const now = options.now ?? (() => new Date())
  const graph = createGraph(options)
  const media = createMedia(graph, () => now().getTime())
  const pace = createPace(options.clock ?? realClock, options.perSecond)
  const health = createHealth(options.log, options.alarms)
  const listening = createListening({
    ...options,
    now,
    onTrouble: health.told,
  })
  const underWay = new Set<Promise<unknown>>()
  return {
    name: channelName,
    capabilities: { buttons: true, sharesPhone: true, maxText: 4_096, forbidsSensitive: true },
    start: async (receive) => {
      listening.start(receive)
      health.turn(true)
    },
    state: () => health.state(),
    prove: (query) => answerChallenge(query, options.verifyToken),
    handle: (headers, body) => answerCall({ headers, body }, options.appSecret, listening.take),
    send: (address, message, sending) => {
      const given = { ...options, graph, media, pace, health, now }
      const going = sendMessage(given, address, message, sending)
      const settled: Promise<unknown> = going
        .catch(() => undefined)
        .finally(() => underWay.delete(settled))
      underWay.add(settled)
      return going
    },
    stop: async () => {
      listening.stop()
      await Promise.all(underWay)
      health.turn(false)
    },
  }
}
