// Long polling: an update is confirmed only by asking for the ones behind it, after it was kept.
import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { type BackOffSettings, createBackOff, rest, type State, stateAfter } from './back-off.ts'
import { wantedUpdates } from './decode.ts'

/** What the loop needs. */
export interface PollOptions {
  api: Api
  /** Resolves once the updates are kept; a rejection leaves them with Telegram. */
  take(updates: Update[]): Promise<void>
  longPollSeconds: number
  backOff: BackOffSettings
  /** Told of every change; `error` when it is for the worse. */
  tell(state: State, error?: unknown): void
}

/** A loop that runs. */
export interface Polling {
  /** Resolves after the first try to reach Telegram, whatever came of it. */
  tried: Promise<void>
  /** Ends the loop; resolves when the batch under way is kept and confirmed. */
  stop(): Promise<void>
}

/** How long a stop waits for Telegram to take the last confirmation; it is only a courtesy. */
const confirmMs = 3_000

/** Begins to ask Telegram for updates, again and again until stopped; survives every failure. */
export function startPolling(options: PollOptions): Polling {
  const stopping = new AbortController()
  const { promise: tried, resolve: hasTried } = withResolvers()
  const done = run(options, stopping.signal, hasTried)
  return {
    tried,
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

async function run(options: PollOptions, signal: AbortSignal, hasTried: () => void) {
  const backOff = createBackOff(options.backOff)
  let offset = 0
  let isConnected = false
  while (!signal.aborted) {
    try {
      if (!isConnected) await connect(options.api)
      // The first answer after trouble is asked for at once: it tells whether all is well.
      const updates = await ask(options, offset, isConnected, signal)
      isConnected = true
      hasTried()
      if (updates.length > 0) await options.take(updates)
      offset = nextOffset(updates, offset)
      options.tell('ready')
    } catch (error) {
      if (signal.aborted) break
      isConnected = false
      options.tell(stateAfter(error), error)
      hasTried()
      await rest(backOff.delayMs(error, Date.now()), signal)
    }
  }
  hasTried()
  if (offset > 0) await confirm(options.api, offset)
}

/** Telegram refuses to be polled while it still has a webhook. */
async function connect(api: Api): Promise<void> {
  await api.deleteWebhook({ drop_pending_updates: false })
}

function ask(options: PollOptions, offset: number, isConnected: boolean, signal: AbortSignal) {
  const timeout = isConnected ? options.longPollSeconds : 0
  const wanted = { offset, limit: 100, timeout, allowed_updates: wantedUpdates }
  return options.api.getUpdates(wanted, forApi(signal))
}

/**
 * Behind the highest of this batch, not of all times: after a quiet week Telegram goes on with a
 * random id, which may be lower.
 */
function nextOffset(updates: Update[], before: number): number {
  if (updates.length === 0) return before
  return Math.max(...updates.map(({ update_id }) => update_id)) + 1
}

async function confirm(api: Api, offset: number): Promise<void> {
  const last = { offset, limit: 1, timeout: 0, allowed_updates: wantedUpdates }
  // What is not confirmed comes again after the next start and changes nothing.
  await api.getUpdates(last, forApi(AbortSignal.timeout(confirmMs))).catch(() => undefined)
}

/** grammY names an older package's type; only addEventListener is used of either. */
export function forApi(signal: AbortSignal): NonNullable<Parameters<Api['getUpdates']>[1]> {
  return signal as unknown as NonNullable<Parameters<Api['getUpdates']>[1]>
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
