// Messages that arrived but could not be opened: whoever wrote one must not wait in vain.
import { type Decoded, decodeUnread } from './decode.ts'

/** The messages whose second coming is awaited. */
export interface Unread {
  /** Waits for this message, if it is one that could not be opened. */
  take(message: unknown): void
  /** It came after all. */
  cameAfterAll(id: string): void
  close(): void
}

/** The client asks the other phone again for what it could not open: so long is waited for that. */
const waitMs = 60_000

/** Makes the list; `push` is given a message of a kind that nobody can read when one never came. */
export function createUnread(push: (decoded: Decoded) => void): Unread {
  const waiting = new Map<string, NodeJS.Timeout>()
  return {
    take: (message) => {
      const stub = decodeUnread(message)
      if (!stub || waiting.has(stub.id)) return
      const { address, id } = stub
      const at = new Date().toISOString()
      const inbound = { channel: 'whatsapp', address, externalId: `unread:${id}`, words: '', at }
      const timer = setTimeout(() => {
        waiting.delete(id)
        push({ inbound: { ...inbound, kind: 'other' } })
      }, waitMs)
      waiting.set(id, timer.unref())
    },
    cameAfterAll: (id) => {
      clearTimeout(waiting.get(id))
      waiting.delete(id)
    },
    close: () => {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
    },
  }
}
