// The methods of the fake Bot API, each as strict as Telegram or stricter.
import type { File as FileInfo } from 'grammy/types'
import {
  checkCommands,
  checkEntities,
  checkMarkup,
  checkNames,
  checkText,
  findInteger,
} from './check.ts'
import { ApiError, badRequest, type Message, type Params } from './types.ts'
import type { World } from './world.ts'

/** What a method is given. */
export interface MethodCall {
  world: World
  params: Params
  /** Aborts when the caller's connection is gone. */
  gone: AbortSignal
}

interface Method {
  takes: string[]
  /** Whether it counts as a message against the limits. */
  isMessage?: true
  run(call: MethodCall): unknown
}

const maxFileBytes = 20 * 1_024 * 1_024
const sendOptions = ['chat_id', 'reply_markup', 'disable_notification', 'protect_content']

/** Every method that the fake knows, by its name in small letters. */
const methods: Record<string, Method> = {
  getme: { takes: [], run: ({ world }) => ({ ...world.bot, can_join_groups: true }) },
  getupdates: {
    takes: ['offset', 'limit', 'timeout', 'allowed_updates'],
    run: ({ world, params, gone }) => {
      world.updates.allow(stringList(params, 'allowed_updates'))
      return world.updates.take({
        offset: findInteger(params, 'offset') ?? 0,
        limit: clamped(findInteger(params, 'limit') ?? 100, 1, 100),
        timeoutMs: clamped(findInteger(params, 'timeout') ?? 0, 0, 50) * 1_000,
        gone,
      })
    },
  },
  setwebhook: {
    takes: ['url', 'secret_token', 'max_connections', 'allowed_updates', 'drop_pending_updates'],
    run: ({ world, params }) => setWebhook(world, params),
  },
  deletewebhook: {
    takes: ['drop_pending_updates'],
    run: ({ world, params }) => {
      world.updates.setWebhook(undefined, isTrue(params.drop_pending_updates))
      return true
    },
  },
  getwebhookinfo: { takes: [], run: ({ world }) => webhookInfo(world) },
  sendmessage: {
    takes: [...sendOptions, 'text', 'entities', 'parse_mode', 'link_preview_options'],
    isMessage: true,
    run: ({ world, params }) => sendMessage(world, params),
  },
  sendphoto: {
    takes: [...sendOptions, 'photo', 'caption', 'parse_mode'],
    isMessage: true,
    run: ({ world, params }) => sendFile(world, params, 'photo'),
  },
  senddocument: {
    takes: [...sendOptions, 'document', 'caption', 'parse_mode'],
    isMessage: true,
    run: ({ world, params }) => sendFile(world, params, 'document'),
  },
  editmessagetext: {
    takes: [
      ...['chat_id', 'message_id', 'text', 'entities', 'parse_mode'],
      ...['reply_markup', 'link_preview_options'],
    ],
    run: ({ world, params }) => editText(world, params),
  },
  editmessagereplymarkup: {
    takes: ['chat_id', 'message_id', 'reply_markup'],
    run: ({ world, params }) => {
      const { message } = world.editable(params)
      return edit(world, message, { ...message, ...markupFields(params) })
    },
  },
  answercallbackquery: {
    takes: ['callback_query_id', 'text', 'show_alert', 'cache_time'],
    run: ({ world, params }) => answerQuery(world, params),
  },
  deletemessage: {
    takes: ['chat_id', 'message_id'],
    run: ({ world, params }) => {
      const kept = world.chatOf(params).messages.get(findInteger(params, 'message_id') ?? 0)
      if (!kept || kept.isDeleted) throw badRequest('message to delete not found')
      kept.isDeleted = true
      world.changed()
      return true
    },
  },
  sendchataction: {
    takes: ['chat_id', 'action'],
    run: ({ world, params }) => {
      world.chatOf(params)
      if (!/^(typing|upload_photo|upload_document)$/.test(String(params.action))) {
        throw badRequest('wrong parameter action in request')
      }
      return true
    },
  },
  setmycommands: {
    takes: ['commands', 'language_code'],
    run: ({ world, params }) => {
      checkCommands(params.commands)
      world.commands = params.commands
      return true
    },
  },
  leavechat: {
    takes: ['chat_id'],
    run: ({ world, params }) => {
      const chat = world.chatOf(params)
      if (chat.type === 'private') {
        throw badRequest("chat member status can't be changed in private chats")
      }
      chat.hasLeft = true
      return true
    },
  },
  getfile: { takes: ['file_id'], run: ({ world, params }) => getFile(world, params) },
}

/** The method of this name in any case, or 404. */
export function getMethod(name: string): Method {
  const method = methods[name.toLowerCase()]
  if (!method) throw new ApiError(404, 'Not Found: method not found')
  return method
}

/** Checks the names of the parameters and lets the method work. */
export async function runMethod(method: Method, call: MethodCall): Promise<unknown> {
  checkNames(call.params, method.takes)
  return await method.run(call)
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

function stringList(params: Params, name: string): string[] | undefined {
  const value = params[name]
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw badRequest(`can't parse ${name}`)
  }
  return value as string[]
}

function setWebhook({ updates }: World, params: Params): true {
  updates.allow(stringList(params, 'allowed_updates'))
  const url = String(params.url ?? '')
  const secret = params.secret_token === undefined ? undefined : String(params.secret_token)
  const maxConnections = clamped(findInteger(params, 'max_connections') ?? 40, 1, 100)
  const webhook = url === '' ? undefined : { url, secret, maxConnections }
  updates.setWebhook(webhook, isTrue(params.drop_pending_updates))
  return true
}

function webhookInfo({ updates }: World) {
  const { webhook } = updates
  const failed = webhook?.lastError
  return {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: updates.pending(),
    ...(webhook ? { max_connections: webhook.maxConnections } : {}),
    ...(failed
      ? { last_error_date: Math.floor(failed.at / 1_000), last_error_message: failed.message }
      : {}),
  }
}

function sendMessage(world: World, params: Params): Message {
  const chat = world.chatOf(params)
  const text = checkText(params.text, 4_096, 'message is too long')
  const entities = checkEntities(params, text)
  const content = { text, ...(entities.length > 0 ? { entities } : {}) } as Partial<Message>
  return world.add(chat, content, true, checkMarkup(params.reply_markup))
}

async function sendFile(world: World, params: Params, kind: 'photo' | 'document') {
  const chat = world.chatOf(params)
  if (params.parse_mode !== undefined) throw badRequest('unsupported parse_mode')
  const caption =
    params.caption === undefined
      ? undefined
      : checkText(params.caption, 1_024, 'message caption is too long')
  const markup = checkMarkup(params.reply_markup)
  const { fileId, name, size } = await storedFile(world, params[kind], kind)
  const file = { file_id: fileId, file_unique_id: `u-${fileId}`, file_size: size }
  const content =
    kind === 'photo'
      ? { photo: [{ ...file, width: 800, height: 600 }] }
      : { document: { ...file, file_name: name } }
  return world.add(chat, caption ? { ...content, caption } : content, true, markup)
}

async function storedFile(world: World, value: unknown, kind: string) {
  if (value instanceof File) {
    if (value.size === 0) throw badRequest('file must be non-empty')
    return world.addFile(value.name, new Uint8Array(await value.arrayBuffer()))
  }
  const known = typeof value === 'string' ? world.files.get(value) : undefined
  if (known) return known
  if (value === undefined) throw badRequest(`there is no ${kind} in the request`)
  throw badRequest('wrong file identifier/HTTP URL specified')
}

function markupFields(params: Params): Partial<Message> {
  const markup = checkMarkup(params.reply_markup)
  if (markup === undefined) return { reply_markup: undefined }
  if (!('inline_keyboard' in markup)) throw badRequest('inline keyboard expected')
  if (markup.inline_keyboard.length === 0) return { reply_markup: undefined }
  return { reply_markup: markup } as Partial<Message>
}

function editText(world: World, params: Params): Message {
  const { message } = world.editable(params)
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  const text = checkText(params.text, 4_096, 'message is too long')
  checkEntities(params, text)
  return edit(world, message, { ...message, text, ...markupFields(params) })
}

function edit(world: World, message: Message, changed: Message): Message {
  const isSame =
    message.text === changed.text &&
    JSON.stringify(message.reply_markup) === JSON.stringify(changed.reply_markup)
  if (isSame) {
    const what = 'specified new message content and reply markup are exactly the same'
    throw badRequest(
      `message is not modified: ${what} as a current content and reply markup of the message`,
    )
  }
  Object.assign(message, changed, { edit_date: Math.floor(Date.now() / 1_000) })
  world.changed()
  return message
}

function answerQuery({ queries }: World, params: Params): true {
  const query = queries.get(String(params.callback_query_id))
  if (!query || query.isOver) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  if (String(params.text ?? '').length > 200) throw badRequest('MESSAGE_TOO_LONG')
  query.isOver = true
  return true
}

function getFile({ files }: World, params: Params): FileInfo {
  const file = files.get(String(params.file_id))
  if (!file) throw badRequest('invalid file_id')
  if (file.size > maxFileBytes) throw badRequest('file is too big')
  const { fileId, size, name } = file
  const path = `files/${fileId}/${name}`
  return { file_id: fileId, file_unique_id: `u-${fileId}`, file_size: size, file_path: path }
}
