// Builds the program from its settings: database, words, channels, jobs, web server.
import { createHmac } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createVerifying } from './certificate/verify.ts'
import type { Receive } from './channels/channel.ts'
import { type ChannelGround, type Channels, createChannels } from './channels/index.ts'
import { type Clock, createClock } from './clock.ts'
import type { Config } from './config.ts'
import { createPages } from './converse/pages.ts'
import { createConverse } from './converse.ts'
import { createReaders } from './core/answers/index.ts'
import type { Book } from './core/book.ts'
import { sayPhrase } from './core/phrase.ts'
import { buildPlaces, createPlaceReader, type Village } from './core/place.ts'
import { startEmbedded } from './embedded/index.ts'
import { type FlowBook, readFlows } from './flows/index.ts'
import { jobs } from './jobs/index.ts'
import { openQueues, type Queues } from './jobs/job.ts'
import { createLog, type Log } from './log.ts'
import { createMachine } from './machine.ts'
import { createMetrics } from './metrics.ts'
import { listVersion, readVillages } from './place-list.ts'
import { readRates } from './rates-file.ts'
import { type Database, openDatabase } from './registry/database.ts'
import { proveKey } from './registry/key-proof.ts'
import { migrate } from './registry/migrate.ts'
import { createSeal, parseSecretKeys, type Seal } from './registry/seal.ts'
import { keepSecretKey } from './registry/secret-key.ts'
import { loadVillages } from './registry/villages.ts'
import { keepWordings } from './registry/wordings.ts'
import type { Runtime } from './runtime.ts'
import { linkPage } from './web/link-page.ts'
import { officeApp } from './web/office/index.ts'
import type { Machine } from './web/office/visit.ts'
import { oneTimePage } from './web/one-time-page.ts'
import { createServer, type ServerOptions, type WebServer } from './web/server.ts'
import { telegramWebhook } from './web/telegram-webhook.ts'
import { verifyPage } from './web/verify-page.ts'
import { whatsappWebhook } from './web/whatsapp-webhook.ts'

/** A running program. */
export interface Program {
  runtime: Runtime
  channels: Channels
  /** Where the web server listens; undefined when this process has none. */
  port: number | undefined
  stop(): Promise<void>
}

/** Says one sentence to whoever starts the program. */
export type Tell = (sentence: string) => void

const flowsDir = join(import.meta.dirname, '../flows')

/** What tests put in the place of the world outside. */
export type Outside = Pick<ChannelGround, 'whatsapp'> & { clock?: Clock }

/** Builds and starts everything. Throws an Error with a sentence for people when it cannot. */
export async function startProgram(
  config: Config,
  tell: Tell,
  outside: Outside = {},
): Promise<Program> {
  const log = createLog(config.LOG_LEVEL)
  // The database starts by itself while the words are read.
  const opening = openGround(config, tell)
  const villages = readVillages()
  const book = await readOrClose(() => readBook(config, villages), opening)
  // The index of names is made now, so that nobody who writes one waits for it.
  book.readers.place.read(villages[0]?.name ?? '', { on: '' })
  const ground = await opening
  try {
    await prepare(ground, book, villages, tell)
    return await startParts({ config, log, book, tell, outside, ...ground })
  } catch (error) {
    await ground.close()
    throw error
  }
}

async function readOrClose<T>(read: () => T, opening: Promise<Ground>): Promise<T> {
  try {
    return read()
  } catch (error) {
    await opening.then(
      (ground) => ground.close(),
      () => undefined,
    )
    throw error
  }
}

/** What the core knows, and how officers are told what the words of flows mean. */
type WholeBook = Book & Pick<FlowBook, 'names'>

/** Reads everything that the core knows; throws with every problem when flows/ is not right. */
export function readBook(config: Pick<Config, 'OPERATOR'>, villages: Village[]): WholeBook {
  const flows = readFlows(flowsDir)
  const places = buildPlaces(villages)
  const operator =
    config.OPERATOR || flows.branch.operator || sayPhrase(flows, 'id', 'operator-unknown')
  return {
    ...flows,
    branch: { ...flows.branch, operator },
    places,
    readers: createReaders(createPlaceReader(places)),
    rates: readRates(join(flowsDir, 'rates')),
  }
}

interface Ground {
  databaseUrl: string
  db: Database
  seal: Seal
  secret: string
  close(): Promise<void>
}

async function openGround(config: Config, tell: Tell): Promise<Ground> {
  // Also where the terminal chat meets the program, whoever's database it is.
  mkdirSync(config.DATA_DIR, { recursive: true })
  const embedded = config.DATABASE_URL
    ? undefined
    : await startEmbedded({ dataDir: config.DATA_DIR, tell })
  const databaseUrl = config.DATABASE_URL ?? (embedded as { url: string }).url
  const secret = config.SECRET_KEY ?? keepSecretKey(config.DATA_DIR)
  const db = openDatabase(databaseUrl)
  return {
    databaseUrl,
    db,
    secret,
    seal: createSeal(parseSecretKeys(secret)),
    close: async () => {
      await db.close()
      await embedded?.stop()
    },
  }
}

async function prepare(ground: Ground, book: Book, villages: Village[], tell: Tell) {
  const applied = await migrate(ground.databaseUrl)
  if (applied.length > 0) tell('Tabel-tabel basis data disiapkan.')
  await proveKey(ground.db.pool, ground.seal)
  const loaded = await loadVillages(ground.db, listVersion, villages)
  if (loaded) tell(`${villages.length.toLocaleString('id')} desa dan kelurahan dimuat.`)
  await keepWordings(ground.db.pool, book)
}

interface Parts extends Ground {
  config: Config
  log: Log
  book: WholeBook
  tell: Tell
  outside: Outside
}

async function startParts(parts: Parts): Promise<Program> {
  const names = jobs.map((job) => job.name)
  const queues = await openQueues(parts.config, parts.databaseUrl, parts.log, names)
  for (const risk of await queues.findRisks()) parts.tell(risk)
  const { runtime, channels } = makeRuntime(parts, queues)
  warnOfOpenQuestions(channels, parts)
  const converse = createConverse(runtime)
  const { ROLE } = parts.config
  const plays = (role: Config['ROLE']) => ROLE === 'all' || ROLE === role
  const played = jobs.filter((job) => plays(job.role))
  await queues.work(runtime, played)
  // The web chat listens where its pages are; what it sends is read from the rows.
  const listening = channels.all.filter((one) => plays(one.name === 'web' ? 'web' : 'channels'))
  for (const channel of listening) await channel.start(converse.receive)
  const ending = new AbortController()
  const machine = createMachine(parts.book, channels, queues, ending.signal)
  const server = makeServer({ ...runtime, machine }, channels, queues, converse.receive)
  const port = await server.listen()
  parts.log.info({ port, role: ROLE }, 'ready')
  const stop = async () => {
    for (const channel of listening) await channel.stop()
    ending.abort()
    await server.close()
    await converse.idle()
    await queues.close()
    await parts.close()
  }
  return { runtime, channels, port, stop }
}

function makeRuntime(parts: Parts, queues: Queues): { runtime: Runtime; channels: Channels } {
  const { config, log, book, db, seal } = parts
  const ground = {
    config,
    log,
    clock: parts.outside.clock ?? createClock(book.branch.zone, config.RATES_ON),
    db,
    seal,
    book,
  }
  const channels = createChannels({
    runtime: ground,
    cookieKey: createHmac('sha256', parts.secret).update('cookie').digest(),
    offersWebChat: config.WEB_CHAT ?? !config.DATABASE_URL,
    tell: parts.tell,
    whatsapp: parts.outside.whatsapp,
  })
  const byName = new Map(channels.all.map((channel) => [channel.name, channel]))
  return { runtime: { ...ground, ring: queues.ring, channels: byName }, channels }
}

/** Where a platform is stricter than this program was set up, whoever starts it is told. */
function warnOfOpenQuestions(channels: Channels, { config, tell }: Parts) {
  const isStrict = channels.all.some((one) => one.capabilities.forbidsSensitive)
  if (!isStrict || config.PUBLIC_URL) return
  tell(
    'PERHATIAN: WhatsApp melarang meminta nomor KTP di chat. Isi PUBLIC_URL (https://…) supaya ' +
      'NIK dan nama ibu ditulis di halaman sekali pakai; tanpa itu ditanyakan di chat.',
  )
}

type WebRuntime = Runtime & { machine: Machine }

function makeServer(
  runtime: WebRuntime,
  channels: Channels,
  queues: Queues,
  receive: Receive,
): WebServer {
  const { config, book, log } = runtime
  const say = (id: string) => sayPhrase(book, 'id', id)
  return createServer({
    port: config.PORT,
    apps: makeApps(runtime, channels, receive),
    ready: () => readReadiness(runtime, queues),
    metrics: createMetrics(runtime),
    words: say,
    title: 'Sapa Desa',
    onError: (error, route) => {
      const name = error instanceof Error ? error.name : 'unknown'
      log.error({ error: name, name: route }, 'a request failed')
    },
  })
}

/** The parts of the site that this process shows. */
function makeApps(
  runtime: WebRuntime,
  channels: Channels,
  receive: Receive,
): ServerOptions['apps'] {
  const { config, book } = runtime
  const say = (id: string) => sayPhrase(book, 'id', id)
  const apps: ServerOptions['apps'] = []
  if (channels.telegram && config.TELEGRAM_WEBHOOK_URL) {
    apps.push({ path: '/', app: telegramWebhook(config.TELEGRAM_WEBHOOK_URL, channels.telegram) })
  }
  if (channels.whatsappCloud && ['all', 'channels'].includes(config.ROLE)) {
    apps.push({ path: '/whatsapp', app: whatsappWebhook(channels.whatsappCloud) })
  }
  if (channels.web && ['all', 'web'].includes(config.ROLE)) {
    apps.push({ path: '/', app: channels.web.pages() })
  }
  if (channels.whatsapp && ['all', 'channels'].includes(config.ROLE)) {
    apps.push({ path: '/', app: linkPage(channels.whatsapp.link, say) })
  }
  if (config.PUBLIC_URL && ['all', 'web'].includes(config.ROLE)) {
    const inLanguage = (language: string, id: string) => sayPhrase(book, language, id)
    apps.push({ path: '/', app: oneTimePage(createPages(runtime, receive), inLanguage) })
  }
  if (['all', 'web'].includes(config.ROLE)) {
    apps.push({ path: '/', app: verifyPage(createVerifying(runtime)) })
    apps.push({ path: '/kantor', app: officeApp(runtime) })
  }
  return apps
}

async function readReadiness(runtime: Runtime, queues: Queues) {
  const states: Record<string, string> = {}
  const ask = async (name: string, work: Promise<unknown>) => {
    states[name] = await work.then(
      () => 'ready',
      () => 'unreachable',
    )
  }
  await Promise.all([
    ask('database', runtime.db.pool.query('SELECT 1')),
    ask('queue', queues.count()),
  ])
  const isReady = Object.values(states).every((state) => state === 'ready')
  for (const channel of runtime.channels.values()) states[channel.name] = channel.state()
  return { isReady, states }
}
