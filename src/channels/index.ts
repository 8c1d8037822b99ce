// The list of channels: which of them this process has, from its settings.
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { hideLongNumbers } from '../core/hide.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import { makeDocument } from '../documents.ts'
import { findAddressId, type HistoryLine, readHistory } from '../registry/history.ts'
import { createLeaseHolder } from '../registry/lease-holder.ts'
import { forgetMessages } from '../registry/rights.ts'
import type { Runtime } from '../runtime.ts'
import { linkPath } from '../web/link-page.ts'
import type { Attachments } from './attached.ts'
import type { Channel } from './channel.ts'
import { createConsole } from './console/index.ts'
import { talkSocketPath } from './console/socket-path.ts'
import { createTelegram, type Telegram } from './telegram/index.ts'
import type { ChatLine } from './web/encode.ts'
import { createWeb, type Web } from './web/index.ts'
import { createWhatsApp, type WhatsApp, type WhatsAppOptions } from './whatsapp/index.ts'
import { openWhatsAppStore } from './whatsapp/store.ts'
import { createWhatsAppCloud, type WhatsAppCloud } from './whatsapp-cloud/index.ts'
import { openCloudStore } from './whatsapp-cloud/store.ts'

/** The channels of one process; those that the web server mounts are there by name too. */
export interface Channels {
  all: Channel[]
  web?: Web
  telegram?: Telegram
  whatsapp?: WhatsApp
  whatsappCloud?: WhatsAppCloud
}

/** What channels need besides the runtime. */
export interface ChannelGround {
  runtime: Omit<Runtime, 'channels' | 'ring'>
  /** Secret that the cookies of the web chat are signed with. */
  cookieKey: Buffer
  offersWebChat: boolean
  /** Shows lines to whoever started the program. */
  tell(lines: string): void
  /** What stands in for WhatsApp itself, and for its pace, in tests. */
  whatsapp?:
    | Pick<WhatsAppOptions, 'open' | 'pace' | 'leaseSeconds' | 'standbyMs' | 'keepAliveMs'>
    | undefined
}

/** Folder of the pictures and files that messages name. */
const filesDir = join(import.meta.dirname, '../../flows/files')

/** Where what goes with a message comes from, the same for every channel. */
function attachments(runtime: ChannelGround['runtime']): Required<Attachments> {
  return { filesDir, makeDocument: (document) => makeDocument(runtime, document) }
}

/** Makes the channels that the settings switch on; none listens yet. */
export function createChannels(ground: ChannelGround): Channels {
  const { config } = ground.runtime
  const web = ground.offersWebChat ? makeWeb(ground) : undefined
  const telegram = config.TELEGRAM_BOT_TOKEN ? makeTelegram(ground.runtime) : undefined
  const { WHATSAPP: ways } = config
  const whatsapp = ways.includes('baileys') ? makeWhatsApp(ground) : undefined
  const whatsappCloud = ways.includes('cloud') ? makeWhatsAppCloud(ground.runtime) : undefined
  const terminal = createConsole({
    socketPath: talkSocketPath(config.DATA_DIR),
    inboxDir: join(config.DATA_DIR, 'talk-files'),
    ...attachments(ground.runtime),
  })
  const all = [terminal, web, telegram, whatsapp, whatsappCloud]
  return {
    all: all.filter((one) => one !== undefined),
    ...(web && { web }),
    ...(telegram && { telegram }),
    ...(whatsapp && { whatsapp }),
    ...(whatsappCloud && { whatsappCloud }),
  }
}

function makeWhatsApp({ runtime, tell, whatsapp }: ChannelGround): WhatsApp {
  const { config, db, seal, book, log } = runtime
  const site = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
  return createWhatsApp({
    store: openWhatsAppStore(db, seal),
    log,
    link: {
      tell,
      words: (id) => sayPhrase(book, 'id', id),
      pageOf: (token) => new URL(linkPath(token), site).href,
    },
    ...attachments(runtime),
    dailyCap: config.WHATSAPP_DAILY_CAP,
    phone: config.WHATSAPP_PHONE,
    url: config.WHATSAPP_WS_URL,
    ...whatsapp,
  })
}

/**
 * How long a process that hangs keeps another from taking over,
 * in seconds; one that ended does not.
 */
const leaseSeconds = 15

function makeTelegram(runtime: ChannelGround['runtime']): Telegram {
  const { config, log, book, db } = runtime
  const say = (id: string) => sayPhrase(book, 'id', id)
  const token = must(config.TELEGRAM_BOT_TOKEN, 'a Telegram token')
  const [bot] = token.split(':')
  return createTelegram({
    token,
    lease: createLeaseHolder(db.pool, `telegram:${bot}`, leaseSeconds),
    apiRoot: config.TELEGRAM_API_ROOT,
    webhook: webhookOf(config),
    commands: [...book.phrases.keys()]
      .filter((id) => id.startsWith('command-'))
      .map((id) => ({ command: id.slice('command-'.length), description: say(id) })),
    sharePhoneLabel: say('share-phone'),
    ...attachments(runtime),
    log,
  })
}

function makeWhatsAppCloud(runtime: ChannelGround['runtime']): WhatsAppCloud {
  const { config, log, book, db, seal } = runtime
  return createWhatsAppCloud({
    apiRoot: config.WHATSAPP_CLOUD_API_ROOT,
    phoneId: must(config.WHATSAPP_CLOUD_PHONE_ID, 'a phone id'),
    token: must(config.WHATSAPP_CLOUD_TOKEN, 'a token'),
    appSecret: must(config.WHATSAPP_CLOUD_APP_SECRET, 'an app secret'),
    verifyToken: must(config.WHATSAPP_CLOUD_VERIFY_TOKEN, 'a verify token'),
    perSecond: config.WHATSAPP_CLOUD_RATE,
    templates: book.templates,
    operator: book.branch.operator,
    listLabel: sayPhrase(book, 'id', 'list-open'),
    ...attachments(runtime),
    log,
    ...openCloudStore(db, seal),
  })
}

function webhookOf(config: Config) {
  const { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret } = config
  return url && secret ? { url, secret } : undefined
}

function makeWeb({ runtime, cookieKey }: ChannelGround): Web {
  const { book, config, db, seal } = runtime
  return createWeb({
    key: cookieKey,
    publicUrl: config.PUBLIC_URL ?? '',
    words: (id) => sayPhrase(book, 'id', id),
    zone: book.branch.zone,
    title: 'Sapa Desa',
    operator: book.branch.operator,
    makeDocument: attachments(runtime).makeDocument,
    history: async (address) => {
      const lines = await readHistory(db.pool, seal, 'web', address)
      return lines.map(toChatLine)
    },
    forget: (address) =>
      db.transaction(async (tx) => {
        const id = await findAddressId(tx, seal, 'web', address)
        if (id !== undefined) await forgetMessages(tx, id)
      }),
  })
}

function toChatLine(line: HistoryLine): ChatLine {
  const at = line.at.toISOString()
  if (line.from === 'bot') {
    const { text, choices, document } = line.message
    const rest = { ...(choices && { choices }), ...(document && { document }) }
    return { id: line.id, from: 'bot', text, ...rest, at }
  }
  // What was typed may be a NIK: it does not come back in full.
  const text = line.kind === 'text' ? hideLongNumbers(line.words) : line.words
  return { id: line.externalId, from: 'person', kind: line.kind, text, at }
}
