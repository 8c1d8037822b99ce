// WhatsApp's message → one inbound message, or nothing. Pure, and total: nothing makes it throw.
import { z } from 'zod'
import type { Inbound, InboundKind } from '../../core/message.ts'

/** A message somebody sent to this bot, and the other id of the sender where WhatsApp tells it. */
export interface Decoded {
  inbound: Inbound
  alsoKnownAs?: string
}

const shape = z.looseObject({
  key: z.looseObject({
    remoteJid: z.string(),
    remoteJidAlt: z.string().nullish(),
    fromMe: z.boolean().nullish(),
    id: z.string(),
  }),
  // The client's own objects are no plain ones.
  message: z.unknown().optional(),
  messageTimestamp: z.unknown().optional(),
  messageStubType: z.unknown().optional(),
})

/** Wrappers that hold the message itself; several may stand in each other. */
const wrappers = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'editedMessage',
  'associatedChildMessage',
  'groupMentionedMessage',
  'botInvokeMessage',
  'lottieStickerMessage',
]
const deepestWrapper = 6

/** What stands beside the content of a message, or is none: nobody said anything with it. */
const asides = [
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'reactionMessage',
  'encReactionMessage',
  'pollUpdateMessage',
  'encCommentMessage',
  'encEventResponseMessage',
  'secretEncryptedMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'albumMessage',
  'call',
  'placeholderMessage',
  'messageHistoryNotice',
  'stickerSyncRmrMessage',
]

const kindsByPart = new Map<string, InboundKind>([
  ['imageMessage', 'photo'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['audioMessage', 'voice'],
  ['stickerMessage', 'sticker'],
  ['stickerPackMessage', 'sticker'],
  ['locationMessage', 'location'],
  ['liveLocationMessage', 'location'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['documentMessage', 'document'],
])

/** Where the words stand in the parts that have any. */
const wordsByPart = new Map<string, string[]>([
  ['conversation', []],
  ['extendedTextMessage', ['text']],
  ['buttonsResponseMessage', ['selectedDisplayText']],
  ['templateButtonReplyMessage', ['selectedDisplayText']],
  ['listResponseMessage', ['title']],
  ['interactiveResponseMessage', ['body', 'text']],
])

/** WhatsApp's number for a change of an earlier message. */
const editType = 14

/** The person's own id: no device number, one form of the server's name; undefined for the rest. */
export function normaliseId(id: string): string | undefined {
  const found = /^(\d{5,20})(?:_\d+)?(?::\d+)?@(s\.whatsapp\.net|c\.us|lid)$/.exec(id)
  if (!found) return undefined
  return `${found[1]}@${found[2] === 'lid' ? 'lid' : 's.whatsapp.net'}`
}

/**
 * Reads one message of a chat between a person and this bot, whether it came live or was queued;
 * null for everything else. `receivedAt` stands in for a moment that makes no sense.
 */
export function decode(message: unknown, receivedAt: Date): Decoded | null {
  const parsed = shape.safeParse(message)
  if (!parsed.success) return null
  const { key, message: content, messageTimestamp } = parsed.data
  const address = normaliseId(key.remoteJid)
  if (address === undefined || key.fromMe || !/^[\w.:-]{1,200}$/.test(key.id)) return null
  const found = partOf({ content }, 'content')
  const said = found ? readContent(found) : null
  if (!said) return null
  const at = momentOf(messageTimestamp, receivedAt).toISOString()
  const inbound: Inbound = { channel: 'whatsapp', address, externalId: key.id, ...said, at }
  const other = normaliseId(key.remoteJidAlt ?? '')
  return other && other !== address ? { inbound, alsoKnownAs: other } : { inbound }
}

/**
 * The sender of a message that arrived but could not be opened: the
 * client asks for it again by itself, and it comes with the same id.
 */
export function decodeUnread(message: unknown): { address: string; id: string } | null {
  const parsed = shape.safeParse(message)
  if (!parsed.success || parsed.data.messageStubType !== ciphertextStub) return null
  const { key } = parsed.data
  const address = normaliseId(key.remoteJid)
  return address === undefined || key.fromMe ? null : { address, id: key.id }
}

/** WhatsApp's number for a message that could not be decrypted. */
const ciphertextStub = 2

type Said = Pick<Inbound, 'kind' | 'words'>

function readContent(content: Record<string, unknown>): Said | null {
  const { inner, isEdited } = unwrap(content)
  const protocol = partOf(inner, 'protocolMessage')
  if (protocol) return protocol.type === editType ? { kind: 'edited', words: '' } : null
  const names = Object.keys(inner).filter((name) => isThere(inner[name]) && !asides.includes(name))
  if (names.length === 0) return null
  if (isEdited) return { kind: 'edited', words: '' }
  const text = names.map((name) => wordsIn(inner, name)).find((words) => words !== undefined)
  if (text !== undefined) return { kind: 'text', words: clean(text) }
  const kind = names.map((name) => kindsByPart.get(name)).find((one) => one !== undefined)
  return { kind: kind ?? 'other', words: '' }
}

function unwrap(content: Record<string, unknown>) {
  let inner = content
  let isEdited = false
  for (let depth = 0; depth < deepestWrapper; depth++) {
    const name = wrappers.find((wrapper) => partOf(partOf(inner, wrapper) ?? {}, 'message'))
    if (name === undefined) break
    isEdited ||= name === 'editedMessage'
    inner = partOf(partOf(inner, name) ?? {}, 'message') ?? {}
  }
  return { inner, isEdited }
}

function wordsIn(content: Record<string, unknown>, name: string): string | undefined {
  const path = wordsByPart.get(name)
  if (!path) return undefined
  let found: unknown = content[name]
  for (const step of path) found = partOf({ part: found }, 'part')?.[step]
  return typeof found === 'string' ? found : undefined
}

function partOf(content: Record<string, unknown>, name: string): Record<string, unknown> | null {
  const part = Object.hasOwn(content, name) ? content[name] : undefined
  return typeof part === 'object' && part !== null ? (part as Record<string, unknown>) : null
}

/** The client's own objects have every part; most are empty. */
function isThere(part: unknown): boolean {
  return part !== null && part !== undefined && part !== ''
}

function clean(words: string): string {
  return words.replaceAll('\u0000', '').normalize('NFC')
}

const lastSecond = 253_402_300_799

/** Seconds since 1970, as a number, as text, or in two halves as the client has them. */
function momentOf(stamp: unknown, receivedAt: Date): Date {
  const halves = z.object({ low: z.number(), high: z.number() }).safeParse(stamp)
  const seconds = halves.success
    ? halves.data.high * 2 ** 32 + (halves.data.low >>> 0)
    : Number(typeof stamp === 'string' || typeof stamp === 'number' ? stamp : Number.NaN)
  const makesSense = Number.isInteger(seconds) && seconds > 0 && seconds <= lastSecond
  return makesSense ? new Date(seconds * 1000) : receivedAt
}
