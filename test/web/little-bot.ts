// A little bot behind the web chat, with its rows in memory, for tests.
import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { parse } from 'yaml'
import type { ChatLine } from '../../src/channels/web/encode.ts'
import { createWeb, type Web, type WebOptions } from '../../src/channels/web/index.ts'
import type { Inbound, Outbound } from '../../src/core/message.ts'
import { createServer, type WebServer } from '../../src/web/server.ts'
import { asReply } from '../support/sending.ts'

const file = new URL('../../flows/web.yaml', import.meta.url)
const phrases: Record<string, string> = parse(readFileSync(file, 'utf8')).web

/** The words of the page as they are shipped; an unknown id is an error. */
export function webWords(id: string): string {
  const words = phrases[id]
  if (words === undefined) throw new Error(`no words for ${id}`)
  return words.trim()
}

const menu: Outbound = {
  text: 'Halo! Ini layanan pendaftaran BPJS Ketenagakerjaan untuk pekerja desa.\n\nApa yang Anda perlukan?',
  choices: [
    { label: 'Tahu manfaatnya', press: 'menu:benefit' },
    { label: 'Cek apakah saya bisa ikut', press: 'menu:eligible' },
    { label: 'Daftar', press: 'menu:enrol' },
    { label: 'Bicara dengan petugas', press: 'menu:help' },
  ],
}

function repliesTo({ kind, words }: Inbound): Outbound[] {
  if (kind === 'start') return [menu]
  if (kind === 'press' && words === 'menu:enrol') {
    return [{ text: 'Baik, kita mulai.' }, { text: 'Siapa nama lengkap Anda, sesuai KTP?' }]
  }
  if (kind === 'press') return [{ text: `Tombol ${words}` }, menu]
  return [{ text: `Anda menulis: ${words}`, choices: [{ label: 'Menu', press: 'menu:again' }] }]
}

/** How the little bot behaves; a test may change it at any time. */
export interface Mood {
  replyMs: number
  /** Nothing can be kept. */
  isBroken: boolean
  /** Keeps, but never answers. */
  isMute: boolean
  /** Answers without ringing the bell, as a bot in another process does. */
  isFar: boolean
}

/** What a test can do with the little bot and see of it. */
export interface LittleBot {
  url: string
  /** Every message that was handed over, repeats included. */
  received: Inbound[]
  /** The rows by address: a repeated message makes none. */
  rows: Map<string, ChatLine[]>
  mood: Mood
  /** Says something first. */
  say(address: string, message: Outbound): Promise<void>
  /** The channel stops, the server stays. */
  stopWeb(): Promise<void>
  stop(): Promise<void>
}

type Talkative = Pick<LittleBot, 'rows' | 'mood' | 'say'>

function linesOf(rows: LittleBot['rows'], address: string): ChatLine[] {
  const lines = rows.get(address) ?? []
  rows.set(address, lines)
  return lines
}

async function answer({ mood, say }: Talkative, inbound: Inbound): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, mood.replyMs))
  if (mood.isMute) return
  for (const reply of repliesTo(inbound)) await say(inbound.address, reply)
}

function keep(bot: Talkative, inbound: Inbound): void {
  const { address, externalId: id, words: text, kind, at } = inbound
  const lines = linesOf(bot.rows, address)
  if (lines.some((line) => line.id === id)) return
  lines.push({ id, from: 'person', text, at, kind })
  void answer(bot, inbound)
}

function createLittleWeb(rows: LittleBot['rows'], options: Partial<WebOptions>): Web {
  return createWeb({
    key: 'a key for tests only',
    publicUrl: 'http://localhost',
    title: 'Sapa Desa',
    operator: 'Kantor Cabang Contoh',
    zone: 'Asia/Makassar',
    words: webWords,
    history: async (address) => [...(rows.get(address) ?? [])],
    forget: async (address) => void rows.delete(address),
    ...options,
  })
}

function serve(web: Web): WebServer {
  return createServer({
    port: 0,
    host: '127.0.0.1',
    apps: [{ path: '/', app: web.pages() }],
    ready: async () => ({ isReady: true, states: { web: web.state() } }),
    metrics: new Registry(),
    words: webWords,
    title: 'Sapa Desa',
    onError: (error) => console.error(error),
  })
}

/** Starts the little bot with the real channel and server on a free port. */
export async function startLittleBot(options: Partial<WebOptions> = {}): Promise<LittleBot> {
  const rows = new Map<string, ChatLine[]>()
  const received: Inbound[] = []
  const mood: Mood = { replyMs: 0, isBroken: false, isMute: false, isFar: false }
  const web = createLittleWeb(rows, options)

  async function say(address: string, { text, choices, document }: Outbound): Promise<void> {
    const lines = linesOf(rows, address)
    const line = {
      id: `out-${lines.length}`,
      from: 'bot',
      text,
      at: new Date().toISOString(),
    } as const
    lines.push({ ...line, ...(choices && { choices }), ...(document && { document }) })
    if (!mood.isFar) await web.send(address, { text }, asReply)
  }

  await web.start(async (inbounds) => {
    received.push(...inbounds)
    if (mood.isBroken) throw new Error('nothing can be kept')
    for (const inbound of inbounds) keep({ rows, mood, say }, inbound)
  })
  const server = serve(web)
  const url = `http://127.0.0.1:${await server.listen()}`
  const stop = async () => {
    await web.stop()
    await server.close()
  }
  return { url, received, rows, mood, say, stopWeb: () => web.stop(), stop }
}
