// The terminal's end of the socket: sends each message until it is kept, and connects again.
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { readLines, writeLine } from './lines.ts'

/** What the client is told to do with what arrives. */
export interface ClientOptions {
  socketPath: string
  /** The name to talk under. */
  as: string
  show(text: string): void
  /** The program came within reach, or went out of it. */
  onReach(isReached: boolean): void
  /** Between two tries to connect or to send; 1 second if left out. */
  retryMs?: number
}

/** A talk with the running program. */
export interface Client {
  say(words: string): void
  /** How many messages are not kept yet. */
  countUnkept(): number
  close(): void
}

interface State {
  socket: Socket | undefined
  isReached: boolean | undefined
  /** Oldest first; only the first is under way, so that the order is kept. */
  unkept: { id: string; words: string }[]
  /** What was shown already, should it come twice. */
  shown: Set<string>
  timers: Set<NodeJS.Timeout>
  isClosed: boolean
}

function sendFirst({ socket, unkept }: State): void {
  const [first] = unkept
  if (socket !== undefined && first !== undefined) writeLine(socket, { ...first })
}

function later(state: State, delayMs: number, then: () => void): void {
  const timer = setTimeout(() => {
    state.timers.delete(timer)
    then()
  }, delayMs)
  state.timers.add(timer)
}

function reach(state: State, options: ClientOptions, isReached: boolean): void {
  if (state.isReached !== isReached && !state.isClosed) options.onReach(isReached)
  state.isReached = isReached
}

function takeIn(state: State, options: ClientOptions, line: Record<string, unknown>): void {
  const { show, text, kept, failed } = line
  if (typeof show === 'string' && typeof text === 'string') {
    if (!state.shown.has(show)) options.show(text)
    state.shown.add(show)
    if (state.socket) writeLine(state.socket, { shown: show })
  }
  if (kept !== undefined && kept === state.unkept[0]?.id) {
    state.unkept.shift()
    sendFirst(state)
  }
  if (failed !== undefined) later(state, options.retryMs ?? 1_000, () => sendFirst(state))
}

function open(state: State, options: ClientOptions): void {
  const socket = connect(options.socketPath, () => {
    state.socket = socket
    writeLine(socket, { as: options.as })
    reach(state, options, true)
    sendFirst(state)
  })
  readLines(socket, (line) => takeIn(state, options, line))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    state.socket = undefined
    reach(state, options, false)
    if (!state.isClosed) later(state, options.retryMs ?? 1_000, () => open(state, options))
  })
  if (state.isClosed) socket.destroy()
}

/** Begins to connect, and keeps at it until it is closed. */
export function createClient(options: ClientOptions): Client {
  const state: State = {
    socket: undefined,
    isReached: undefined,
    unkept: [],
    shown: new Set(),
    timers: new Set(),
    isClosed: false,
  }
  open(state, options)
  return {
    say(words) {
      state.unkept.push({ id: randomUUID(), words })
      if (state.unkept.length === 1) sendFirst(state)
    },
    countUnkept: () => state.unkept.length,
    close() {
      state.isClosed = true
      for (const timer of state.timers) clearTimeout(timer)
      state.socket?.end()
    },
  }
}
