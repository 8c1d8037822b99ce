// Keeps what came in, in order, again and again until it worked: WhatsApp brings it only once.
import type { Inbound } from '../../core/message.ts'
import type { Receive } from '../channel.ts'
import type { Clock } from './clock.ts'
import type { Log } from './port.ts'

/** Something that came in; gives the message to be kept, or nothing when there is none to keep. */
export type Arrival = () => Promise<Inbound | undefined>

/** A queue of arrivals. */
export interface Keeping {
  /** From now on arrivals are handed over. */
  open(receive: Receive): void
  push(arrival: Arrival): void
  /** Resolves when all is kept, or after `withinMs`; nothing is handed over any more. */
  close(withinMs: number): Promise<void>
}

/** Most messages handed over at a time. */
const batchSize = 100
const firstRetryMs = 200
const mostRetryMs = 5_000

/** Makes a queue; what comes before it is opened waits in it. */
export function createKeeping(clock: Clock, log: Log): Keeping {
  const waiting: Arrival[] = []
  const closing = new AbortController()
  let receive: Receive | undefined
  let working: Promise<void> | undefined

  function work(): void {
    working ??= keepAll().finally(() => {
      working = undefined
    })
  }
  async function keepAll(): Promise<void> {
    while (receive && waiting.length > 0 && !closing.signal.aborted) {
      const batch = waiting.slice(0, batchSize)
      if (await keepBatch(batch, receive, clock, log, closing.signal))
        waiting.splice(0, batch.length)
    }
  }
  return {
    open: (given) => {
      receive = given
      work()
    },
    push: (arrival) => {
      waiting.push(arrival)
      work()
    },
    close: async (withinMs) => {
      await Promise.race([working, clock.wait(withinMs)])
      closing.abort()
      await working
    },
  }
}

/** Whether the batch was kept before the signal came. */
async function keepBatch(
  batch: Arrival[],
  hand: Receive,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<boolean> {
  for (let retryMs = firstRetryMs; !signal.aborted; retryMs *= 2) {
    try {
      await hand(await openBatch(batch))
      return true
    } catch {
      log.error({ channel: 'whatsapp', count: batch.length }, 'messages could not be kept yet')
      await clock.wait(Math.min(retryMs, mostRetryMs), signal)
    }
  }
  return false
}

/** Each thing once: a message may come twice in one batch. */
async function openBatch(batch: Arrival[]): Promise<Inbound[]> {
  const inbounds = new Map<string, Inbound>()
  for (const open of batch) {
    const inbound = await open()
    if (inbound) inbounds.set(`${inbound.address} ${inbound.externalId}`, inbound)
  }
  return [...inbounds.values()]
}
