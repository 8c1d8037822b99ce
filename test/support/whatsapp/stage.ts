// A WhatsApp channel over the double, with a registry in memory: the stage of the channel's tests.
import { setTimeout as delay } from 'node:timers/promises'
import type { SendError } from '../../../src/channels/channel.ts'
import { realClock } from '../../../src/channels/whatsapp/clock.ts'
import {
  createWhatsApp,
  type WhatsApp,
  type WhatsAppOptions,
} from '../../../src/channels/whatsapp/index.ts'
import type { Log } from '../../../src/channels/whatsapp/port.ts'
import type { Inbound, Outbound, Sending } from '../../../src/core/message.ts'
import { createFakeWhatsApp, type FakeWhatsApp } from '../fake-whatsapp/server.ts'
import { emptyMemory, type Memory, memoryStore } from './memory-store.ts'
import { noPace } from './no-pace.ts'

/** Keys as the double has them after a phone was linked. */
export const linked = { identity: 'one', me: { id: 'bot' }, account: { details: 'x' } }

/** One stage belongs to one test. */
export interface Stage {
  fake: FakeWhatsApp
  memory: Memory
  kept: Inbound[]
  told: string[]
  logged: string[]
  /** So many of the next batches cannot be kept. */
  failNext(count: number): void
  /** Moves the clock of this process, and only of it, as when it was frozen. */
  freeze(ms: number): void
  channel(options?: Partial<WhatsAppOptions>): WhatsApp
  /** A channel that is started and connected. */
  connected(options?: Partial<WhatsAppOptions>): Promise<WhatsApp>
  close(): Promise<void>
}

/** Builds the stage over keys as they are kept; none is a number that was never linked. */
export function createStage(creds?: unknown): Stage {
  const fake = createFakeWhatsApp()
  const memory = emptyMemory(creds)
  const channels: WhatsApp[] = []
  const [kept, told, logged]: [Inbound[], string[], string[]] = [[], [], []]
  let failures = 0
  let frozenMs = 0
  const note = (fields: object, message: string) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`)
  const log = { info: note, warn: note, error: note } as unknown as Log
  const clock = {
    ...realClock,
    now: () => performance.now() + frozenMs,
    // Short waits are shorter; the long ones are longer than any test.
    wait: (ms: number, signal?: AbortSignal) => realClock.wait(ms < 10_000 ? ms / 50 : ms, signal),
  }
  const receive = async (inbounds: Inbound[]) => {
    failures -= 1
    if (failures >= 0) throw new Error('no database')
    kept.push(...inbounds)
  }
  const stage: Stage = {
    fake,
    memory,
    kept,
    told,
    logged,
    failNext: (count) => {
      failures = count
    },
    freeze: (ms) => {
      frozenMs += ms
    },
    channel: (options) => {
      const channel = createWhatsApp({
        store: memoryStore(memory, () => performance.now()),
        log,
        link: { tell: (lines) => void told.push(lines), words: (id) => id, pageOf: (one) => one },
        filesDir: 'test/support/whatsapp',
        dailyCap: 20,
        open: fake.open,
        pace: noPace,
        clock,
        leaseSeconds: 5,
        standbyMs: 50,
        ...options,
      })
      channels.push(channel)
      void channel.start(receive)
      return channel
    },
    connected: async (options) => {
      const channel = stage.channel(options)
      await until(() => channel.state() === 'connected', 'connected')
      return channel
    },
    close: async () => {
      await Promise.all(channels.map((channel) => channel.stop()))
    },
  }
  return stage
}

/** Asks again every few milliseconds until it holds; throws after so many seconds. */
export async function until(holds: () => boolean, what: string, seconds = 60): Promise<void> {
  for (let i = 0; i < seconds * 100 && !holds(); i++) await delay(10)
  if (!holds()) throw new Error(`not within ${seconds} seconds: ${what}`)
}

/** What became of a send: the id, or the error's reason and what to do. */
export async function outcomeOf(sending: Promise<string>) {
  return sending.then(
    (id) => id,
    ({ reason, retryMs, maybeSent, wholeChannel, initiatedOnly }: SendError) => ({
      reason,
      isFinal: retryMs === undefined,
      maybeSent,
      wholeChannel,
      initiatedOnly,
    }),
  )
}

/** A message and how it is sent. */
export function outbound(
  key: string,
  kind: Sending['class'] = 'reply',
  text = 'Halo',
): [Outbound, Sending] {
  return [{ text }, { key, class: kind }]
}
