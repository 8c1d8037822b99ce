// Settings: the only reader of the environment. Every problem is told at once, with what to write.
import { resolve } from 'node:path'
import { z } from 'zod'
import { isDay } from './core/calendar.ts'
import { parseSecretKeys } from './registry/seal.ts'

/** One setting: how it is read, and its line in the README's table. */
interface Setting<T> {
  read: z.ZodType<T>
  /** What stands in the table as default. */
  standard: string
  help: string
}

const text = z.string().trim().min(1)
const url = (kinds: RegExp, example: string) =>
  text.refine((value) => URL.canParse(value) && kinds.test(value), `tulis seperti ${example}`)
const port = z.coerce.number('tulis angka, misalnya 3000').int().min(0).max(65_535)
const yesNo = z.enum(['yes', 'no'], 'tulis yes atau no').transform((value) => value === 'yes')
const day = text.refine(isDay, 'tulis tanggal seperti 2027-01-01')
const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
const roles = ['all', 'channels', 'work', 'web'] as const
const key = text.refine(isKey, 'tulis paling sedikit 32 byte dalam base64 atau hex')

function isKey(value: string): boolean {
  try {
    return parseSecretKeys(value).length > 0
  } catch {
    return false
  }
}

const whatsappWays = z.array(z.enum(['baileys', 'cloud'], 'tulis baileys, cloud, atau keduanya'))

/** TLS is the only proof of who is on the other end. */
function isSafeSocket(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  return protocol === 'wss:' || (protocol === 'ws:' && isHere)
}

/** Every setting by its name in the environment. */
export const settings = {
  PORT: {
    read: port.default(3000),
    standard: '3000',
    help: 'Port of the web chat, webhooks and health pages.',
  },
  DATA_DIR: {
    read: text.default('./data').transform((path) => resolve(path)),
    standard: './data',
    help: 'Folder of the embedded database, its log and the secret key. Back it up.',
  },
  DATABASE_URL: {
    read: url(/^postgres(ql)?:/, 'postgres://nama:sandi@localhost:5432/sapa').optional(),
    standard: 'embedded Postgres',
    help: 'Your own PostgreSQL (15 or newer). The role must be allowed to create roles, schemas.',
  },
  REDIS_URL: {
    read: url(/^rediss?:/, 'redis://localhost:6379').optional(),
    standard: 'queue in Postgres',
    help: 'Redis or Valkey (6.2 or newer) for the queue; with appendonly and noeviction.',
  },
  SECRET_KEY: {
    read: key.optional(),
    standard: 'made beside the embedded data',
    help: 'At least 32 bytes in base64 or hex; `id:key,id:old-key` while keys are changed.',
  },
  PUBLIC_URL: {
    read: url(/^https?:/, 'https://sapa.example.id').optional(),
    standard: '–',
    help: 'Where people reach this server from outside.',
  },
  TELEGRAM_BOT_TOKEN: {
    read: text.regex(/^\d+:[\w-]{30,}$/, 'salin persis dari @BotFather').optional(),
    standard: '–',
    help: 'Token from @BotFather; switches Telegram on.',
  },
  TELEGRAM_API_ROOT: {
    read: url(/^https?:/, 'https://api.telegram.org').default('https://api.telegram.org'),
    standard: 'https://api.telegram.org',
    help: 'Another Bot API server.',
  },
  TELEGRAM_WEBHOOK_URL: {
    read: url(/^https:/, 'https://sapa.example.id/telegram').optional(),
    standard: 'long polling',
    help: 'Receive by webhook at this address instead of polling.',
  },
  TELEGRAM_WEBHOOK_SECRET: {
    read: text.regex(/^[\w-]{16,256}$/, 'tulis 16-256 huruf, angka, _ atau -').optional(),
    standard: '–',
    help: 'Secret that Telegram sends with each webhook call; required with a webhook.',
  },
  WHATSAPP: {
    read: text
      .transform((ways) => ways.split(/[ ,]+/))
      .pipe(whatsappWays)
      .default([]),
    standard: '–',
    help: 'Switches WhatsApp on: `baileys` links a phone, `cloud` is the official API, or both.',
  },
  WHATSAPP_ACCEPT_RISK: {
    read: yesNo.optional(),
    standard: '–',
    help: 'Write `yes` once the terms on unofficial clients are known; needed with `baileys`.',
  },
  WHATSAPP_PHONE: {
    read: text.regex(/^[1-9]\d{6,14}$/, 'tulis angka saja, misalnya 6281234567890').optional(),
    standard: 'link by QR code',
    help: 'With `baileys`: number of the phone to be linked, to type a code there instead.',
  },
  WHATSAPP_WS_URL: {
    read: text.refine(isSafeSocket, 'tulis seperti wss://web.whatsapp.com/ws/chat').optional(),
    standard: "WhatsApp's own",
    help: 'With `baileys`: another server. Without TLS (`ws:`) only on this machine.',
  },
  WHATSAPP_DAILY_CAP: {
    read: z.coerce.number('tulis angka, misalnya 20').int().min(0).max(1000).default(20),
    standard: '20',
    help: 'With `baileys`: messages a day that the bot begins; answers are not counted.',
  },
  WHATSAPP_CLOUD_PHONE_ID: {
    read: text.regex(/^\d{5,20}$/, 'salin Phone number ID dari Meta, hanya angka').optional(),
    standard: '–',
    help: 'Id of the business phone number at Meta; required with `WHATSAPP=cloud`.',
  },
  WHATSAPP_CLOUD_TOKEN: {
    read: text.regex(/^[\x21-\x7e]{20,}$/, 'salin persis dari Meta, tanpa spasi').optional(),
    standard: '–',
    help: 'Access token of a system user at Meta; required with `WHATSAPP=cloud`.',
  },
  WHATSAPP_CLOUD_APP_SECRET: {
    read: text.regex(/^[\x21-\x7e]{16,}$/, 'salin App secret persis dari Meta').optional(),
    standard: '–',
    help: 'App secret that signs each webhook call; required with `WHATSAPP=cloud`.',
  },
  WHATSAPP_CLOUD_VERIFY_TOKEN: {
    read: text.regex(/^[\w-]{16,256}$/, 'tulis 16-256 huruf, angka, _ atau -').optional(),
    standard: '–',
    help: 'A word of your own for registering the webhook; required with `WHATSAPP=cloud`.',
  },
  WHATSAPP_CLOUD_API_ROOT: {
    read: url(/^https?:/, 'https://graph.facebook.com').default('https://graph.facebook.com'),
    standard: 'https://graph.facebook.com',
    help: 'Another server of the Cloud API.',
  },
  WHATSAPP_CLOUD_RATE: {
    read: z.coerce.number('tulis angka, misalnya 60').int().min(1).max(1_000).default(60),
    standard: '60',
    help: 'Messages a second, at most; the platform takes 80 from a usual number.',
  },
  OPERATOR: {
    read: text.optional(),
    standard: 'flows/branch.yaml',
    help: 'Who runs the bot, as said in the greeting and in the consent.',
  },
  RATES_ON: {
    read: day.optional(),
    standard: 'today',
    help: 'Shows the words and figures of another day. Only for looking: not in real use.',
  },
  ROLE: {
    read: z.enum(roles, `tulis salah satu: ${roles.join(', ')}`).default('all'),
    standard: 'all',
    help: 'Which part this process plays: `channels`, `work`, `web`, or `all` of them.',
  },
  LOG_LEVEL: {
    read: z.enum(levels, `tulis salah satu: ${levels.join(', ')}`).default('info'),
    standard: 'info',
    help: 'How much is logged. Logs never hold words, names or numbers of people.',
  },
  WEB_CHAT: {
    read: yesNo.optional(),
    standard: 'yes on the embedded database',
    help: 'Offer the web chat at `/`.',
  },
} satisfies Record<string, Setting<unknown>>

/** What whoever links a phone has to know first. */
const riskOfBaileys = `WHATSAPP_ACCEPT_RISK: tulis yes kalau ini sudah dibaca dan diterima.
  WHATSAPP=baileys menghubungkan nomor biasa lewat klien tidak resmi. Ketentuan WhatsApp melarang
  klien tidak resmi serta pesan otomatis atau massal. Nomornya bisa dibatasi atau diblokir kapan
  saja, untuk selamanya, tanpa pemberitahuan, dan tidak ada bantuan resmi. Pakai nomor khusus, dan
  siapkan WHATSAPP=cloud (jalur resmi) sebagai pengganti.`

type Read<K extends keyof typeof settings> = z.output<(typeof settings)[K]['read']>

/** The settings of this process. */
export type Config = { [K in keyof typeof settings]: Read<K> }

/** Settings are wrong; the message lists each problem and what to write instead. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(`Pengaturan belum benar:\n${problems.map((one) => `- ${one}`).join('\n')}`)
  }
}

/** Reads the settings. An empty value counts as none. Throws ConfigError. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings)) {
    const result = setting.read.safeParse(environment[name] || undefined)
    if (result.success) config[name] = result.data
    else problems.push(`${name}: ${result.error.issues[0]?.message ?? 'tidak dikenal'}.`)
  }
  problems.push(...findMissing(config), ...findDangers(environment))
  if (problems.length > 0) throw new ConfigError(problems)
  return config as Config
}

/** What one setting wants of another. */
function findMissing(config: Record<string, unknown>): string[] {
  const problems: string[] = []
  const ways = (config.WHATSAPP ?? []) as string[]
  if (config.TELEGRAM_WEBHOOK_URL && !config.TELEGRAM_WEBHOOK_SECRET) {
    problems.push(
      'TELEGRAM_WEBHOOK_SECRET: wajib diisi kalau TELEGRAM_WEBHOOK_URL diisi, penolak pesan palsu.',
    )
  }
  if (ways.includes('baileys') && config.WHATSAPP_ACCEPT_RISK !== true) {
    problems.push(riskOfBaileys)
  }
  if (config.DATABASE_URL && !config.SECRET_KEY) {
    problems.push(
      'SECRET_KEY: wajib diisi kalau DATABASE_URL diisi. Buat dengan: openssl rand -base64 32',
    )
  }
  if (ways.includes('cloud')) {
    const missing = cloudNeeds.filter((name) => !config[name])
    problems.push(...missing.map((name) => `${name}: wajib diisi kalau WHATSAPP=cloud.`))
  }
  return problems
}

const cloudNeeds = [
  'WHATSAPP_CLOUD_PHONE_ID',
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_APP_SECRET',
  'WHATSAPP_CLOUD_VERIFY_TOKEN',
]

function findDangers(environment: NodeJS.ProcessEnv): string[] {
  return environment.NODE_TLS_REJECT_UNAUTHORIZED === '0'
    ? ['NODE_TLS_REJECT_UNAUTHORIZED: hapus; tanpa TLS, lawan bicara bisa palsu.']
    : []
}
