// The WhatsApp channel over the unofficial client: one number, linked as a phone's second device.
import type { Outbound } from '../../core/message.ts'
import type { Attachments } from '../attached.ts'
import type { Channel } from '../channel.ts'
import { type Acks, createAcks } from './acks.ts'
import type { AuthStore } from './auth.ts'
import { type Breaker, type BreakerStore, createBreaker } from './breaker.ts'
import { type Clock, realClock } from './clock.ts'
import type { State } from './close-codes.ts'
import { type Connection, type ConnectionOptions, createConnection } from './connection.ts'
import { guardConsole } from './console-guard.ts'
import { createDeliveries, type Deliveries, type NoteDelivery } from './deliveries.ts'
import { maxText } from './encode.ts'
import { createInbox, type Inbox, type InboxOptions } from './inbox.ts'
import { createLink, type Link, type LinkOptions } from './link.ts'
import type { NumberLease } from './ownership.ts'
import { createPace, type Pace } from './pace.ts'
import type { Log, OpenWaSocket, WaAck, WaCall } from './port.ts'
import { contentOf, createSending } from './send.ts'

/** What the channel asks of the registry. */
export interface WhatsAppStore extends AuthStore, BreakerStore {
  lease: NumberLease
  isUnreadable(error: unknown): boolean
  settleAddress: InboxOptions['settleAddress']
  isKnown: InboxOptions['isKnown']
  findReplyId(address: string): Promise<string>
  noteDelivery: NoteDelivery
  /** A message by the id under which it was sent; undefined when it is too old. */
  findSentMessage(messageId: string): Promise<Outbound | undefined>
}

/** Settings of the channel. */
export interface WhatsAppOptions extends Attachments {
  store: WhatsAppStore
  log: Log
  link: Pick<LinkOptions, 'tell' | 'words' | 'pageOf'>
  dailyCap: number
  phone?: string | undefined
  url?: string | undefined
  /** Another client than the real one. */
  open?: OpenWaSocket
  clock?: Clock
  /** Another pace than a person's. */
  pace?: Pace
  /** How long another process waits before it takes over from a dead one; 25 unless in a hurry. */
  leaseSeconds?: number
  standbyMs?: number
  /** A line that was silent for twice so long is dead; 15 seconds unless in a hurry. */
  keepAliveMs?: number
}

/** The channel, and what the web server shows while a phone is linked. */
export interface WhatsApp extends Channel {
  readonly link: Pick<Link, 'find' | 'token'>
}

const leaseSeconds = 25
const standbyMs = 5_000
/** What was taken in is kept before the end, as far as that takes no longer. */
const lastMs = 4_000

/** States from which only an officer leads back. */
const hopeless: State[] = ['banned', 'logged-out', 'outdated', 'auth-broken', 'not-linked']

/** Loads the real client, and shuts the console before that: it must never speak there. */
const openReal: OpenWaSocket = async (opening) => {
  guardConsole()
  const { openBaileys } = await import('./socket.ts')
  return openBaileys(opening)
}

/** Makes the channel; nothing is connected before `start`, which waits for nothing. */
export function createWhatsApp(options: WhatsAppOptions): WhatsApp {
  const { store, log, dailyCap, clock = realClock } = options
  const link = createLink({ ...options.link, clock })
  const acks = createAcks()
  const breaker = createBreaker(store, clock, dailyCap)
  const deliveries = createDeliveries(store.noteDelivery, log)
  const findPhoneId = async (lid: string) => connection.live()?.socket.findPhoneId(lid)
  const inbox = createInbox({ ...store, findPhoneId, clock, log })
  const call = (one: WaCall) => takeCall(one, inbox, connection)
  const listener = { ...inbox, call, ...hearOfSent(acks, deliveries, breaker) }
  const connection = makeConnection(options, { link, listener, onEnd: acks.abandon, clock })
  const sending = createSending({
    ...options,
    live: connection.live,
    isHopeful: () => !hopeless.includes(connection.state()),
    findReplyId: store.findReplyId,
    pace: options.pace ?? createPace(clock),
    breaker,
    acks,
    clock,
  })
  return {
    name: 'whatsapp',
    capabilities: { buttons: false, sharesPhone: false, maxText, forbidsSensitive: true },
    typesFirst: true,
    link,
    start: async (receive) => {
      inbox.open(receive)
      connection.start()
    },
    send: sending.send,
    sendsElsewhere: () => connection.state() === 'standby',
    state: connection.state,
    stop: async () => {
      await connection.stop()
      deliveries.close()
      await inbox.close(lastMs)
    },
  }
}

/** What becomes of messages that were sent; an ack that nobody waits for any more counts too. */
function hearOfSent(acks: Acks, deliveries: Deliveries, breaker: Breaker) {
  return {
    ack: (ack: WaAck) => {
      const { messageId, error } = ack
      if (acks.settle(ack) || error === undefined) return
      deliveries.take({ messageId, state: 'failed', at: new Date(), reason: error })
    },
    delivery: deliveries.take,
    timeLock: (isActive: boolean, endsAt: Date | undefined) => {
      const told = isActive ? breaker.lock(endsAt) : breaker.unlock()
      told.catch(() => undefined)
    },
  }
}

function makeConnection(
  options: WhatsAppOptions,
  made: Pick<ConnectionOptions, 'link' | 'listener' | 'onEnd' | 'clock'>,
): Connection {
  const { store } = options
  return createConnection({
    ...made,
    open: options.open ?? openReal,
    auth: store,
    isUnreadable: store.isUnreadable,
    lease: store.lease,
    leaseSeconds: options.leaseSeconds ?? leaseSeconds,
    standbyMs: options.standbyMs ?? standbyMs,
    phone: options.phone,
    url: options.url,
    keepAliveMs: options.keepAliveMs,
    raiseAlarm: store.raiseAlarm,
    closeAlarm: store.closeAlarm,
    log: options.log,
    findSent: async (messageId) => {
      const message = await store.findSentMessage(messageId)
      return message && contentOf(options, message)
    },
  })
}

/** Nobody can answer a call: it is declined, and the person is told where to write. */
function takeCall(call: WaCall, inbox: Inbox, connection: Connection): void {
  inbox.call(call)
  if (!call.isOver) {
    connection
      .live()
      ?.socket.rejectCall(call.id, call.from)
      .catch(() => undefined)
  }
}
