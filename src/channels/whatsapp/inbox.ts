// Takes in what people said and who rang, whoever of a person's two ids it came from.
import type { Inbound } from '../../core/message.ts'
import type { Receive } from '../channel.ts'
import type { Clock } from './clock.ts'
import { type Decoded, decode, normaliseId } from './decode.ts'
import { createKeeping } from './keep.ts'
import type { Log, WaCall } from './port.ts'
import { createUnread } from './unread.ts'

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

/** Makes an inbox; what comes before it is opened waits in it. */
export function createInbox(options: InboxOptions): Inbox {
  const keeping = createKeeping(options.clock, options.log)
  const push = (decoded: Decoded) => keeping.push(() => settle(options, decoded))
  const unread = createUnread(push)
  return {
    open: keeping.open,
    messages: (messages) => {
      const receivedAt = new Date()
      for (const message of messages) {
        const decoded = decode(message, receivedAt)
        if (decoded) {
          unread.cameAfterAll(decoded.inbound.externalId)
          push(decoded)
        } else unread.take(message)
      }
    },
    call: ({ id, from, fromAlt, at }) => {
      const address = normaliseId(from)
      if (address === undefined) return
      const inbound = { channel: 'whatsapp', address, externalId: `call:${id}`, words: '' }
      const decoded: Decoded = { inbound: { ...inbound, kind: 'call', at: at.toISOString() } }
      push(fromAlt === undefined ? decoded : { ...decoded, alsoKnownAs: fromAlt })
    },
    sameId: (lid, phoneId) => keeping.push(() => merge(options, lid, phoneId)),
    close: async (withinMs) => {
      unread.close()
      await keeping.close(withinMs)
    },
  }
}

async function settle(options: InboxOptions, { inbound, alsoKnownAs }: Decoded): Promise<Inbound> {
  const id = inbound.address
  const other = alsoKnownAs ?? (id.endsWith('@lid') ? await options.findPhoneId(id) : undefined)
  const ids = other === undefined ? { id } : { id, alsoKnownAs: other }
  return { ...inbound, address: await options.settleAddress(ids) }
}

/** Of strangers nothing is kept: the client learns of many whom nobody here ever met. */
async function merge(options: InboxOptions, lid: string, phoneId: string): Promise<undefined> {
  const [one, other] = [normaliseId(lid), normaliseId(phoneId)]
  if (one === undefined || other === undefined) return
  if (await options.isKnown(one)) await options.settleAddress({ id: one, alsoKnownAs: other })
  else if (await options.isKnown(other)) {
    await options.settleAddress({ id: other, alsoKnownAs: one })
  }
}
