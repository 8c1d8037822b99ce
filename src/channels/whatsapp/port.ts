// The small surface of a WhatsApp client that the channel uses, so that a double can stand there.
import type { Runtime } from '../../runtime.ts'
import type { Attached } from '../attached.ts'

/** Where the channel writes what happened: ids and names, never words or people. */
export type Log = Pick<Runtime['log'], 'info' | 'warn' | 'error'>

/** What is sent as one WhatsApp message; the text is the caption where something is attached. */
export interface WaContent {
  text: string
  attached?: Pick<Attached, 'kind' | 'name' | 'mime' | 'bytes'>
}

/** The server took a message, or refused it with one of its numbers. */
export interface WaAck {
  messageId: string
  error?: string
}

/** A message reached the person's phone or was read there; or the server refused it after all. */
export interface WaDelivery {
  messageId: string
  state: 'delivered' | 'read' | 'failed'
  at: Date
  reason?: string
}

/** Somebody rang. */
export interface WaCall {
  id: string
  from: string
  /** The caller's other id, where WhatsApp tells it. */
  fromAlt?: string | undefined
  /** It rang while this client was away: there is nothing left to decline. */
  isOver: boolean
  at: Date
}

/** What a connection tells the channel; nothing in here may throw. */
export interface WaListener {
  /** Raw messages, live or queued while nobody was connected; many are none of ours. */
  messages(messages: readonly unknown[]): void
  call(call: WaCall): void
  ack(ack: WaAck): void
  delivery(delivery: WaDelivery): void
  /** Two ids turn out to be one person. */
  sameId(lid: string, phoneId: string): void
  /** WhatsApp forbids beginning new chats until then, or no longer does. */
  timeLock(isActive: boolean, endsAt: Date | undefined): void
  /** A code to be scanned; a new one comes every 20 to 60 seconds. */
  qr(code: string): void
  opened(): void
  /** The end of this connection, once. The code is WhatsApp's own. */
  closed(code: number): void
}

/** The keys of one linked account, as they are kept; every write is fenced. */
export interface WaAuth {
  /** What was kept, or undefined when there never was anything. */
  creds: Record<string, unknown> | undefined
  readKeys(kind: string, ids: string[]): Promise<Record<string, unknown>>
  /** Resolves once written. Rejects when another process owns the account now. */
  write(changes: WaKeyChanges): Promise<void>
}

/** Keys that changed; null forgets one. */
export interface WaKeyChanges {
  creds?: unknown
  keys?: Record<string, Record<string, unknown>>
}

/** What a connection is made from. */
export interface WaOpening {
  auth: WaAuth
  listener: WaListener
  log: Log
  /** Another server than WhatsApp's own. */
  url?: string | undefined
  /** A line that was silent for twice so long is dead; 15 seconds if left out. */
  keepAliveMs?: number | undefined
  /** Asked in the very moment of every write to the network: a lost owner stays silent. */
  mayWrite(): boolean
  /** A message that was sent, for a phone that could not read it. */
  findSent(messageId: string): Promise<WaContent | undefined>
}

/** A connection to WhatsApp. */
export interface WaSocket {
  /** Different for each link of a phone, the same as long as it lasts. */
  readonly identity: string
  /** Resolves once the message left and the keys that it used are kept. */
  send(to: string, content: WaContent, messageId: string): Promise<void>
  showTyping(to: string, isTyping: boolean): Promise<void>
  rejectCall(id: string, from: string): Promise<void>
  /** A code to be typed on the phone of that number. */
  requestPairingCode(phone: string): Promise<string>
  /** The phone id that goes with an id without a number, if the client knows it by now. */
  findPhoneId(lid: string): Promise<string | undefined>
  /** Ends the connection; `closed` is not called for it. */
  close(): Promise<void>
}

/** Opens a connection. Resolves at once; whether it works is told to the listener. */
export type OpenWaSocket = (opening: WaOpening) => Promise<WaSocket>
