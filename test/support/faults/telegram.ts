// Villagers on Telegram: the fake Bot API as a platform.
import type { FakeBotApi } from '../fake-bot-api.ts'
import { startFakeBotApi } from '../fake-bot-api.ts'
import type { Platform } from './platform.ts'

/** The platform, and what only Telegram can do. */
export interface TelegramPlatform extends Platform {
  fake: FakeBotApi
}

/** Starts a Telegram of its own. */
export async function startTelegram(): Promise<TelegramPlatform> {
  const fake = await startFakeBotApi()
  const sent = () =>
    fake.calls.filter(({ method, hadEffect }) => method === 'sendMessage' && hadEffect)
  return {
    fake,
    settings: { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot },
    address: (number) => String(chatOf(number)),
    say: (number, words) => {
      const update = fake.chat(chatOf(number)).say(words)
      return (times) => fake.updates.redeliver(update, times)
    },
    told: (number) =>
      sent()
        .filter(({ params }) => Number(params.chat_id) === chatOf(number))
        .map(({ params, at }) => ({ text: String(params.text), at })),
    toldAt: () => sent().map(({ at }) => at),
    show: ({ text }) => text,
    acked: () => [...new Set(fake.updates.acked)].map((id) => `u${id}`),
    // Behind the dot stands the number of the message.
    idOf: (externalId) => externalId.split('.')[0] ?? '',
    reorder: (chance) => fake.updates.reorder((updates) => updates.sort(() => chance() - 0.5)),
    close: () => fake.close(),
  }
}

/** The chat of a villager. */
export function chatOf(number: number): number {
  return 7_000 + number
}
