// The bare WhatsApp client as a process of its own: says back whatever it hears, and keeps nothing.
import makeWASocket, {
  type AuthenticationCreds,
  type BaileysEventMap,
  type SignalDataTypeMap,
  type SignalKeyStore,
  type WAMessage,
} from '@whiskeysockets/baileys'
import { guardConsole } from '../../src/channels/whatsapp/console-guard.ts'
import { linkedCreds } from '../support/whatsapp/linked-creds.ts'

guardConsole()
const silence = () => undefined
const logger = {
  level: 'silent',
  child: () => logger,
  trace: silence,
  debug: silence,
  info: silence,
  warn: silence,
  error: silence,
}

const kept = new Map<string, unknown>()
const keys: SignalKeyStore = {
  get: <T extends keyof SignalDataTypeMap>(kind: T, ids: string[]) => {
    const found = ids.map((id) => [id, kept.get(`${kind} ${id}`)])
    return Object.fromEntries(found.filter(([, value]) => value !== undefined))
  },
  set: (data) => {
    for (const [kind, byId] of Object.entries(data)) {
      for (const [id, value] of Object.entries(byId ?? {})) kept.set(`${kind} ${id}`, value)
    }
  },
}

const socket = makeWASocket({
  logger,
  waWebSocketUrl: process.env.WHATSAPP_WS_URL ?? '',
  auth: { creds: linkedCreds() as unknown as AuthenticationCreds, keys },
  shouldSyncHistoryMessage: () => false,
  markOnlineOnConnect: false,
  emitOwnEvents: false,
})
// As they are emitted: the client's own buffer would hold each for a tenth of a second.
const emit = socket.ev.emit.bind(socket.ev)
socket.ev.emit = (event, told) => {
  if (event === 'messages.upsert') sayBack((told as BaileysEventMap['messages.upsert']).messages)
  return emit(event, told)
}
socket.ev.on('connection.update', ({ connection }) => {
  // The words by which a program is known to run.
  if (connection === 'open') process.stderr.write('Sapa Desa siap\n')
})

function sayBack(messages: WAMessage[]) {
  for (const { key, message } of messages) {
    const text = message?.conversation ?? message?.extendedTextMessage?.text
    if (!key.remoteJid || key.fromMe || !text) continue
    void socket.sendMessage(key.remoteJid, { text: `Gema: ${text}`, linkPreview: null })
  }
}
