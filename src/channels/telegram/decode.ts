// Telegram's update → one inbound message, or nothing. Pure, and total: no update makes it throw.
import { z } from 'zod'
import { writeSentFile } from '../../core/answers/document.ts'
import type { Inbound, InboundKind } from '../../core/message.ts'

const user = z.object({ id: z.int(), is_bot: z.boolean().optional() })
const chat = z.object({ id: z.int(), type: z.string() })
/** Seconds since 1970, up to the last second of the year 9999. */
const moment = z.int().min(0).max(253_402_300_799)
const message = z.looseObject({
  message_id: z.int(),
  date: moment,
  edit_date: moment.optional(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  media_group_id: z.string().optional(),
  document: z.looseObject({ file_id: z.string(), file_name: z.string().optional() }).optional(),
  contact: z.looseObject({ phone_number: z.string(), user_id: z.int().optional() }).optional(),
})
const press = z.object({
  from: user,
  message: z.object({ chat }).optional(),
  data: z.string().optional(),
})
const shape = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: press.optional(),
})

type Message = z.infer<typeof message>
type Press = z.infer<typeof press>

/** What this channel asks Telegram for; everything else is never sent to the bot. */
export const wantedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const

/** First match wins: an animation carries a document too, a venue carries a location. */
const kindsByField: [field: string, kind: InboundKind][] = [
  ['photo', 'photo'],
  ['live_photo', 'photo'],
  ['animation', 'video'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['sticker', 'sticker'],
  ['venue', 'location'],
  ['location', 'location'],
  ['document', 'document'],
]

/** Telegram tells these about a private chat by itself: nobody said anything. */
const serviceFields = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'connected_website',
  'chat_background_set',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
]

/**
 * Reads one update of a private chat; null for everything a person did not say to this bot.
 * `receivedAt` stands in for a press's moment, which Telegram does not tell.
 */
export function decode(update: unknown, receivedAt: Date): Inbound | null {
  const parsed = shape.safeParse(update)
  if (!parsed.success) return null
  const { update_id, message, edited_message, callback_query } = parsed.data
  const externalId = `u${update_id}`
  if (callback_query) return fromPress(callback_query, externalId, receivedAt)
  const said = message ?? edited_message
  if (!said || !isPrivate(said)) return null
  if (edited_message && !message) return inbound(said, externalId, 'edited', '')
  return fromMessage(said, externalId)
}

function isPrivate({ chat, from }: Message): boolean {
  return chat.type === 'private' && from !== undefined && from.is_bot !== true
}

function fromPress(press: Press, externalId: string, receivedAt: Date): Inbound | null {
  if (press.data === undefined || press.message?.chat.type !== 'private') return null
  const address = String(press.message.chat.id)
  const at = receivedAt.toISOString()
  return { channel: 'telegram', address, externalId, kind: 'press', words: press.data, at }
}

function fromMessage(said: Message, externalId: string): Inbound | null {
  if (said.text !== undefined) return fromText(said, said.text, externalId)
  if (said.contact) return fromContact(said, said.contact.phone_number, externalId)
  if (serviceFields.some((field) => field in said)) return null
  const kind = kindsByField.find(([field]) => field in said)?.[1] ?? 'other'
  // An album is one event to the person: its pictures share one id, so that the repeats fall away.
  const album = said.media_group_id === undefined ? externalId : `g${said.media_group_id}`
  const words = kind === 'document' && said.document ? wordsOfFile(said.document) : ''
  return inbound(said, album, kind, words)
}

function wordsOfFile({ file_id, file_name }: NonNullable<Message['document']>): string {
  return writeSentFile({ handle: file_id, name: file_name ?? '' })
}

/** The message itself that an external id of a text stands for; undefined for other ids. */
export function findMessageId(externalId: string): number | undefined {
  const [, id] = /^u\d+\.(\d+)$/.exec(externalId) ?? []
  return id === undefined ? undefined : Number(id)
}

function fromText(said: Message, text: string, updateId: string): Inbound {
  // With the number of the message, so that a NIK can be deleted from the chat once it was read.
  const externalId = `${updateId}.${said.message_id}`
  const start = /^\/start(?:@\w+)?(?:\s+(.*))?$/is.exec(text)
  if (start) return inbound(said, externalId, 'start', (start[1] ?? '').trim())
  return inbound(said, externalId, 'text', text.replace(/^(\/\w+)@\w+/, '$1'))
}

/**
 * Only a card that names its own sender, sent first-hand, proves a number: a forwarded card or one
 * that another bot made could carry any number.
 */
function fromContact(said: Message, phone: string, externalId: string): Inbound {
  const digits = phone.replace(/\D/g, '')
  const isOwn = said.contact?.user_id !== undefined && said.contact.user_id === said.from?.id
  const isFirstHand = !('forward_origin' in said) && !('via_bot' in said)
  if (!isOwn || !isFirstHand || digits === '') return inbound(said, externalId, 'contact', '')
  return inbound(said, externalId, 'phone', `+${digits}`)
}

function inbound(said: Message, externalId: string, kind: InboundKind, words: string): Inbound {
  const at = new Date((said.edit_date ?? said.date) * 1000).toISOString()
  return { channel: 'telegram', address: String(said.chat.id), externalId, kind, words, at }
}
