// What a channel gives to the contract suite, and the program that every channel runs against.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Config, readConfig } from '../../src/config.ts'
import type { Book } from '../../src/core/book.ts'
import { must } from '../../src/core/must.ts'
import { type Program, startProgram } from '../../src/program.ts'
import { type FakeBotApi, startFakeBotApi } from './fake-bot-api.ts'
import { type FakeCloudApi, startFakeCloudApi } from './fake-cloud-api.ts'
import { createFakeWhatsApp, type FakeWhatsApp } from './fake-whatsapp/server.ts'
import { loadHome } from './home.ts'
import { noPace } from './whatsapp/no-pace.ts'

/** One message of the bot, as somebody sees it on this channel. */
export interface Shown {
  text: string
  /** What may be chosen, as buttons or as numbered lines. */
  labels: string[]
  /** The name of a file that came with it. */
  file?: string | undefined
}

/** Somebody on a channel. What they do is handed over in the order in which it was done. */
export interface Person {
  /** Opens the talk the way the platform has it. */
  start(): void
  say(words: string): void
  /** The last message comes once more, as it does after a broken line. */
  again(): void
  /** Presses a button of the last message that has it; missing where there are no buttons. */
  press?(label: string): void
  /** Sends what is no text; missing where the platform has no such thing. */
  send?(kind: 'photo' | 'voice'): void
  /** Wants nothing from the bot any more, or does again. */
  block?(isBlocked: boolean): void
  /** Everything that the bot has said, oldest first. */
  replies(): Promise<Shown[]>
  close(): void
}

/** How the suite meets people on one channel: the whole of what a new channel adds. */
export interface Harness {
  name: string
  /** What people can do here besides writing. */
  can: ('press' | 'send' | 'block')[]
  /** Longest text that the platform lets somebody send, in UTF-16 units. */
  longest: number
  /** Somebody who was never here; the number tells people of one run apart. */
  open(stage: ContractStage, number: number): Person
}

/** The running program with everything around it. */
export interface ContractStage {
  config: Config
  fake: FakeBotApi
  whatsapp: FakeWhatsApp
  cloud: FakeCloudApi
  /** The program as it runs now. */
  program(): Program
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** Starts the whole program on this database, with every channel on. */
export async function createContractStage(databaseUrl: string): Promise<ContractStage> {
  await loadHome(databaseUrl)
  const fake = await startFakeBotApi()
  const whatsapp = createFakeWhatsApp()
  const cloud = await startFakeCloudApi({ tellsStatuses: true })
  const folder = mkdtempSync(join(tmpdir(), 'contract-'))
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    DATA_DIR: folder,
    PORT: '0',
    WEB_CHAT: 'yes',
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.apiRoot,
    WHATSAPP: 'baileys,cloud',
    WHATSAPP_ACCEPT_RISK: 'yes',
    WHATSAPP_CLOUD_API_ROOT: cloud.apiRoot,
    WHATSAPP_CLOUD_PHONE_ID: cloud.phoneId,
    WHATSAPP_CLOUD_TOKEN: cloud.token,
    WHATSAPP_CLOUD_APP_SECRET: cloud.appSecret,
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'kata_rahasia_kami',
    OPERATOR: 'Kantor Cabang Contoh',
    LOG_LEVEL: 'silent',
  })
  let running: Program | undefined
  const stage: ContractStage = {
    config,
    fake,
    whatsapp,
    cloud,
    program: () => must(running, 'a running program'),
    stop: async () => {
      await running?.stop()
      running = undefined
    },
    start: async () => {
      const outside = { whatsapp: { open: whatsapp.open, pace: noPace } }
      running = await startProgram(config, () => undefined, outside)
      // Whoever comes back looks for the page where it was.
      config.PORT = must(running.port, 'a port')
      cloud.deliveries.url = `http://127.0.0.1:${config.PORT}/whatsapp`
    },
    close: async () => {
      await stage.stop()
      await Promise.all([fake.close(), cloud.close()])
      rmSync(folder, { recursive: true })
    },
  }
  await stage.start()
  await linkPhone(whatsapp, stage.program())
  return stage
}

/** Whoever holds the phone scans the code, and the next one when that did not do. */
async function linkPhone(whatsapp: FakeWhatsApp, program: Program) {
  let scanned = 0
  while (program.channels.whatsapp?.state() !== 'connected') {
    if (whatsapp.codes.length > scanned) {
      scanned = whatsapp.codes.length
      await whatsapp.link()
    }
    await pause(20)
  }
}

/** The harness of every channel: one file each in `contract/`. */
export async function readHarnesses(): Promise<Harness[]> {
  const folder = new URL('contract/', import.meta.url)
  const files = readdirSync(folder).sort()
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)))
  return modules.map((module) => module.harness as Harness)
}

/** The fixed beginning of a question or of last words, by which they are known again. */
export function wordsOf(book: Book, flow: string, step: string): string {
  const found = book.flows.get(flow)?.steps.find((one) => 'words' in one && one.id === step)
  const words = must(found && 'words' in found ? found.words.id : undefined, `words of ${step}`)
  return must(words.texts.find((text) => text.trim().length > 8)?.trim(), `text of ${step}`)
}

/** The fixed beginning of a shared phrase. */
export function phraseOf(book: Book, id: string): string {
  return must(book.phrases.get(id)?.id?.texts[0]?.trim(), `phrase ${id}`)
}

/** A person with an ear: hears one thing after another. */
export interface Talk {
  person: Person
  /** Waits for something that the bot says after what was heard last. */
  hear(text: string): Promise<Shown>
  say(words: string, answer: string): Promise<Shown>
}

/** What comes late on a busy machine comes all the same. */
const patienceMs = 60_000

/** Listens from now on to what the bot says to a person on the channel of this name. */
export function listen(person: Person, name: string): Talk {
  let heard = 0
  async function hear(text: string): Promise<Shown> {
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      const replies = await person.replies()
      const index = replies.findIndex((one, at) => at >= heard && one.text.includes(text))
      const found = replies[index]
      if (found) {
        heard = index + 1
        return found
      }
      if (Date.now() > giveUpAt) {
        const since = replies.slice(heard).map((one) => one.text)
        throw new Error(`${name} never said "${text}", only ${JSON.stringify(since)}`)
      }
      await pause(30)
    }
  }
  return {
    person,
    hear,
    say: (words, answer) => {
      person.say(words)
      return hear(answer)
    },
  }
}
