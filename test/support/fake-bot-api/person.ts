// A person at the other end of the fake: what they do, and what they see.
import type { CallbackQuery, Contact } from 'grammy/types'
import type { Chat, ChatMessage, Message, Update } from './types.ts'
import type { World } from './world.ts'

/** One message of the bot as the person sees it now. */
export interface Reply {
  messageId: number
  text: string
  /** The name of a file that came with it. */
  file?: string
  /** Labels of the buttons under it. */
  choices: string[]
  /** Labels of the keyboard that it opened in place of the letters. */
  keys: string[]
  /** Milliseconds of Date.now(). */
  at: number
}

type KeyButton = string | { text: string; request_contact?: boolean }

/** One person in a private chat with the bot. All of it is invented. */
export class Person {
  readonly id: number
  private readonly world: World
  private readonly chat: Chat

  constructor(world: World, id: number) {
    this.world = world
    this.id = id
    this.chat = world.open(id, 'private')
  }

  /** The number of this person; nobody has it. */
  get phone(): string {
    return `62800${String(this.id).padStart(8, '0')}`
  }

  /** Types and sends words. */
  say(text: string): Update {
    const length = /^\/\w+/.exec(text)?.[0].length
    const command = { type: 'bot_command' as const, offset: 0, length: length ?? 0 }
    return this.send(length === undefined ? { text } : { text, entities: [command] })
  }

  /** Opens the bot, perhaps through a link with a payload. */
  start(payload = ''): Update {
    return this.say(`/start ${payload}`.trim())
  }

  /**
   * Presses what is shown: a button under a message, or a key of the newest keyboard. Throws when
   * it is not there. With `messageId` the keyboard is as it was sent: an old screen.
   */
  press(label: string, messageId?: number): Update {
    const key = this.keyboard().find((button) => labelOf(button) === label)
    if (key !== undefined && messageId === undefined) {
      return typeof key === 'object' && key.request_contact ? this.shareContact() : this.say(label)
    }
    for (const kept of this.fromBot().reverse()) {
      if (messageId !== undefined && kept.message.message_id !== messageId) continue
      const data = buttonsOf(
        messageId === undefined ? kept.message.reply_markup : kept.sentMarkup,
      ).find(({ text }) => text === label)?.callback_data
      if (data !== undefined) return this.pressData(data, kept.message)
    }
    const offered = this.replies().flatMap(({ choices, keys }) => [...choices, ...keys])
    throw new Error(`no button "${label}" among: ${offered.join(' | ')}`)
  }

  /** Sends one's own card with the platform's button, or somebody else's from the address book. */
  shareContact(whose: 'own' | 'foreign' = 'own', changes: Partial<Contact> = {}): Update {
    const id = whose === 'own' ? this.id : this.id + 1
    const phone = whose === 'own' ? this.phone : `62800${String(id).padStart(8, '0')}`
    const card = { phone_number: phone, first_name: `Orang ${id}`, user_id: id }
    return this.send({ contact: { ...card, ...changes } })
  }

  /** Sends a picture; an album when it has a `media_group_id`. */
  photo(album?: { media_group_id: string; caption?: string }): Update {
    const file = this.world.addFile('photo.jpg', new Uint8Array([0xff, 0xd8, 0xff]))
    const size = { file_id: file.fileId, file_unique_id: `u-${file.fileId}` }
    return this.send({ photo: [{ ...size, width: 90, height: 60 }], ...album })
  }

  /** Sends a file, e.g. to be fetched with getFile; `sizeBytes` may be a lie. */
  document(name: string, content: Uint8Array, sizeBytes?: number): Update {
    const file = this.world.addFile(name, content, sizeBytes)
    const ids = { file_id: file.fileId, file_unique_id: `u-${file.fileId}` }
    return this.send({ document: { ...ids, file_name: name, file_size: file.size } })
  }

  voice(): Update {
    const ids = { file_id: 'voice', file_unique_id: 'u-voice' }
    return this.send({ voice: { ...ids, duration: 4, mime_type: 'audio/ogg' } })
  }

  sticker(): Update {
    const ids = { file_id: 'sticker', file_unique_id: 'u-sticker' }
    const look = { type: 'regular' as const, is_animated: false, is_video: false }
    return this.send({ sticker: { ...ids, ...look, width: 512, height: 512 } })
  }

  location(): Update {
    return this.send({ location: { latitude: -3.3, longitude: 114.6 } })
  }

  /** Changes the last thing that this person wrote. */
  edit(text: string): Update {
    const own = [...this.chat.messages.values()].filter(({ isFromBot }) => !isFromBot)
    const last = own.findLast(({ message }) => message.text !== undefined)
    if (!last) throw new Error('nothing to edit')
    Object.assign(last.message, { text, edit_date: Math.floor(Date.now() / 1_000) })
    return this.push({ edited_message: last.message as Update['edited_message'] })
  }

  /** Sends any content, e.g. `{ dice: … }`. */
  send(content: Partial<Message>): Update {
    const message = this.world.add(this.chat, content, false) as Update['message']
    return this.push({ message })
  }

  /** Blocks the bot, or lets it write again. */
  block(isBlocked = true): void {
    this.chat.isBlocked = isBlocked
    const user = { id: this.id, is_bot: false, first_name: `Orang ${this.id}` }
    const left = { status: isBlocked ? 'kicked' : 'member', user: this.world.bot }
    const membership = {
      chat: { id: this.id, type: 'private', first_name: user.first_name },
      from: user,
      date: Math.floor(Date.now() / 1_000),
      old_chat_member: { ...left, status: isBlocked ? 'member' : 'kicked' },
      new_chat_member: left,
    }
    this.push({ my_chat_member: membership } as Omit<Update, 'update_id'>)
  }

  /** What the bot wrote here, oldest first, from the `since`-th message on. */
  replies(since = 0): Reply[] {
    return this.fromBot().slice(since).map(seen)
  }

  /** Waits until the bot wrote `count` messages after the first `since`, and returns those. */
  async waitForReplies(count: number, since = 0, timeoutMs = 60_000): Promise<Reply[]> {
    await this.world.waitUntil(
      () => this.replies(since).length >= count,
      () => `${this.replies(since).length} of ${count} replies after ${timeoutMs} ms`,
      timeoutMs,
    )
    return this.replies(since)
  }

  private pressData(data: string, message: Message): Update {
    const from = { id: this.id, is_bot: false, first_name: `Orang ${this.id}` }
    const shown = structuredClone(message)
    const query = { id: this.world.addQuery().id, from, chat_instance: String(this.id), data }
    return this.push({ callback_query: { ...query, message: shown } as CallbackQuery })
  }

  /** A copy goes out: what arrived does not change when the chat does. */
  private push(content: Omit<Update, 'update_id'>): Update {
    return this.world.updates.push(structuredClone(content))
  }

  /** What this person wrote and still stands in the chat. */
  ownWords(): string[] {
    const all = [...this.chat.messages.values()]
    const own = all.filter(({ isFromBot, isDeleted }) => !isFromBot && !isDeleted)
    return own.map(({ message }) => message.text ?? '')
  }

  private fromBot(): ChatMessage[] {
    const all = [...this.chat.messages.values()]
    return all.filter(({ isFromBot, isDeleted }) => isFromBot && !isDeleted)
  }

  /** A keyboard in place of the letters stays until another comes or it is removed. */
  private keyboard(): KeyButton[] {
    const opened = this.fromBot().findLast(
      ({ sentMarkup }) =>
        hasField(sentMarkup, 'keyboard') || hasField(sentMarkup, 'remove_keyboard'),
    )
    return opened ? keysOf(opened.sentMarkup) : []
  }
}

function seen({ message, sentMarkup, at }: ChatMessage): Reply {
  return {
    messageId: message.message_id,
    text: message.text ?? message.caption ?? '',
    ...(message.document?.file_name && { file: message.document.file_name }),
    choices: buttonsOf(message.reply_markup).map(({ text }) => text),
    keys: keysOf(sentMarkup).map(labelOf),
    at,
  }
}

function hasField(markup: unknown, field: string): boolean {
  return typeof markup === 'object' && markup !== null && field in markup
}

function buttonsOf(markup: unknown): { text: string; callback_data?: string }[] {
  if (!hasField(markup, 'inline_keyboard')) return []
  return (markup as { inline_keyboard: { text: string }[][] }).inline_keyboard.flat()
}

function keysOf(markup: unknown): KeyButton[] {
  if (!hasField(markup, 'keyboard')) return []
  return (markup as { keyboard: KeyButton[][] }).keyboard.flat()
}

function labelOf(key: KeyButton): string {
  return typeof key === 'string' ? key : key.text
}
