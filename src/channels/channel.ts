// The contract between the program and every channel: translate in, translate out, nothing else.
import type { Inbound, Outbound, Sending } from '../core/message.ts'

/** What a channel can show, so that words are fitted to it. */
export interface Capabilities {
  /** Choices appear as buttons; otherwise as a numbered list in the text. */
  buttons: boolean
  /** The platform vouches for the sender's own number when asked. */
  sharesPhone: boolean
  /** Longest text, in UTF-16 units. */
  maxText: number
  /** The platform forbids asking for identity numbers in the chat. */
  forbidsSensitive: boolean
}

/**
 * Hands messages over to the program. Resolves once every one of them is kept in the database; only
 * then may the platform be told "received". Rejects when they could not be kept: do not
 * acknowledge.
 */
export type Receive = (inbounds: Inbound[]) => Promise<void>

/** One way to talk to people. */
export interface Channel {
  readonly name: string
  readonly capabilities: Capabilities
  /** Begins to listen. Resolves when it does. */
  start(receive: Receive): Promise<void>
  /**
   * A message waits its turn and is typed, as a person would, before the platform has it: such a
   * channel calls `begins` when that is over.
   */
  readonly typesFirst?: true
  /** Sends one message; resolves with the platform's id of it. Throws SendError. */
  send(
    address: string,
    message: Outbound,
    sending: Sending,
    begins?: () => Promise<void>,
  ): Promise<string>
  /** Changes a message that was sent before; missing where the platform cannot. Throws SendError. */
  edit?(address: string, id: string, message: Outbound): Promise<void>
  /**
   * The bytes of a file that somebody sent, by the handle in its message; undefined when there are
   * more than `maxBytes`. Missing where files cannot be had. Throws SendError.
   */
  fetchFile?(handle: string, maxBytes: number): Promise<Buffer | undefined>
  /** A link that opens the talk with this code in it; undefined while none is known. */
  linkTo?(code: string): string | undefined
  /** Another process sends for this channel now; missing where every process may. */
  sendsElsewhere?(): boolean
  /** Stops listening and lets what is under way finish. */
  stop(): Promise<void>
  /** State in one word for /readyz and the log: `ready`, `connected`, or what is missing. */
  state(): string
}

/** What went wrong with a send. */
export type SendReason =
  | 'blocked'
  | 'gone'
  | 'slow-down'
  | 'refused'
  | 'unreachable'
  | 'unauthorised'
  /** The platform lets no more go to this person for now. */
  | 'capped'
  /** Only an approved template may go now, and there is none that the platform takes. */
  | 'no-template'

/** What went wrong with a send, and what to do about it. */
export class SendError extends Error {
  readonly reason: SendReason
  /** Milliseconds to wait before another try; undefined when another try is useless. */
  readonly retryMs: number | undefined
  /** The whole channel must wait, not just this address: nothing was tried with this message. */
  readonly wholeChannel: boolean
  /** The platform may have taken the message although no answer came. */
  readonly maybeSent: boolean
  /** Only what the bot says first must wait: answers go on, at this address too. */
  readonly initiatedOnly: boolean

  constructor(
    reason: SendReason,
    flags: {
      retryMs?: number
      wholeChannel?: boolean
      maybeSent?: boolean
      initiatedOnly?: boolean
    } = {},
  ) {
    super(`send failed: ${reason}`)
    this.reason = reason
    this.retryMs = flags.retryMs
    this.wholeChannel = flags.wholeChannel ?? false
    this.maybeSent = flags.maybeSent ?? false
    this.initiatedOnly = flags.initiatedOnly ?? false
  }
}
