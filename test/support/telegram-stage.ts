// A Telegram channel on the fake Bot API, and what came of it: the stage of the channel's tests.
import { setTimeout as delay } from 'node:timers/promises'
import {
  createTelegram,
  type Telegram,
  type TelegramOptions,
} from '../../src/channels/telegram/index.ts'
import type { Inbound } from '../../src/core/message.ts'
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts'

/** One stage belongs to one test. */
export interface Stage {
  fake: FakeBotApi
  /** What the program kept, and how much of it at a time. */
  kept: Inbound[]
  batches: number[]
  logged: string[]
  /** A receive that keeps everything. */
  keep(inbounds: Inbound[]): Promise<void>
  /** A channel with short waits; stopped at the end of the test. */
  telegram(options?: Partial<TelegramOptions>): Telegram
  /** Asks again every few milliseconds until it holds; throws after five seconds. */
  until(holds: () => boolean, what: string): Promise<void>
  /** Waits for the channel to say this of itself. */
  untilState(channel: Telegram, state: string): Promise<void>
  /** Called at the end, last one first. */
  atEnd(end: () => Promise<unknown>): void
  close(): Promise<void>
}

/** Builds the stage; the test closes it. */
export async function createStage(): Promise<Stage> {
  const fake = await startFakeBotApi()
  const ends: (() => Promise<unknown>)[] = [() => fake.close()]
  const kept: Inbound[] = []
  const batches: number[] = []
  const logged: string[] = []
  const note = (level: string) => (fields: object, message: string) =>
    void logged.push(`${level} ${message} ${JSON.stringify(fields)}`)
  return {
    fake,
    kept,
    batches,
    logged,
    keep: async (inbounds) => {
      kept.push(...inbounds)
      batches.push(inbounds.length)
    },
    telegram: (options) => {
      const channel = createTelegram({
        token: fake.token,
        apiRoot: fake.apiRoot,
        log: { info: note('info'), warn: note('warn'), error: note('error') },
        longPollSeconds: 2,
        backOff: { firstMs: 30, mostMs: 120 },
        ...options,
      })
      ends.push(() => channel.stop())
      return channel
    },
    until,
    untilState: (channel, state) => until(() => channel.state() === state, state),
    atEnd: (end) => void ends.push(end),
    close: async () => {
      for (const end of ends.reverse()) await end()
    },
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 6_000 && !holds(); i++) await delay(10)
  if (!holds()) throw new Error(`not within a minute: ${what}`)
}
