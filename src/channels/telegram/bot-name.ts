// The name under which people find the bot, for links.
import { Api } from 'grammy'

const timeoutSeconds = 5

/** The bot's name without `@`; nothing when Telegram does not tell it in time. */
export async function findBotName(token: string, apiRoot: string): Promise<string | undefined> {
  try {
    const me = await new Api(token, { apiRoot, timeoutSeconds }).getMe()
    return me.username
  } catch {
    return undefined
  }
}
