// Everything the fake Telegram remembers: chats, messages, files, presses, updates.
import type { Markup } from './check.ts'
import { findInteger } from './check.ts'
import {
  ApiError,
  badRequest,
  type Chat,
  type ChatMessage,
  type Message,
  type Params,
  type Query,
  type StoredFile,
} from './types.ts'
import { Updates } from './updates.ts'

/** How long a press may wait for its answer, in milliseconds. */
const queryLifeMs = 30_000

/** The state behind all methods. */
export class World {
  readonly bot = { id: 700_000_001, is_bot: true, first_name: 'Sapa', username: 'sapa_fake_bot' }
  readonly chats = new Map<number, Chat>()
  readonly files = new Map<string, StoredFile>()
  readonly fetched: string[] = []
  readonly queries = new Map<string, Query>()
  readonly updates: Updates
  commands: unknown
  private nextMessageId = 1
  private nextFile = 1
  private listeners = new Set<() => void>()

  constructor(firstUpdateId: number) {
    this.updates = new Updates(firstUpdateId, () => this.changed())
  }

  /** The chat, made if new: from then on the bot may write to it. */
  open(id: number, type: Chat['type']): Chat {
    const chat = this.chats.get(id) ?? {
      id,
      type,
      messages: new Map<number, ChatMessage>(),
      isBlocked: false,
      hasLeft: false,
    }
    this.chats.set(id, chat)
    return chat
  }

  /** The chat that a method means, or Telegram's refusal. */
  chatOf(params: Params): Chat {
    if (params.chat_id === undefined || params.chat_id === '') throw badRequest('chat_id is empty')
    const chat = this.chats.get(findInteger(params, 'chat_id') ?? 0)
    if (!chat) throw badRequest('chat not found')
    if (chat.isBlocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user')
    if (chat.hasLeft) throw new ApiError(403, 'Forbidden: bot is not a member of the group chat')
    return chat
  }

  /** Puts a message into a chat and gives it its id. */
  add(chat: Chat, content: Partial<Message>, isFromBot: boolean, markup?: Markup): Message {
    const at = Date.now()
    const owner = { id: chat.id, first_name: `Orang ${chat.id}` }
    const shown = markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {}
    const message = {
      message_id: this.nextMessageId,
      date: Math.floor(at / 1_000),
      chat:
        chat.type === 'private' ? { ...owner, type: 'private' } : { id: chat.id, type: 'group' },
      from: isFromBot ? this.bot : { ...owner, is_bot: false, language_code: 'id' },
      ...content,
      ...shown,
    } as Message
    this.nextMessageId += 1
    const kept = { message, isFromBot, at, sentMarkup: markup, isDeleted: false }
    chat.messages.set(message.message_id, kept)
    this.changed()
    return message
  }

  /** The bot's own message that an edit means, or Telegram's refusal. */
  editable(params: Params): ChatMessage {
    const kept = this.chatOf(params).messages.get(findInteger(params, 'message_id') ?? 0)
    if (!kept || kept.isDeleted) throw badRequest('message to edit not found')
    const markup = kept.sentMarkup
    const hasReplyKeyboard = markup !== undefined && !('inline_keyboard' in (markup as object))
    if (!kept.isFromBot || hasReplyKeyboard) throw badRequest("message can't be edited")
    return kept
  }

  /** Keeps a file; `size` may lie, to try the 20 MB limit. */
  addFile(name: string, content: Uint8Array, size = content.byteLength): StoredFile {
    const file = { fileId: `file-${this.nextFile}`, name, content, size }
    this.nextFile += 1
    this.files.set(file.fileId, file)
    return file
  }

  /** A press that the bot has not answered yet. */
  addQuery(): Query {
    const query = { id: String(9_000_000 + this.queries.size), isOver: false }
    this.queries.set(query.id, query)
    setTimeout(() => {
      query.isOver = true
    }, queryLifeMs).unref()
    return query
  }

  /** Says that something is new in a chat. */
  changed(): void {
    for (const listener of this.listeners) listener()
  }

  /** Resolves as soon as `holds` does; rejects with `what` after the time. */
  waitUntil(holds: () => boolean, what: () => string, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer)
        this.listeners.delete(look)
        settle()
      }
      const look = () => {
        if (holds()) end(resolve)
      }
      const timer = setTimeout(() => end(() => reject(new Error(what()))), timeoutMs)
      this.listeners.add(look)
      look()
    })
  }
}
