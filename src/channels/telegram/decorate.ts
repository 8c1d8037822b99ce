// Calls that only make the chat nicer. Each may fail, be late or be left out without harm.
import type { Api } from 'grammy'
import type { BotCommand, CallbackQuery, Update } from 'grammy/types'
import { findMessageId } from './decode.ts'

/** Beyond this many under way, nicety gives way to the messages themselves. */
const maxUnderWay = 50
/** An answer that takes longer than this is worth a "typing …". */
const typingAfterMs = 800
const maxText = 4_096

/** Everything that decorates; nothing in here throws. */
export interface Decorations {
  /** Offers the commands menu. */
  offerCommands(commands: readonly BotCommand[]): void
  /** Learns under which name people find the bot, once. */
  learnName(): void
  /** That name without `@`; undefined until it was learned. */
  name(): string | undefined
  /** Answers the presses, takes used keyboards away, leaves groups. */
  afterKept(updates: Update[]): void
  /** Shows "typing …" at this chat unless a message goes there soon. */
  typingSoon(address: string): void
  /** Deletes from the chat what the person wrote there. */
  deleteRead(address: string, externalId: string): void
  /** A message goes to this chat now. */
  answered(address: string): void
  /** Resolves when nothing is under way. */
  finish(): Promise<void>
}

type Run = (call: () => Promise<unknown>) => void

/** The name of the bot, asked for until Telegram has told it. */
function naming(api: Api, run: Run): Pick<Decorations, 'learnName' | 'name'> {
  let name: string | undefined
  return {
    learnName: () => {
      if (name !== undefined) return
      run(async () => {
        name = (await api.getMe()).username
      })
    },
    name: () => name,
  }
}

/** Makes the decorations of one token; `mayCall` says whether Telegram wants calls at all now. */
export function createDecorations(api: Api, mayCall: () => boolean): Decorations {
  const underWay = new Set<Promise<unknown>>()
  const typing = new Map<string, NodeJS.Timeout>()

  function run(call: () => Promise<unknown>): void {
    if (underWay.size >= maxUnderWay || !mayCall()) return
    const running: Promise<unknown> = call()
      .catch(() => undefined)
      .finally(() => underWay.delete(running))
    underWay.add(running)
  }
  function answered(address: string): void {
    clearTimeout(typing.get(address))
    typing.delete(address)
  }
  return {
    offerCommands: (commands) => run(() => api.setMyCommands(commands)),
    ...naming(api, run),
    afterKept: (updates) => {
      for (const update of updates) decorate(api, update, run)
    },
    typingSoon: (address) => {
      answered(address)
      const timer = setTimeout(() => {
        typing.delete(address)
        run(() => api.sendChatAction(Number(address), 'typing'))
      }, typingAfterMs)
      typing.set(address, timer.unref())
    },
    deleteRead: (address, externalId) => {
      const id = findMessageId(externalId)
      if (id !== undefined) run(() => api.deleteMessage(Number(address), id))
    },
    answered,
    finish: async () => {
      for (const address of typing.keys()) answered(address)
      await Promise.all(underWay)
    },
  }
}

function decorate(api: Api, update: Update, run: (call: () => Promise<unknown>) => void): void {
  const { callback_query: press, my_chat_member: membership, message } = update
  if (press) {
    run(() => api.answerCallbackQuery(press.id))
    if (press.message?.chat?.type === 'private') run(() => closeKeyboard(api, press))
  }
  // The bot talks to one person at a time: whoever adds
  // it to a group meant well, but others read along.
  const chat = membership?.chat ?? message?.chat
  const isMember = membership ? membership.new_chat_member?.status === 'member' : true
  if (chat && /group/.test(chat.type) && isMember) run(() => api.leaveChat(chat.id))
}

/** The used keyboard goes, and what was chosen stays to be read. */
async function closeKeyboard(api: Api, press: CallbackQuery): Promise<void> {
  const { message, data } = press
  if (!message) return
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? []
  const chosen = buttons.find(
    (button) => 'callback_data' in button && button.callback_data === data,
  )
  const text = chosen && message.text && `${message.text}\n\n✓ ${chosen.text}`
  if (text && text.length <= maxText) {
    const options = { link_preview_options: { is_disabled: true } }
    await api.editMessageText(message.chat.id, message.message_id, text, options)
  } else {
    await api.editMessageReplyMarkup(message.chat.id, message.message_id)
  }
}
