// A little bot behind the web chat, with its rows in memory, for tests.
import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { parse } from 'yaml'
import type { ChatLine } from '../../src/channels/web/encode.ts'
import { createWeb, type WebOptions } from '../../src/channels/web/index.ts'
import type { Inbound, Outbound } from '../../src/core/message.ts'
import { createServer } from '../../src/web/server.ts'

const file = new URL('../../flows/web.yaml', import.meta.url)
const phrases: Record<string, string> = parse(readFileSync(file, 'utf8')).phrases

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

/** What a test can do with the little bot and see of it. */
export interface LittleBot {
  url: string
  /** Every message that was handed over, repeats included. */
  received: Inbound[]
  /** The rows by address: a repeated message makes none. */
  rows: Map<string, ChatLine[]>
  /** How long it takes to answer, and whether it can keep anything at all. */
  mood: { replyMs: number; isBroken: boolean; isMute: boolean }
  /** Says something first. */
  say(address: string, message: Outbound): Promise<void>
  errors: unknown[]
  stop(): Promise<void>
}

/** Starts the little bot with the real channel and server on a free port. */
export async function startLittleBot(options: Partial<WebOptions> = {}): Promise<LittleBot> {
  const rows = new Map<string, ChatLine[]>()
  const received: Inbound[] = []
  const errors: unknown[] = []
  const mood = { replyMs: 0, isBroken: false, isMute: false }
  const linesOf = (address: string) => {
    const lines = rows.get(address) ?? []
    rows.set(address, lines)
    return lines
  }
  const web = createWeb({
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

  async function say(address: string, { text, choices }: Outbound): Promise<void> {
    const id = `out-${linesOf(address).length}`
    const line: ChatLine = { id, from: 'bot', text, at: new Date().toISOString() }
    linesOf(address).push(choices ? { ...line, choices } : line)
    await web.send(address, { text })
  }

  async function answer(inbound: Inbound): Promise<void> {
    if (mood.replyMs > 0) await new Promise((resolve) => setTimeout(resolve, mood.replyMs))
    if (mood.isMute) return
    for (const reply of repliesTo(inbound)) await say(inbound.address, reply)
  }

  await web.start(async (inbounds) => {
    received.push(...inbounds)
    if (mood.isBroken) throw new Error('nothing can be kept')
    for (const inbound of inbounds) {
      const { address, externalId: id, words: text, kind, at } = inbound
      if (linesOf(address).some((line) => line.id === id)) continue
      linesOf(address).push({ id, from: 'person', text, at, pressed: kind === 'press' })
      void answer(inbound)
    }
  })
  const server = createServer({
    port: 0,
    host: '127.0.0.1',
    apps: [{ path: '/', app: web.pages() }],
    ready: async () => ({ isReady: true, states: { web: web.state() } }),
    metrics: new Registry(),
    words: webWords,
    title: 'Sapa Desa',
    onError: (error) => errors.push(error),
  })
  const url = `http://127.0.0.1:${await server.listen()}`
  const stop = async () => {
    await web.stop()
    await server.close()
  }
  return { url, received, rows, mood, say, errors, stop }
}
