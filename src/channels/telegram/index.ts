// The Telegram channel: one bot token, by long polling or by webhook.
import { Api } from 'grammy'
import type { BotCommand } from 'grammy/types'
import type { LeaseHolder } from '../../registry/lease-holder.ts'
import type { Attachments } from '../attached.ts'
import type { Channel } from '../channel.ts'
import type { BackOffSettings } from './back-off.ts'
import { createDecorations } from './decorate.ts'
import { fetchFile } from './fetch-file.ts'
import { type Clock, createLimiter } from './limiter.ts'
import { createListening, type Log } from './listen.ts'
import { createSending, editMessage } from './send.ts'
import { mustBeSecret, type Webhook } from './webhook.ts'

/** Settings of the channel; words that people read come from flows. */
export interface TelegramOptions extends Attachments {
  token: string
  /** Another Bot API server than Telegram's own. */
  apiRoot?: string | undefined
  /** Be called instead of asking. */
  webhook?: Webhook | undefined
  /** Poll only while this process has it: several may have the same token. */
  lease?: LeaseHolder | undefined
  /** The commands menu. */
  commands?: readonly BotCommand[]
  /** The words on the button that shares one's own number; without them it is not offered. */
  sharePhoneLabel?: string
  log: Log
  /** How long Telegram may hold an empty answer back; 25 s unless a test is in a hurry. */
  longPollSeconds?: number
  backOff?: BackOffSettings
  clock?: Clock
}

/** The channel, and what the web server mounts for its webhook. */
export interface Telegram extends Channel {
  /** Answers a call of the webhook with an HTTP status; the body is raw, at most 1 MB. */
  handle(headers: Headers, body: Uint8Array): Promise<number>
}

const realClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, done) => void setTimeout(done, delayMs),
}

/** Makes the channel; nothing is called before `start`. Throws when the webhook has no secret. */
export function createTelegram(options: TelegramOptions): Telegram {
  if (options.webhook) mustBeSecret(options.webhook)
  const longPollSeconds = options.longPollSeconds ?? 25
  const apiRoot = (options.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '')
  const api = new Api(options.token, {
    apiRoot,
    // A silent network must not hold a long poll or a send for grammY's eight minutes.
    timeoutSeconds: longPollSeconds + 15,
  })
  const limiter = createLimiter(options.clock ?? realClock)
  const decorations = createDecorations(api, () => !limiter.isPaused())
  const listening = createListening({ ...options, api, limiter, decorations, longPollSeconds })
  const sending = createSending({ ...options, api, limiter, decorations })
  return {
    name: 'telegram',
    capabilities: {
      buttons: true,
      sharesPhone: options.sharePhoneLabel !== undefined,
      maxText: 4_096,
      forbidsSensitive: false,
    },
    start: listening.start,
    handle: listening.handle,
    state: listening.state,
    send: sending.send,
    edit: (address, id, { text }) => editMessage(api, address, id, text),
    linkTo: (code) => {
      const name = decorations.name()
      return name && `https://t.me/${name}?start=${code}`
    },
    fetchFile: (handle, maxBytes) =>
      fetchFile({ api, token: options.token, apiRoot }, handle, maxBytes),
    stop: async () => {
      await listening.stop()
      await sending.finish()
      await decorations.finish()
    },
  }
}
