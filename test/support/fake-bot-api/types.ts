// The shapes that the parts of the fake Bot API share.
import type { Message, Update } from 'grammy/types'

/** A parameter as JSON, or a file that came in a multipart body. */
export type Params = Record<string, unknown>

/** A file that was uploaded, or that a person sent. */
export interface StoredFile {
  fileId: string
  name: string
  content: Uint8Array
  /** What getFile believes the size to be, in bytes. */
  size: number
}

/** One call of a method, as it was answered. */
export interface Call {
  /** Milliseconds of Date.now() when it arrived. */
  at: number
  method: string
  params: Params
  /** The HTTP status; 0 when the connection was cut instead. */
  status: number
  description?: string
  /** Whether the method did its work, answered or not. */
  hadEffect: boolean
}

/** One message in a chat, seen from both sides. */
export interface ChatMessage {
  message: Message
  /** The message came from the bot. */
  isFromBot: boolean
  /** Milliseconds of Date.now(). */
  at: number
  /** What stood under it when it was sent; edits change only `message`. */
  sentMarkup: unknown
  isDeleted: boolean
}

/** One chat that the bot knows. */
export interface Chat {
  id: number
  type: 'private' | 'group'
  messages: Map<number, ChatMessage>
  isBlocked: boolean
  hasLeft: boolean
}

/** A press that waits to be answered. */
export interface Query {
  id: string
  isOver: boolean
}

/** What goes wrong on purpose. */
export interface Fault {
  /** HTTP status and error_code of the answer. Without it and `body` the connection is cut. */
  status?: number
  description?: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
  /** Sent instead of JSON, e.g. a proxy's HTML page. */
  body?: string
  /** How many calls it hits; 1 if not said. */
  times?: number
  /** The method does its work, and then the connection is cut without an answer. */
  afterEffect?: true
  /** The answer never comes; the connection stays open. */
  hangs?: true
  /** Only calls with these parameters. */
  when?: (params: Params) => boolean
}

/** Telegram's limits, when they are to be held. */
export interface Limits {
  /** Messages in any second, over all chats. */
  perSecond: number
  /** Messages at once in one chat, and how long until it takes one more. */
  chatBurst: number
  chatRefillMs: number
  /** Seconds that a sender who went too far must stay away. */
  retryAfter: number
}

/** One call of the bot's webhook. */
export interface Delivery {
  at: number
  updateId: number
  /** HTTP status; 0 when the bot could not be reached. */
  status: number
}

/** An answer other than success. */
export class ApiError extends Error {
  readonly status: number
  readonly parameters: Fault['parameters']

  constructor(status: number, description: string, parameters?: Fault['parameters']) {
    super(description)
    this.status = status
    this.parameters = parameters
  }
}

/** 400, in Telegram's wording. */
export function badRequest(what: string): ApiError {
  return new ApiError(400, `Bad Request: ${what}`)
}

export type { Message, Update }
