// Keeps one connection to WhatsApp for as long as this process owns the number, and no longer.
import { type AuthStore, isLinked, openAuth } from './auth.ts'
import type { Clock } from './clock.ts'
import {
  createWaits,
  endedByConnecting,
  reactTo,
  type State,
  unreadable,
  type Waits,
} from './close-codes.ts'
import type { Link } from './link.ts'
import { type NumberLease, type Ownership, takeOwnership } from './ownership.ts'
import type { Log, OpenWaSocket, WaAuth, WaListener, WaOpening, WaSocket } from './port.ts'
import type { Live } from './send.ts'

/** What a connection is kept with. */
export interface ConnectionOptions {
  open: OpenWaSocket
  auth: AuthStore
  /** Whether an error of `readCreds` says that what was kept cannot be read. */
  isUnreadable(error: unknown): boolean
  lease: NumberLease
  leaseSeconds: number
  /** Between two looks at a number that is another's. */
  standbyMs: number
  link: Link
  /** Type a code on the phone of this number instead of scanning one. */
  phone?: string | undefined
  url?: string | undefined
  keepAliveMs?: number | undefined
  /** Told everything but how the connection stands. */
  listener: Pick<WaListener, 'messages' | 'call' | 'ack' | 'delivery' | 'sameId' | 'timeLock'>
  findSent: WaOpening['findSent']
  /** Nothing more is told about what was sent. */
  onEnd(): void
  raiseAlarm(kind: string, detail?: string): Promise<void>
  closeAlarm(kind: string): Promise<void>
  clock: Clock
  log: Log
}

/** The connection, as the other parts see it. */
export interface Connection {
  start(): void
  stop(): Promise<void>
  state(): State
  live(): Live | undefined
}

/** Between two looks at whether an officer did something. */
const recheckMs = 15_000
const troubleMs = 2_000
/** The longest that a timer can wait: 24 days. */
const foreverMs = 2 ** 31 - 1

/** How one connection ended: WhatsApp's code, and how long it was open. */
interface End {
  code: number
  openMs: number
  wasLinked: boolean
}

/** Makes the connection; nothing happens before it is started. */
export function createConnection(options: ConnectionOptions): Connection {
  const stopping = new AbortController()
  const keeper: Keeper = {
    given: options,
    stopping: stopping.signal,
    state: 'stopped',
    live: undefined,
    breakOff: () => undefined,
  }
  let done = Promise.resolve()
  return {
    start: () => {
      tell(keeper, 'starting')
      done = run(keeper)
    },
    stop: async () => {
      stopping.abort()
      await done
      tell(keeper, 'stopped')
    },
    state: () => keeper.state,
    live: () => keeper.live,
  }
}

interface Keeper {
  given: ConnectionOptions
  stopping: AbortSignal
  state: State
  live: Live | undefined
  /** Ends the connection there is, as if WhatsApp had ended it with this code. */
  breakOff(code: number): void
}

function tell(keeper: Keeper, state: State): void {
  if (state === keeper.state) return
  keeper.state = state
  const isFine = ['starting', 'connecting', 'connected', 'standby', 'stopped'].includes(state)
  keeper.given.log[isFine ? 'info' : 'warn']({ channel: 'whatsapp', state }, 'whatsapp')
}

async function run(keeper: Keeper): Promise<void> {
  const { clock, lease, leaseSeconds, standbyMs } = keeper.given
  while (!keeper.stopping.aborted) {
    try {
      const ownership = await takeOwnership({ lease, seconds: leaseSeconds, clock })
      if (ownership) await own(keeper, ownership).finally(() => ownership.end())
      else {
        tell(keeper, 'standby')
        await clock.wait(standbyMs * (0.75 + clock.random() / 2), keeper.stopping)
      }
    } catch {
      tell(keeper, 'unreachable')
      await clock.wait(troubleMs, keeper.stopping)
    }
  }
}

async function own(keeper: Keeper, ownership: Ownership): Promise<void> {
  const { clock, link } = keeper.given
  const signal = AbortSignal.any([keeper.stopping, ownership.lost])
  const waits = createWaits(clock.random)
  while (!signal.aborted) {
    const auth = await openOrNothing(keeper, ownership)
    if (!auth) {
      // Never a new identity in its place: a link that is lost by mistake cannot be made again.
      await alarm(keeper, 'auth-broken', 'auth-broken')
      await clock.wait(recheckMs, signal)
      continue
    }
    // Nothing is kept at all: the beginning, or an officer put an end to the last link.
    if (auth.creds === undefined) link.renew()
    if (!isLinked(auth.creds) && link.isOver()) {
      tell(keeper, 'not-linked')
      await clock.wait(recheckMs, signal)
      continue
    }
    const end = await connect(keeper, ownership, auth, signal)
    if (end && !signal.aborted) await follow(keeper, end, waits, ownership, signal)
  }
}

/** The keys of the account; nothing when what is kept cannot be read. */
async function openOrNothing(keeper: Keeper, ownership: Ownership): Promise<WaAuth | undefined> {
  const { auth, isUnreadable } = keeper.given
  const onTrouble = (error: unknown) => {
    if (isUnreadable(error)) keeper.breakOff(unreadable)
    // Perhaps it was the fence: whoever lost the number learns of it here.
    else ownership.confirm().catch(() => undefined)
  }
  return openAuth(auth, ownership, onTrouble).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error
    return undefined
  })
}

/** One connection from its beginning to its end; nothing when it was ended from here. */
async function connect(
  keeper: Keeper,
  ownership: Ownership,
  auth: WaAuth,
  signal: AbortSignal,
): Promise<End | undefined> {
  const { clock, open, onEnd } = keeper.given
  tell(keeper, 'connecting')
  let openedAt: number | undefined
  let socket: WaSocket | undefined
  const over = new AbortController()
  const ended = new Promise<number | undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { signal: over.signal })
    keeper.breakOff = resolve
    const opened = () => {
      openedAt = clock.now()
      if (socket) noteOpened(keeper, { socket, ownership })
    }
    const qr = (code: string) => void offer(keeper, code, () => socket)
    const listener = { ...keeper.given.listener, opened, qr, closed: resolve }
    open(openingOf(keeper, auth, ownership, listener)).then(
      (made) => {
        socket = made
        if (openedAt !== undefined) noteOpened(keeper, { socket, ownership })
      },
      () => resolve(unopened),
    )
  })
  const code = await ended
  over.abort()
  keeper.live = undefined
  onEnd()
  await socket?.close().catch(() => undefined)
  if (code === undefined) return undefined
  const openMs = openedAt === undefined ? 0 : clock.now() - openedAt
  return { code, openMs, wasLinked: isLinked(auth.creds) }
}

function openingOf(
  keeper: Keeper,
  auth: WaAuth,
  ownership: Ownership,
  listener: WaListener,
): WaOpening {
  const { log, url, keepAliveMs, findSent } = keeper.given
  return { auth, listener, log, url, keepAliveMs, findSent, mayWrite: ownership.mayAct }
}

function noteOpened(keeper: Keeper, live: Live): void {
  keeper.live = live
  tell(keeper, 'connected')
  keeper.given.link.linked()
  for (const kind of endedByConnecting) keeper.given.closeAlarm(kind).catch(() => undefined)
}

async function offer(
  keeper: Keeper,
  code: string,
  socket: () => WaSocket | undefined,
): Promise<void> {
  const { link, phone } = keeper.given
  if (link.isOver()) return
  if (phone === undefined) {
    tell(keeper, 'waiting-for-qr')
    link.qr(code)
  } else if (keeper.state !== 'waiting-for-code') {
    tell(keeper, 'waiting-for-code')
    const typed = await socket()
      ?.requestPairingCode(phone)
      .catch(() => undefined)
    if (typed) link.code(typed)
  }
}

async function follow(
  keeper: Keeper,
  end: End,
  waits: Waits,
  ownership: Ownership,
  signal: AbortSignal,
): Promise<void> {
  const reaction = end.wasLinked || end.code === restart ? reactTo(end.code) : reactTo(0)
  const { delayMs, isAlarming } = waits.after(reaction, end.openMs)
  keeper.given.log.info({ channel: 'whatsapp', code: end.code, ms: delayMs }, 'connection ended')
  // Whoever lost the number meanwhile has nothing to react to.
  if (reaction.next === 'lease' && !(await ownership.confirm())) return
  if (isAlarming) await alarm(keeper, reaction.state, reaction.alarm)
  else tell(keeper, reaction.state)
  // Whoever ends the link for good takes the number from its owner: that ends the wait.
  const waitMs = reaction.next === 'stop' ? foreverMs : delayMs
  await keeper.given.clock.wait(waitMs, signal)
}

async function alarm(keeper: Keeper, state: State, kind: string | undefined): Promise<void> {
  const isNew = keeper.state !== state
  tell(keeper, state)
  if (kind && isNew) await keeper.given.raiseAlarm(kind).catch(() => undefined)
}

/** After a phone was linked WhatsApp asks for a new connection. */
const restart = 515
/** The client could not even be started: as if the line had broken at once. */
const unopened = 428
