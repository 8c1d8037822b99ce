// Waits for the server's word on each message: a send without it is no send.
import { SendError } from '../channel.ts'
import type { WaAck } from './port.ts'

/** The messages whose acknowledgement is awaited. */
export interface Acks {
  /** Resolves with the ack; throws SendError when none came in time or the connection ended. */
  expect(messageId: string, withinMs: number): Promise<WaAck>
  /** Hands over an ack; false when nobody waits for it. */
  settle(ack: WaAck): boolean
  /** The connection ended: nothing more will be told. */
  abandon(): void
}

const retryMs = 5_000

/** The message may have arrived: it is sent again under the same id, which shows it once. */
export function notKnown(): SendError {
  return new SendError('unreachable', { retryMs, maybeSent: true })
}

/** Makes the list; it is empty. */
export function createAcks(): Acks {
  const waiting = new Map<string, { take(ack: WaAck): void; fail(): void }>()
  return {
    expect: (messageId, withinMs) =>
      new Promise((resolve, reject) => {
        const end = () => {
          clearTimeout(timer)
          waiting.delete(messageId)
        }
        const fail = () => {
          end()
          reject(notKnown())
        }
        const timer = setTimeout(fail, withinMs)
        waiting.set(messageId, {
          fail,
          take: (ack) => {
            end()
            resolve(ack)
          },
        })
      }),
    settle: (ack) => {
      const found = waiting.get(ack.messageId)
      found?.take(ack)
      return found !== undefined
    },
    abandon: () => {
      for (const { fail } of waiting.values()) fail()
    },
  }
}
