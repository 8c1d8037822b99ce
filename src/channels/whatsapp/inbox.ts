// Takes in what people said, in order, and keeps at it until it is kept: it comes only once.
import type { Inbound } from '../../core/message.ts'
import type { Receive } from '../channel.ts'
import type { Clock } from './clock.ts'
import { type Decoded, decode, decodeUnread, normaliseId } from './decode.ts'
import type { Log, WaCall } from './port.ts'

/** What the inbox asks of the registry and of the connection. */
export interface InboxOptions {
  /** The one address of a person who has two ids; merges what turns out to be one. */
  settleAddress(ids: { id: string; alsoKnownAs?: string }): Promise<string>
  /** Whether anything was ever kept for an id. */
  isKnown(id: string): Promise<boolean>
  /** The phone id that goes with an id without a number, if it is known by now. */
  findPhoneId(lid: string): Promise<string | undefined>
  clock: Clock
  log: Log
}

/** The receiving half of the channel. */
export interface Inbox {
  open(receive: Receive): void
  messages(messages: readonly unknown[]): void
  call(call: WaCall): void
  sameId(lid: string, phoneId: string): void
  /** Takes no more; resolves when all is kept, or after `withinMs`. */
  close(withinMs: number): Promise<void>
}

/** Most messages handed over at a time. */
const batchSize = 100
const firstRetryMs = 200
const mostRetryMs = 5_000
/** The client asks the phone again for what it could not open: so long is waited for that. */
const unreadMs = 60_000

/** Makes an inbox; what comes before it is opened waits in it. */
export function createInbox(options: InboxOptions): Inbox {
  const { clock, log } = options
  const waiting: (() => Promise<Inbound | undefined>)[] = []
  const unread = new Map<string, NodeJS.Timeout>()
  let receive: Receive | undefined
  let working: Promise<void> | undefined
  const closing = new AbortController()

  function push(decoded: Decoded): void {
    waiting.push(() => settle(options, decoded))
    work()
  }
  function work(): void {
    working ??= keepAll().finally(() => {
      working = undefined
    })
  }
  async function keepAll(): Promise<void> {
    while (receive && waiting.length > 0) {
      const batch = waiting.slice(0, batchSize)
      await keepBatch(batch, receive)
      if (closing.signal.aborted) return
      waiting.splice(0, batch.length)
    }
  }
  /** WhatsApp was told already that they arrived: there is nobody who would send them again. */
  async function keepBatch(batch: typeof waiting, hand: Receive): Promise<void> {
    for (let retryMs = firstRetryMs; !closing.signal.aborted; retryMs *= 2) {
      try {
        await hand(await openBatch(batch))
        return
      } catch {
        log.error({ channel: 'whatsapp', count: waiting.length }, 'messages could not be kept yet')
        await clock.wait(Math.min(retryMs, mostRetryMs), closing.signal)
      }
    }
  }
  function waitForUnread(message: unknown): void {
    const stub = decodeUnread(message)
    if (!stub || unread.has(stub.id)) return
    const { address, id } = stub
    const at = new Date().toISOString()
    const timer = setTimeout(() => {
      unread.delete(id)
      log.warn({ channel: 'whatsapp' }, 'a message could not be opened')
      const inbound = { address, externalId: `unread:${id}`, kind: 'other', words: '', at } as const
      push({ inbound: { channel: 'whatsapp', ...inbound } })
    }, unreadMs)
    unread.set(id, timer.unref())
  }
  return {
    open: (given) => {
      receive = given
      work()
    },
    messages: (messages) => {
      const receivedAt = new Date()
      for (const message of messages) {
        const decoded = decode(message, receivedAt)
        if (!decoded) {
          waitForUnread(message)
          continue
        }
        clearTimeout(unread.get(decoded.inbound.externalId))
        unread.delete(decoded.inbound.externalId)
        push(decoded)
      }
    },
    call: ({ id, from, fromAlt, at }) => {
      const address = normaliseId(from)
      if (address === undefined) return
      const inbound = { channel: 'whatsapp', address, externalId: `call:${id}`, words: '' }
      const decoded: Decoded = { inbound: { ...inbound, kind: 'call', at: at.toISOString() } }
      push(fromAlt === undefined ? decoded : { ...decoded, alsoKnownAs: fromAlt })
    },
    sameId: (lid, phoneId) => {
      waiting.push(() => merge(options, lid, phoneId))
      work()
    },
    close: async (withinMs) => {
      for (const timer of unread.values()) clearTimeout(timer)
      await Promise.race([working, clock.wait(withinMs)])
      closing.abort()
      await working
      receive = undefined
    },
  }
}

/** Each thing once: a message may come twice in one batch. */
async function openBatch(batch: (() => Promise<Inbound | undefined>)[]): Promise<Inbound[]> {
  const inbounds = new Map<string, Inbound>()
  for (const open of batch) {
    const inbound = await open()
    if (inbound) inbounds.set(`${inbound.address} ${inbound.externalId}`, inbound)
  }
  return [...inbounds.values()]
}

async function settle(options: InboxOptions, { inbound, alsoKnownAs }: Decoded): Promise<Inbound> {
  const id = inbound.address
  const other = alsoKnownAs ?? (id.endsWith('@lid') ? await options.findPhoneId(id) : undefined)
  const ids = other === undefined ? { id } : { id, alsoKnownAs: other }
  return { ...inbound, address: await options.settleAddress(ids) }
}

/** Of strangers nothing is kept: the client learns of many whom nobody here ever met. */
async function merge(options: InboxOptions, lid: string, phoneId: string): Promise<undefined> {
  const ids = [normaliseId(lid), normaliseId(phoneId)]
  const [one, other] = ids
  if (one === undefined || other === undefined) return
  if (await options.isKnown(one)) await options.settleAddress({ id: one, alsoKnownAs: other })
  else if (await options.isKnown(other)) {
    await options.settleAddress({ id: other, alsoKnownAs: one })
  }
}
