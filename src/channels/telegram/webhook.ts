// Webhook mode: Telegram calls us; it hears "received" only after the message was kept.
import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { z } from 'zod'
import { isSame, parseJson } from '../calls.ts'
import { type BackOffSettings, createBackOff, rest, type State, stateAfter } from './back-off.ts'
import { wantedUpdates } from './decode.ts'
import { forApi } from './poll.ts'

/** Where Telegram shall call, and the word by which it is known there. */
export interface Webhook {
  /** HTTPS, on port 443, 80, 88 or 8443 unless the Bot API server is one's own. */
  url: string
  /** 1–256 of A–Z, a–z, 0–9, `_` and `-`. */
  secret: string
}

const maxBytes = 1_048_576
const secretHeader = 'x-telegram-bot-api-secret-token'
const update = z.looseObject({ update_id: z.int() })

/** Throws when anybody could call in place of Telegram, or Telegram would refuse the secret. */
export function mustBeSecret({ secret }: Webhook): void {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    throw new Error('a Telegram webhook needs a secret of 1 to 256 characters A-Z a-z 0-9 _ -')
  }
}

/**
 * Answers one call of the webhook with an HTTP status: 200 after `take` resolved; 413 above 1 MB,
 * 401 without the secret, 400 when it is no update, 503 when it could not be kept.
 */
export async function answerWebhook(
  call: { headers: Headers; body: Uint8Array },
  secret: string,
  take: (updates: Update[]) => Promise<void>,
): Promise<number> {
  if (!isSame(call.headers.get(secretHeader) ?? '', secret)) return 401
  if (call.body.byteLength > maxBytes) return 413
  const parsed = update.safeParse(parseJson(call.body))
  if (!parsed.success) return 400
  try {
    await take([parsed.data])
    return 200
  } catch {
    return 503
  }
}

/** Tells Telegram where to call, again and again until it took it or the signal came. */
export async function setWebhook(options: {
  api: Api
  webhook: Webhook
  backOff: BackOffSettings
  tell(state: State, error?: unknown): void
  signal: AbortSignal
  onTry(): void
}): Promise<void> {
  const { api, webhook, tell, signal } = options
  const backOff = createBackOff(options.backOff)
  while (!signal.aborted) {
    try {
      const wanted = { secret_token: webhook.secret, allowed_updates: wantedUpdates }
      await api.setWebhook(webhook.url, wanted, forApi(signal))
      tell('ready')
      return
    } catch (error) {
      if (signal.aborted) return
      tell(stateAfter(error), error)
      options.onTry()
      await rest(backOff.delayMs(error, Date.now()), signal)
    }
  }
}
