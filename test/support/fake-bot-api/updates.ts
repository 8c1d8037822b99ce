// The queue of updates: confirmed by offset when polled, by a 2xx answer when delivered to a webhook.
import { ApiError, badRequest, type Delivery, type Update } from './types.ts'

/** Where updates are delivered. */
export interface Webhook {
  url: string
  secret: string | undefined
  maxConnections: number
  lastError?: { at: number; message: string }
}

interface Waiting {
  update: Update
  /** Served once more although it was confirmed: Telegram does that after its own restarts. */
  isRepeat: boolean
}

interface Poll {
  wake: () => void
  conflict: () => void
}

/** A poll's question. */
export interface Asked {
  offset: number
  limit: number
  timeoutMs: number
  /** Settles when the asking connection is gone. */
  gone: AbortSignal
}

const allTypes = 'everything but what must be asked for'

/** Holds what people did until the bot confirmed it. */
export class Updates {
  /** Ids that the bot confirmed, in the order it did. */
  readonly acked: number[] = []
  readonly deliveries: Delivery[] = []
  webhook: Webhook | undefined
  /** How often each delivery is made at once, to try duplicates. */
  copies = 1
  retryDelayMs = 50
  private queue: Waiting[] = []
  private poll: Poll | undefined
  private allowed: string[] | typeof allTypes = allTypes
  private busyChats = new Set<number>()
  private nextId: number
  private isClosed = false
  private readonly onChange: () => void

  constructor(firstId: number, onChange: () => void) {
    this.nextId = firstId
    this.onChange = onChange
  }

  /** Queues what a person did; Telegram gives it the next id. Returns the whole update. */
  push(content: Omit<Update, 'update_id'>): Update {
    const update: Update = { update_id: this.nextId, ...content }
    this.nextId += 1
    const type = Object.keys(content)[0] ?? ''
    if (this.allowed === allTypes || this.allowed.includes(type)) {
      this.queue.push({ update, isRepeat: false })
      this.arrived()
    }
    return update
  }

  /** Serves an update again, confirmed or not. */
  redeliver(update: Update, times = 1): void {
    for (let i = 0; i < times; i++) this.queue.push({ update, isRepeat: true })
    this.arrived()
  }

  /** Lets the next id be any number, as after a quiet week. */
  jumpTo(nextId: number): void {
    this.nextId = nextId
  }

  /** Puts the waiting updates into another order. */
  reorder(order: (updates: Update[]) => Update[]): void {
    // One that waits and comes again as well stands here twice, and neither may be lost.
    const updates = new Set(this.queue.map(({ update }) => update))
    this.queue = order([...updates]).flatMap((wanted) =>
      this.queue.filter(({ update }) => update === wanted),
    )
  }

  pending(): number {
    return this.queue.length
  }

  /** Only these kinds of updates are queued from now on; an empty list is the default. */
  allow(types: string[] | undefined): void {
    if (types) this.allowed = types.length === 0 ? allTypes : types
  }

  /** Answers getUpdates. */
  async take(asked: Asked): Promise<Update[]> {
    if (this.webhook) {
      const hint = 'use deleteWebhook to delete the webhook first'
      const conflict = `can't use getUpdates method while webhook is active; ${hint}`
      throw new ApiError(409, `Conflict: ${conflict}`)
    }
    this.poll?.conflict()
    this.confirm(asked.offset)
    if (this.queue.length === 0 && asked.timeoutMs > 0) await this.waitForOne(asked)
    if (asked.gone.aborted) return []
    const batch = this.queue.slice(0, asked.limit)
    this.queue = this.queue.filter((waiting) => !waiting.isRepeat || !batch.includes(waiting))
    return batch.map(({ update }) => update)
  }

  private confirm(offset: number): void {
    if (offset < 0) {
      this.forget(this.queue.slice(0, Math.max(0, this.queue.length + offset)))
    } else {
      const older = ({ update, isRepeat }: Waiting) => !isRepeat && update.update_id < offset
      this.forget(this.queue.filter(older))
    }
  }

  private forget(confirmed: Waiting[]): void {
    this.acked.push(...confirmed.map(({ update }) => update.update_id))
    this.queue = this.queue.filter((waiting) => !confirmed.includes(waiting))
    this.onChange()
  }

  private waitForOne({ timeoutMs, gone }: Asked): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => () => {
        clearTimeout(timer)
        if (this.poll === poll) this.poll = undefined
        settle()
      }
      const text = 'terminated by other getUpdates request'
      const conflict = new ApiError(
        409,
        `Conflict: ${text}; make sure that only one bot instance is running`,
      )
      const poll: Poll = { wake: end(resolve), conflict: end(() => reject(conflict)) }
      const timer = setTimeout(poll.wake, timeoutMs)
      gone.addEventListener('abort', poll.wake)
      this.poll = poll
    })
  }

  private arrived(): void {
    this.poll?.wake()
    this.deliver()
  }

  /** Sets or deletes the webhook. */
  setWebhook(webhook: Webhook | undefined, shouldDrop: boolean): void {
    if (webhook && !/^https?:\/\/\S+$/.test(webhook.url)) throw badRequest('invalid webhook URL')
    if (webhook?.secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(webhook.secret)) {
      throw badRequest('secret token contains unallowed characters')
    }
    if (shouldDrop) this.queue = []
    this.webhook = webhook
    this.poll?.conflict()
    this.deliver()
  }

  /** One chat hears its updates one after another, several chats at once. */
  private deliver(): void {
    const { webhook } = this
    if (!webhook || this.isClosed) return
    for (const waiting of [...this.queue]) {
      if (this.busyChats.size >= webhook.maxConnections) return
      const chatId = chatOf(waiting.update)
      if (this.busyChats.has(chatId)) continue
      this.busyChats.add(chatId)
      void this.deliverOne(webhook, waiting).finally(() => {
        this.busyChats.delete(chatId)
        this.deliver()
      })
    }
  }

  private async deliverOne(webhook: Webhook, waiting: Waiting): Promise<void> {
    const copies = Array.from({ length: this.copies }, () => this.call(webhook, waiting.update))
    const statuses = await Promise.all(copies)
    if (statuses.some((status) => status >= 200 && status < 300)) {
      this.forget([waiting])
      return
    }
    const message = `Wrong response from the webhook: ${statuses[0]}`
    webhook.lastError = { at: Date.now(), message }
    await new Promise((resolve) => setTimeout(resolve, this.retryDelayMs))
  }

  private async call(webhook: Webhook, update: Update): Promise<number> {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (webhook.secret) headers['x-telegram-bot-api-secret-token'] = webhook.secret
    const request = { method: 'POST', headers, body: JSON.stringify(update) }
    const status = await fetch(webhook.url, request)
      .then(async (response) => {
        await response.arrayBuffer()
        return response.status
      })
      .catch(() => 0)
    this.deliveries.push({ at: Date.now(), updateId: update.update_id, status })
    this.onChange()
    return status
  }

  /** Ends every wait. */
  close(): void {
    this.isClosed = true
    this.poll?.wake()
  }
}

function chatOf({ message, edited_message, callback_query }: Update): number {
  return (message ?? edited_message ?? callback_query?.message)?.chat.id ?? 0
}
