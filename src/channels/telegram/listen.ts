// Listens by polling or webhook, and hands what people said over to the program.
import type { Api } from 'grammy'
import type { BotCommand, Update } from 'grammy/types'
import type { Inbound } from '../../core/message.ts'
import type { LeaseHolder } from '../../registry/lease-holder.ts'
import type { Receive } from '../channel.ts'
import { type BackOffSettings, NotKept, type State } from './back-off.ts'
import { decode } from './decode.ts'
import type { Decorations } from './decorate.ts'
import { retryAfterMs } from './errors.ts'
import type { Limiter } from './limiter.ts'
import { startPolling } from './poll.ts'
import { startStandby } from './standby.ts'
import { answerWebhook, setWebhook, type Webhook } from './webhook.ts'

/** Where a channel writes what happened: ids and names, never words or people. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What listening needs. */
export interface ListenOptions {
  api: Api
  limiter: Limiter
  decorations: Decorations
  log: Log
  longPollSeconds: number
  webhook?: Webhook | undefined
  /** Of all processes with this token, only the one that has it polls. */
  lease?: LeaseHolder | undefined
  commands?: readonly BotCommand[]
  backOff?: BackOffSettings
}

const usualBackOff: BackOffSettings = { firstMs: 5_000, mostMs: 60_000 }
/** More people than this at once, and they are busy times: no "typing …". */
const calmBatch = 10

/** The listening half of the channel. */
export function createListening(options: ListenOptions) {
  let receive: Receive | undefined
  let state: State = 'stopped'
  let stopListening: () => Promise<void> = async () => undefined

  function tell(next: State, error?: unknown): void {
    options.limiter.pause(retryAfterMs(error) ?? 0)
    if (next === state) return
    state = next
    if (next === 'ready') {
      options.decorations.offerCommands(options.commands ?? [])
      options.decorations.learnName()
    }
    report(options.log, next)
  }
  async function take(updates: Update[]): Promise<void> {
    if (!receive) throw new NotKept()
    const inbounds = decodeAll(updates, options.log)
    if (inbounds.length <= calmBatch) {
      for (const { address } of inbounds) options.decorations.typingSoon(address)
    }
    // Why it could not be kept is said where it happened; here only whether to acknowledge.
    if (inbounds.length > 0) await receive(inbounds).catch(() => Promise.reject(new NotKept()))
    options.decorations.afterKept(updates)
  }
  return {
    state: (): string => state,
    start: async (receiver: Receive): Promise<void> => {
      receive = receiver
      tell('starting')
      const listener = options.webhook
        ? listenByWebhook(options, options.webhook, tell)
        : listenByPolling(options, take, tell)
      stopListening = listener.stop
      await listener.tried
    },
    stop: async (): Promise<void> => {
      await stopListening()
      receive = undefined
      tell('stopped')
    },
    handle: async (headers: Headers, body: Uint8Array): Promise<number> => {
      if (!options.webhook) return 404
      return answerWebhook({ headers, body }, options.webhook.secret, take)
    },
  }
}

type Tell = (state: State, error?: unknown) => void

function listenByPolling(
  options: ListenOptions,
  take: (updates: Update[]) => Promise<void>,
  tell: Tell,
) {
  const { api, lease, longPollSeconds, backOff = usualBackOff } = options
  const start = () => startPolling({ api, longPollSeconds, backOff, take, tell })
  return lease ? startStandby({ lease, start, tell }) : start()
}

function listenByWebhook(options: ListenOptions, webhook: Webhook, tell: Tell) {
  const { api, backOff = usualBackOff } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let hasFailed = (): void => undefined
  const firstFailure = new Promise<void>((resolve) => {
    hasFailed = resolve
  })
  const done = setWebhook({ api, webhook, backOff, tell, signal, onTry: () => hasFailed() })
  return {
    tried: Promise.race([done, firstFailure]),
    // The webhook stays set: Telegram keeps what arrives meanwhile and calls again.
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

/** What people said, each thing once: an album and a repeat share their id. */
function decodeAll(updates: Update[], log: Log): Inbound[] {
  const receivedAt = new Date()
  const inbounds = new Map<string, Inbound>()
  for (const update of updates) {
    const inbound = decode(update, receivedAt)
    if (inbound) inbounds.set(`${inbound.address} ${inbound.externalId}`, inbound)
    else log.info({ channel: 'telegram', update: update.update_id }, 'nothing to answer')
  }
  return [...inbounds.values()]
}

function report(log: Log, state: State): void {
  const fields = { channel: 'telegram', state }
  if (state === 'unauthorised') log.error(fields, 'Telegram refuses the token')
  else if (state === 'taken') log.error(fields, 'another process uses the same Telegram token')
  else if (['starting', 'ready', 'standby', 'stopped'].includes(state)) log.info(fields, 'telegram')
  else log.warn(fields, 'telegram does not work now')
}
