// A WhatsApp server that nobody here wrote, and the people who talk to the bot through it.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startWhatsAppServer } from '@openclaw/crabline'
import { guardConsole } from '../../../src/channels/whatsapp/console-guard.ts'
import { makeScratch } from '../scratch.ts'
import { botNumber } from './linked-creds.ts'
import { photoMark, withPhoto } from './photo.ts'

/** One message of the bot, as the server decrypted it. */
export interface Shown {
  id: string
  to: string
  text: string
  /** Milliseconds as of Date.now(), with fractions. */
  at: number
}

/** What became of something said: with the bot, or kept by the server until it listens. */
export interface Handed {
  id: string
  delivery: 'delivered' | 'queued'
}

/** The server, and what the bot sent through it, oldest first. */
export interface Server {
  url: string
  shown: Shown[]
  /** Moments, in milliseconds as `at`, at which a connected bot told the server anything. */
  signsOfLife: number[]
  /** Somebody writes, or sends a voice note. */
  say(from: string, words: string): Promise<Handed>
  sendVoice(from: string): Promise<Handed>
  /** Somebody sends a photo with words under it. */
  sendPhoto(from: string, caption: string): Promise<Handed>
  close(): Promise<void>
}

/** Milliseconds as of Date.now(), with fractions. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}

/** Starts the server on a free port of this machine. */
export async function startServer(): Promise<Server> {
  // The server uses the same library, which prints as much here.
  const openConsole = guardConsole()
  const folder = makeScratch('crabline-')
  const shown: Shown[] = []
  const signsOfLife: number[] = []
  const server = await startWhatsAppServer({
    host: '127.0.0.1',
    recorderPath: join(folder, 'record.jsonl'),
    selfJid: `${botNumber}@s.whatsapp.net`,
    onEvent: (event) => {
      if ((event as { method?: string }).method === 'WEBSOCKET') signsOfLife.push(preciseNow())
      const sent = readSent(event)
      // A message that is sent again under the same id is shown once.
      if (sent && !shown.some((one) => one.id === sent.id)) shown.push(sent)
    },
  })
  const { endpoints, adminToken } = server.manifest
  async function inject(from: string, what: object): Promise<Handed> {
    const response = await fetch(endpoints.adminInboundUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
      body: JSON.stringify({ chatJid: from, senderJid: from, pushName: 'Orang', ...what }),
    })
    if (!response.ok) throw new Error(`the server refused: ${response.status}`)
    const handed = (await response.json()) as {
      delivery: Handed['delivery']
      message: { key: { id: string } }
    }
    return { id: handed.message.key.id, delivery: handed.delivery }
  }
  const contentBase64 = Buffer.from('suara').toString('base64')
  return {
    url: endpoints.baileysWebSocketUrl,
    shown,
    signsOfLife,
    say: (from, text) => inject(from, { text }),
    sendVoice: (from) =>
      inject(from, { audio: { contentBase64, mimeType: 'audio/ogg', ptt: true } }),
    sendPhoto: (from, caption) =>
      withPhoto(caption, () => inject(from, { audio: { contentBase64, mimeType: photoMark } })),
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
      // Other files of this process may have something to say.
      openConsole()
    },
  }
}

/** Somebody on that server, who says one thing after another. */
export function createSpeaker(server: Server, id: string) {
  let work: Promise<unknown> = Promise.resolve()
  return {
    say: (words: string) => {
      work = work.then(() => server.say(id, words))
    },
    replies: async () => server.shown.filter(({ to }) => to === id),
    close: () => undefined,
  }
}

function readSent(event: unknown): Shown | undefined {
  const { body } = event as { body?: { key?: Record<string, unknown>; message?: unknown } }
  const { key, message } = body ?? {}
  const text = (message as { conversation?: string } | undefined)?.conversation
  if (!key?.fromMe || text === undefined) return undefined
  return { id: String(key.id), to: String(key.remoteJid), text, at: preciseNow() }
}
