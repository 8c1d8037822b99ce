// Calls the bot's webhook: signed, one after another for each person, again until it was taken.
import { createHmac } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Json } from './types.ts'

/** One call of the webhook. */
export interface Delivery {
  /** HTTP status; 0 when the bot could not be reached. */
  status: number
  /** How long the answer took, in ms. */
  tookMs: number
  body: string
}

/** The platform's signature over these very bytes. */
export function sign(secret: string, body: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** What is brought to the bot. */
export class Deliveries {
  /** Every call so far. */
  readonly made: Delivery[] = []
  /** Where the bot listens; undefined while nobody does. */
  url: string | undefined
  private readonly secret: string
  private readonly retryMs: number
  private readonly queues = new Map<string, Promise<void>>()
  private readonly closing = new AbortController()

  constructor(secret: string, retryMs: number) {
    this.secret = secret
    this.retryMs = retryMs
    // Every call under way listens to it.
    setMaxListeners(0, this.closing.signal)
  }

  /** Brings a payload, after what was brought for the same queue. */
  push(queue: string, payload: Json): void {
    const before = this.queues.get(queue) ?? Promise.resolve()
    this.queues.set(
      queue,
      before.then(() => this.bring(JSON.stringify(payload))),
    )
  }

  /** Resolves when everything was taken. */
  async settled(): Promise<void> {
    await Promise.all(this.queues.values())
  }

  /** Resolves when everything of one queue was taken. */
  async taken(queue: string): Promise<void> {
    await this.queues.get(queue)
  }

  /** One call with any bytes and headers; the status. */
  async call(body: string, headers: Record<string, string>): Promise<number> {
    const startedAt = performance.now()
    const { signal } = this.closing
    const init = { method: 'POST', body, headers, signal }
    const response = await fetch(this.url ?? 'http://127.0.0.1:1', init).catch(() => undefined)
    await response?.arrayBuffer().catch(() => undefined)
    const status = response?.status ?? 0
    this.made.push({ status, tookMs: performance.now() - startedAt, body })
    return status
  }

  close(): void {
    this.closing.abort()
  }

  private async bring(body: string): Promise<void> {
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature-256': sign(this.secret, body),
    }
    while (!this.closing.signal.aborted) {
      const status = this.url === undefined ? 0 : await this.call(body, headers)
      if (status === 200) return
      await delay(this.retryMs, undefined, this.closing).catch(() => undefined)
    }
  }
}
