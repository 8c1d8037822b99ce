// Sends messages: inside the limits, with the picture or file that goes with them.
import { type Api, InputFile } from 'grammy'
import type { Outbound } from '../../core/message.ts'
import { must } from '../../core/must.ts'
import { type Attachments, findAttached } from '../attached.ts'
import type { Decorations } from './decorate.ts'
import { encode, type Markup, maxCaption } from './encode.ts'
import { retryAfterMs, toSendError } from './errors.ts'
import type { Limiter } from './limiter.ts'

/** What sending needs. */
export interface SendOptions extends Attachments {
  api: Api
  limiter: Limiter
  decorations: Decorations
  sharePhoneLabel?: string
}

/**
 * Sends one message at a time to an address; messages
 * to many addresses may be under way at once.
 */
export function createSending(options: SendOptions) {
  const { limiter, decorations } = options
  // Files that Telegram already has: nobody's data is spent twice.
  const known = new Map<string, string>()
  const underWay = new Set<Promise<unknown>>()

  async function send(address: string, message: Outbound): Promise<string> {
    if (message.deletes) decorations.deleteRead(address, message.deletes)
    const parts = await partsOf(message, options, known)
    let id = ''
    for (const part of parts) {
      const answered = await limiter.enter(address)
      try {
        decorations.answered(address)
        id = await part(Number(address))
      } catch (error) {
        limiter.pause(retryAfterMs(error) ?? 0)
        throw toSendError(error)
      } finally {
        answered()
      }
    }
    return id
  }
  return {
    /** Resolves with the id of the message that carries the words. Throws SendError. */
    send: (address: string, message: Outbound): Promise<string> => {
      const sending = send(address, message)
      const settled: Promise<unknown> = sending
        .catch(() => undefined)
        .finally(() => underWay.delete(settled))
      underWay.add(settled)
      return sending
    },
    /** Resolves when nothing is under way. */
    finish: async (): Promise<void> => {
      await Promise.all(underWay)
    },
  }
}

/** One call to Telegram; resolves with the id of its message. */
type Part = (chatId: number) => Promise<string>
type UnderPicture = { caption?: string; reply_markup?: Markup }

/** A message is one call, unless its words are too long to stand under its picture. */
async function partsOf(
  message: Outbound,
  options: SendOptions,
  known: Map<string, string>,
): Promise<Part[]> {
  const { api } = options
  const { text, markup } = encode(message, options.sharePhoneLabel)
  const under = markup ? { reply_markup: markup } : {}
  const words: Part = async (chatId) => {
    const shown = { ...under, link_preview_options: { is_disabled: true } }
    return String((await api.sendMessage(chatId, text, shown)).message_id)
  }
  const found = await findAttached(options, message)
  if (!found) return [words]
  const { name, sharedAs } = found
  const upload = () => (sharedAs && known.get(sharedAs)) || new InputFile(found.bytes, name)
  const attach = found.kind === 'file' ? sendDocument : sendPhoto
  const attached =
    (under: UnderPicture): Part =>
    async (chatId) => {
      const { id, fileId } = await attach(api, chatId, upload(), under)
      if (sharedAs) known.set(sharedAs, fileId)
      return id
    }
  if (text.length <= maxCaption) return [attached({ caption: text, ...under })]
  return [attached({}), words]
}

type Upload = InputFile | string

async function sendPhoto(api: Api, chatId: number, photo: Upload, under: UnderPicture) {
  const sent = await api.sendPhoto(chatId, photo, under)
  return { id: String(sent.message_id), fileId: must(sent.photo.at(-1), 'no photo').file_id }
}

async function sendDocument(api: Api, chatId: number, file: Upload, under: UnderPicture) {
  const sent = await api.sendDocument(chatId, file, under)
  return { id: String(sent.message_id), fileId: sent.document.file_id }
}

/** Changes the words of a message that was sent before. Throws SendError. */
export async function editMessage(api: Api, address: string, id: string, text: string) {
  await api.editMessageText(Number(address), Number(id), text).catch((error) => {
    // Changed already: what is shown is what is to be shown.
    if (!/not modified/i.test(String(error))) throw toSendError(error)
  })
}
