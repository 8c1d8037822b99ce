// WhatsApp as the channel's port sees it: links phones, queues for who is away, throws out, refuses.
import { randomBytes } from 'node:crypto'
import type {
  OpenWaSocket,
  WaContent,
  WaOpening,
  WaSocket,
} from '../../../src/channels/whatsapp/port.ts'

/** A message of the bot as it reached WhatsApp; the same id twice is shown once. */
export interface Sent {
  id: string
  to: string
  content: WaContent
}

/** One linked device that is connected. */
interface Device {
  opening: WaOpening
  identity: string
  isOpen: boolean
  /** Its own keys are kept, where they are new: what is written of them later comes after that. */
  isKept: Promise<void>
}

/** What is done with the next message: lost before or after it arrived, or refused. */
export type Fate = 'no-ack' | 'lost' | 'breaks' | { refuse: string }

/** WhatsApp, for tests. */
export interface FakeWhatsApp {
  open: OpenWaSocket
  /** What the bot's messages became on the phones, oldest first. */
  sent: Sent[]
  /** Every arrival of a message at the server, repeats too. */
  arrivals: string[]
  typing: string[]
  rejectedCalls: string[]
  /** The other ids of people, by the ones they write from. */
  phoneIds: Map<string, string>
  /** Codes for scanning and typing that were shown. */
  codes: string[]
  /** Connections so far, and those that are open now. */
  openings: WaOpening[]
  isConnected(): boolean
  /** Hands a raw message to the bot, or keeps it until the bot comes. */
  deliver(message: unknown): void
  /** Whoever holds the phone scans the code, or types it. */
  link(): Promise<void>
  showCode(): void
  /** Ends the connection with one of WhatsApp's codes. */
  close(code: number): void
  /** Answers every further attempt to connect with this code; undefined lets them in again. */
  refuse(code: number | undefined): void
  /** Somebody else connects with the same keys. */
  replace(): void
  next(...fates: Fate[]): void
  /** A phone could not read a message and asks for it again. */
  askAgain(id: string): Promise<WaContent | undefined>
  /** The listener of the open connection. */
  listener(): WaOpening['listener']
}

interface World {
  devices: Device[]
  queue: unknown[]
  fates: Fate[]
  refusal: number | undefined
}

/** Makes a WhatsApp on which no phone is linked yet. */
export function createFakeWhatsApp(): FakeWhatsApp {
  const world: World = { devices: [], queue: [], fates: [], refusal: undefined }
  const current = () => world.devices.at(-1)
  const end = (device: Device | undefined, code: number) => {
    if (!device) return
    world.devices = world.devices.filter((one) => one !== device)
    device.isOpen = false
    setImmediate(() => device.opening.listener.closed(code))
  }
  const fake: FakeWhatsApp = {
    sent: [],
    arrivals: [],
    typing: [],
    rejectedCalls: [],
    phoneIds: new Map(),
    codes: [],
    openings: [],
    open: async (opening) => openDevice(fake, world, opening, end),
    isConnected: () => current()?.isOpen ?? false,
    deliver: (message) => {
      if (fake.isConnected()) current()?.opening.listener.messages([message])
      else world.queue.push(message)
    },
    link: async () => {
      const device = current()
      if (!device) throw new Error('nothing to link')
      const creds = { ...freshCreds(device), me: { id: 'bot' }, account: { details: 'x' } }
      await device.isKept
      await device.opening.auth.write({ creds })
      end(device, 515)
    },
    showCode: () => showQr(fake, current()),
    close: (code) => end(current(), code),
    refuse: (code) => {
      world.refusal = code
    },
    replace: () => end(current(), 440),
    next: (...fates) => void world.fates.push(...fates),
    askAgain: async (id) => current()?.opening.findSent(id),
    listener: () => {
      const device = current()
      if (!device) throw new Error('nobody is connected')
      return device.opening.listener
    },
  }
  return fake
}

function freshCreds({ opening, identity }: Device): Record<string, unknown> {
  return { ...opening.auth.creds, identity }
}

function openDevice(
  fake: FakeWhatsApp,
  world: World,
  opening: WaOpening,
  end: (device: Device | undefined, code: number) => void,
): WaSocket {
  const { creds } = opening.auth
  const identity = String(creds?.identity ?? randomBytes(8).toString('hex'))
  // A new identity is kept at once, as the real client keeps it.
  const isKept = creds ? Promise.resolve() : opening.auth.write({ creds: { identity } })
  const device = { opening, identity, isOpen: false, isKept: isKept.catch(() => undefined) }
  fake.openings.push(opening)
  setImmediate(() => {
    if (world.refusal !== undefined) return opening.listener.closed(world.refusal)
    // One connection for each link: whoever was there before is thrown out.
    for (const other of world.devices) if (other.identity === identity) end(other, 440)
    world.devices.push(device)
    if (creds?.account) welcome(world, device)
    else showQr(fake, device)
  })
  return socketOf(fake, world, device, end)
}

function welcome(world: World, device: Device): void {
  device.isOpen = true
  device.opening.listener.opened()
  const waiting = world.queue.splice(0)
  if (waiting.length > 0) device.opening.listener.messages(waiting)
}

function showQr(fake: FakeWhatsApp, device: Device | undefined): void {
  const code = `2@${randomBytes(12).toString('hex')}`
  fake.codes.push(code)
  device?.opening.listener.qr(code)
}

function socketOf(
  fake: FakeWhatsApp,
  world: World,
  device: Device,
  end: (device: Device, code: number) => void,
): WaSocket {
  const mustWrite = () => {
    if (!device.isOpen || !device.opening.mayWrite()) throw new Error('not connected')
  }
  return {
    identity: device.identity,
    send: async (to, content, id) => {
      await device.opening.auth.write({ keys: { session: { [to]: id } } })
      mustWrite()
      const fate = world.fates.shift()
      if (fate === 'lost') return
      if (fate === 'breaks') return end(device, 428)
      fake.arrivals.push(id)
      if (typeof fate === 'object') return ackLater(device, { messageId: id, error: fate.refuse })
      if (!fake.sent.some((one) => one.id === id)) fake.sent.push({ id, to, content })
      if (fate !== 'no-ack') ackLater(device, { messageId: id })
    },
    showTyping: async (to) => {
      mustWrite()
      fake.typing.push(to)
    },
    rejectCall: async (id) => void fake.rejectedCalls.push(id),
    requestPairingCode: async () => {
      fake.codes.push('ABCD1234')
      return 'ABCD1234'
    },
    findPhoneId: async (lid) => fake.phoneIds.get(lid),
    close: async () => {
      device.isOpen = false
      world.devices = world.devices.filter((one) => one !== device)
    },
  }
}

function ackLater(device: Device, ack: { messageId: string; error?: string }): void {
  setImmediate(() => device.isOpen && device.opening.listener.ack(ack))
}
