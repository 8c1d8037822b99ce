// The real client behind the port: the only file that imports Baileys, loaded when it is needed.
import { createHash } from 'node:crypto'
import makeWASocket, {
  type AnyMessageContent,
  type AuthenticationCreds,
  generateWAMessageContent,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
  type UserFacingSocketConfig,
  type WASocket,
} from '@whiskeysockets/baileys'
import { takePrintedCount } from './console-guard.ts'
import { normaliseId } from './decode.ts'
import { listenTo } from './events.ts'
import type { WaAuth, WaContent, WaOpening, WaSocket } from './port.ts'

/** Baileys' own logger would tell everything: it stays silent, whatever happens. */
const silence = () => undefined
const silent = {
  level: 'silent',
  child: () => silent,
  trace: silence,
  debug: silence,
  info: silence,
  warn: silence,
  error: silence,
}

const usualKeepAliveMs = 15_000
const queryMs = 20_000
/** A server that does not answer the goodbye is not waited for. */
const goodbyeMs = 1_000

/** Connects to WhatsApp, or to the server at `url`. */
export async function openBaileys(opening: WaOpening): Promise<WaSocket> {
  const creds = (opening.auth.creds as AuthenticationCreds | undefined) ?? initAuthCreds()
  const socket: WASocket = makeWASocket({
    ...settings,
    ...(opening.url && { waWebSocketUrl: opening.url }),
    keepAliveIntervalMs: opening.keepAliveMs ?? usualKeepAliveMs,
    auth: { creds, keys: makeCacheableSignalKeyStore(keysOf(opening.auth), silent) },
    getMessage: async ({ id }) => {
      const content = id ? await opening.findSent(id) : undefined
      const upload = socket.waUploadToServer
      return content && generateWAMessageContent(toBaileys(content), { upload, logger: silent })
    },
  })
  guardWire(socket, opening.mayWrite)
  const credsKept = keepCreds(socket, opening)
  let isOurs = true
  listenTo(socket, opening.listener, () => {
    opening.log.info({ channel: 'whatsapp', count: takePrintedCount() }, 'kept off the terminal')
    return isOurs
  })
  return {
    identity: createHash('sha256').update(creds.noiseKey.public).digest('hex'),
    send: async (to, content, messageId) => {
      await socket.sendMessage(to, toBaileys(content), { messageId })
      await credsKept()
    },
    showTyping: (to, isTyping) => socket.sendPresenceUpdate(isTyping ? 'composing' : 'paused', to),
    rejectCall: (id, from) => socket.rejectCall(id, from),
    requestPairingCode: (phone) => socket.requestPairingCode(phone),
    findPhoneId: async (lid) => {
      const found = await socket.signalRepository.lidMapping.getPNForLID(lid)
      return normaliseId(found ?? '')
    },
    close: async () => {
      isOurs = false
      await socket.end(undefined)
      await credsKept()
    },
  }
}

const settings = {
  logger: silent,
  syncFullHistory: false,
  shouldSyncHistoryMessage: () => false,
  markOnlineOnConnect: false,
  emitOwnEvents: false,
  generateHighQualityLinkPreview: false,
  defaultQueryTimeoutMs: queryMs,
  // Whoever may not write any more must not try for half a minute.
  transactionOpts: { maxCommitRetries: 4, delayBetweenTriesMs: 1_000 },
  shouldIgnoreJid: (id: string) => id.endsWith('@broadcast') || /@(g\.us|newsletter)$/.test(id),
} satisfies Partial<UserFacingSocketConfig>

/** The key kind that the client wants back as an object of its own. */
const syncKey = 'app-state-sync-key'

function keysOf(auth: WaAuth): SignalKeyStore {
  return {
    get: async <T extends keyof SignalDataTypeMap>(kind: T, ids: string[]) => {
      const found = await auth.readKeys(kind, ids)
      if (kind === syncKey) {
        for (const [id, value] of Object.entries(found)) {
          const plain = value as Record<string, unknown>
          found[id] = proto.Message.AppStateSyncKeyData.fromObject(plain)
        }
      }
      return found as { [id: string]: SignalDataTypeMap[T] }
    },
    set: (data: SignalDataSet) =>
      auth.write({ keys: data as Record<string, Record<string, unknown>> }),
  }
}

/** Writes the account's own keys whenever they change, one after the other, until it worked. */
function keepCreds(socket: WASocket, { auth, mayWrite }: WaOpening): () => Promise<void> {
  let isChanged = false
  let keeping = Promise.resolve()
  async function keep(): Promise<void> {
    while (isChanged && mayWrite()) {
      isChanged = false
      await auth.write({ creds: socket.authState.creds }).catch(async () => {
        isChanged = true
        await new Promise((resolve) => setTimeout(resolve, 500))
      })
    }
  }
  const change = () => {
    isChanged = true
    keeping = keeping.then(keep)
  }
  socket.ev.on('creds.update', change)
  // A new identity is kept before anything else: keys without it would be of no use.
  if (!auth.creds) change()
  return () => keeping
}

/**
 * Asks before each write to the network, in the same tick: a process that was frozen goes on in the
 * middle of whatever it did, long after another took over.
 */
function guardWire(socket: WASocket, mayWrite: () => boolean): void {
  const client = socket.ws as unknown as { socket: Wire | null }
  const wire = client.socket
  if (!wire) return
  const write = wire.send.bind(wire)
  wire.send = (data, done) => {
    if (mayWrite()) return write(data, done)
    wire.terminate()
    done?.(new Error('another process owns the number'))
  }
  const close = socket.ws.close.bind(socket.ws)
  socket.ws.close = () => {
    // Not even a goodbye from whoever lost the number.
    if (mayWrite()) setTimeout(() => wire.terminate(), goodbyeMs).unref()
    else wire.terminate()
    return close()
  }
}

/** What is used of the web socket below the client. */
interface Wire {
  send(data: Uint8Array, done?: (error?: Error) => void): void
  terminate(): void
}

function toBaileys({ text, attached }: WaContent): AnyMessageContent {
  // No preview: the client would fetch every address that stands in a text.
  if (!attached) return { text, linkPreview: null }
  const { kind, name, mime, bytes } = attached
  const caption = text === '' ? {} : { caption: text }
  // An empty preview is one that need not be made: the libraries for it are not there.
  if (kind === 'picture') return { image: bytes, jpegThumbnail: '', ...caption }
  return { document: bytes, fileName: name, mimetype: mime, ...caption }
}
