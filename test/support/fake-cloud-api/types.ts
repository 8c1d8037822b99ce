// What the fake Cloud API keeps: messages, people, calls and what goes wrong on purpose.

/** A JSON object. */
export type Json = Record<string, unknown>

/** One call of the API, as it was answered. */
export interface Call {
  /** Milliseconds of Date.now(). */
  at: number
  path: string
  body: Json
  status: number
  /** The platform's code of a refusal. */
  code?: number
  /** The message or file was taken, whatever was answered. */
  hadEffect: boolean
}

/** What goes wrong on purpose. */
export interface Fault {
  /** The platform's own code, with an HTTP status that goes with it. */
  code?: number
  subcode?: number
  status?: number
  /** Sent instead of JSON, e.g. a proxy's HTML page. */
  text?: string
  /** How many calls it hits; 1 if not said. */
  times?: number
  /** The call does its work, and then the connection is cut without an answer. */
  afterEffect?: true
  /** The answer never comes; the connection stays open. */
  hangs?: true
  /** Only calls with such a body. */
  when?: (body: Json) => boolean
}

/** The platform's limits, when they are to be held. */
export interface Limits {
  /** Messages in any second, over all people. */
  perSecond: number
  /** Messages at once to one person, and how long until one more may go, in ms. */
  pairBurst: number
  pairRefillMs: number
}

/** A refusal, in the Graph API's shape. */
export class GraphError extends Error {
  readonly status: number
  readonly code: number
  readonly subcode: number | undefined

  constructor(code: number, details: string, status = 400, subcode?: number) {
    super(details)
    this.code = code
    this.status = status
    this.subcode = subcode
  }
}

/** One message of the bot, as the person sees it. */
export interface Reply {
  /** The platform's id of it. */
  id: string
  type: string
  text: string
  /** Milliseconds of Date.now(). */
  at: number
  /** What may be chosen, in order: what is read, and what comes back. */
  choices: { label: string; id: string; is: 'button_reply' | 'list_reply' }[]
  /** It asks for the own number with a button. */
  asksContact: boolean
  /** The media id of a picture or file that came with it, and the name of a file. */
  media?: string
  file?: string
  /** The key that the bot sent along. */
  key?: string
}
