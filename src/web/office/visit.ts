// What the pages of the workplace are given, and what they give back.
import type { Context } from 'hono'
import type { Outbound } from '../../core/message.ts'
import type { Role } from '../../core/roles.ts'
import type { Officer } from '../../registry/office-sessions.ts'
import type { JobName, QueueState, Runtime } from '../../runtime.ts'
import type { Html } from '../html.ts'

/** What every page works with. */
export type OfficeGround = Pick<
  Runtime,
  'config' | 'clock' | 'db' | 'seal' | 'book' | 'ring' | 'channels'
> & { machine: Machine }

/** What the pages are told by parts of the program that they do not know. */
export interface Machine {
  states(): Promise<QueueState[]>
  /** Rings again for all that failed in one queue; how many there were. */
  retry(name: JobName): Promise<number>
  /** Where the page is that links a phone to WhatsApp; undefined while none can be linked here. */
  linkPage(): string | undefined
  /** One flow of the reading copy. */
  readingCopy(flow: string): Html
  /** The whole reading copy: a page by itself, with its own style. */
  wholeBook(): string
  /** What a {blank} stands for, for those who write; empty where nobody has said it. */
  meaningOf(blank: string): string
  /** What a person would see of a message on a channel. */
  shownOn(channel: string, message: Outbound): Shown
  /** Ends the streams of events when the program does. */
  ended: AbortSignal
}

/** One message as a channel shows it. */
export interface ShownMessage {
  /** Empty for a picture or file alone. */
  text: string
  /** Labels of its buttons. */
  choices: string[]
  /** The picture or file that goes with the message stands here. */
  hasFile: boolean
}

/** A message as a channel shows it: rarely two. */
export interface Shown {
  messages: ShownMessage[]
  /** Where words are free for a day only: what goes to those who have not written for longer. */
  template?: { name: string; fills: string[] } | 'none'
}

/** Gives the words of a phrase by its id, with its blanks filled. */
export type SayOffice = (id: string, fills?: Record<string, string>) => string

/** One request of somebody who is signed in and may ask for this page. */
export interface Visit {
  ground: OfficeGround
  officer: Officer
  /** Who acts, as it is audited: `post:12`. */
  actor: string
  /** Phrases of `flows/office.yaml` and others, in Indonesian. */
  say: SayOffice
  /** A part of the path, e.g. `receipt` of `/periksa/:receipt`. */
  part(name: string): string
  /** What the address asks for after the question mark; empty where it does not. */
  asked(name: string): string
  /** A field of the form that was sent; empty where it was not. */
  given(name: string): string
  /** A file that was sent with the form. */
  givenFile(name: string): File | undefined
  /** What every form must carry; `postForm` puts it in. */
  formKey: string
  /** For what the rest does not cover, such as a stream of events. */
  c: Context
}

/** What a page answers: a page, the way to another, a file, or a finished response. */
export type Answer =
  | { title: string; body: Html; status?: 200 | 409 | 422 | 429 }
  /** An address below `/kantor`; there a phrase `office-told-…` or `office-failed-…` is said. */
  | { to: string; told?: string }
  | { file: { name: string; mime: string; bytes: Uint8Array } }
  | { response: Response }
  /** There is no such thing, or it lies in the area of others: nobody can tell which. */
  | undefined

/** Gives the answer to one visit; `undefined` is the page that says that there is no such page. */
export type OfficePage = (visit: Visit) => Promise<Answer>

/** What a path is about: of each kind there are own ones and those of other areas. */
export type Subject =
  | 'submission'
  | 'person'
  | 'village'
  | 'device'
  | 'ticket'
  | 'area'
  | 'alarm'
  | 'queue'
  | 'export'
  | 'answer-import'
  | 'payment-import'
  | 'flow'
  | 'campaign'

/** One row of the table of routes. */
export interface Route {
  method: 'get' | 'post'
  /** Below `/kantor`, e.g. `/periksa/:receipt`. */
  path: string
  roles: readonly Role[]
  page: OfficePage
  /** What the `:part` of the path names, where it has one; tests try own and foreign ones. */
  subject?: Subject
  /** A form that is dangerous: the PIN must have been typed a few minutes ago, or is asked for. */
  needsPin?: true
  /** The phrase by which the menu leads here. */
  menu?: string
  /** What waits there, shown beside the words of the menu. */
  count?(visit: Visit): Promise<number>
  /** Largest form that is taken, in bytes, where it is more than usual. */
  maxBytes?: number
}
