// What campaigns are judged by: words and figures, and the channels that the settings name.
import type { Config } from '../config.ts'
import type { Book } from '../core/book.ts'

/** What campaigns are judged by: the words and figures, and what the bot is connected to. */
export interface CampaignGround {
  book: Book
  /** Names of the channels that the bot has. */
  channels: ReadonlySet<string>
  /** Messages a day that the linked WhatsApp begins. */
  whatsappDailyCap: number
}

const channelOfWay: Record<string, string> = { baileys: 'whatsapp', cloud: 'whatsapp-cloud' }

/** The ground as the settings have it: also where the channels run in another process. */
export function campaignGround(config: Config, book: Book): CampaignGround {
  const channels = new Set(['console', ...config.WHATSAPP.map((way) => channelOfWay[way] ?? way)])
  if (config.TELEGRAM_BOT_TOKEN) channels.add('telegram')
  if (config.WEB_CHAT ?? !config.DATABASE_URL) channels.add('web')
  return { book, channels, whatsappDailyCap: config.WHATSAPP_DAILY_CAP }
}
