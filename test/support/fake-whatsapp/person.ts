// Somebody on WhatsApp: raw messages as the client gives them, and what they see of the bot.
import { randomBytes } from 'node:crypto'
import type { WaContent } from '../../../src/channels/whatsapp/port.ts'
import type { FakeWhatsApp } from './server.ts'

/** A person with one id, or with two. */
export interface WaPerson {
  id: string
  say(words: string): void
  /** Sends a message with this content. */
  send(content: object, alsoKnownAs?: string): void
  again(): void
  ring(): void
  /** The texts that the bot sent to any of the ids, oldest first. */
  texts(): string[]
  /** The same with what was attached. */
  contents(): WaContent[]
}

/** A raw message as the client gives it, from somebody to the bot. */
export function rawMessage(from: string, content: object, given: object = {}): object {
  const id = `3A${randomBytes(9).toString('hex').toUpperCase()}`
  return {
    key: { remoteJid: from, fromMe: false, id, participant: '', addressingMode: 'pn', ...given },
    messageTimestamp: Math.floor(Date.now() / 1000),
    pushName: 'Orang Contoh',
    broadcast: false,
    message: content,
  }
}

/** A photo as it comes. */
export const photo = {
  imageMessage: { mimetype: 'image/jpeg', fileLength: 52_000, caption: 'foto KTP' },
}

/** A voice note as it comes. */
export const voice = { audioMessage: { mimetype: 'audio/ogg; codecs=opus', ptt: true, seconds: 4 } }

/** Somebody writes from `id`; `otherId` is told along with it once it is given. */
export function createPerson(fake: FakeWhatsApp, id: string, otherIds: string[] = []): WaPerson {
  let last: object | undefined
  const send = (content: object, alsoKnownAs?: string) => {
    last = rawMessage(id, content, alsoKnownAs ? { remoteJidAlt: alsoKnownAs } : {})
    fake.deliver(last)
  }
  const contents = () =>
    fake.sent.filter(({ to }) => to === id || otherIds.includes(to)).map(({ content }) => content)
  return {
    id,
    say: (words) => send({ conversation: words }),
    send,
    again: () => last && fake.deliver(last),
    ring: () =>
      fake.listener().call({
        id: randomBytes(8).toString('hex'),
        from: id,
        isOver: false,
        at: new Date(),
      }),
    texts: () => contents().map(({ text }) => text),
    contents,
  }
}
