// The terminal chat: a socket in the data folder that `npm run talk` connects to.
import { randomUUID } from 'node:crypto'
import { chmodSync, rmSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import type { Outbound } from '../../core/message.ts'
import { type Attachments, findAttached } from '../attached.ts'
import { type Channel, type Receive, SendError } from '../channel.ts'
import { numbered } from '../numbered.ts'
import { decode, decodeAddress } from './decode.ts'
import { readLines, writeLine } from './lines.ts'

/** What the terminal chat is made from. */
export interface ConsoleOptions extends Attachments {
  /** From `talkSocketPath`. */
  socketPath: string
  /** Where files that were sent lie for whoever sits at this machine, until the next start. */
  inboxDir: string
  /** How long a terminal may take to say that it showed a message; 5 seconds if left out. */
  ackWithinMs?: number
}

/** One open terminal. */
interface Terminal {
  socket: Socket
  address: string
  /** Messages that it has not yet said it showed, by id. */
  unshown: Map<string, () => void>
}

/** Whoever closed the terminal finds the message when it is tried again. */
const awayRetryMs = 5_000

/** Somebody listens there already; a file that nobody listens to is left from a killed program. */
function isListenedTo(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path, () => resolve(true))
    probe.on('error', () => resolve(false))
    probe.on('connect', () => probe.destroy())
  })
}

async function listenOn(server: Server, path: string): Promise<void> {
  if (await isListenedTo(path)) throw new Error(`another program listens on ${path}`)
  const isFile = !path.startsWith('\\\\')
  if (isFile) rmSync(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  if (isFile) chmodSync(path, 0o600)
}

async function takeIn(terminal: Terminal, line: Record<string, unknown>, receive: Receive) {
  if (typeof line.shown === 'string') return terminal.unshown.get(line.shown)?.()
  const inbound = decode(line, terminal.address, new Date().toISOString())
  if (inbound === undefined) return
  // What could not be kept is not acknowledged: the terminal sends it again.
  await receive([inbound]).then(
    () => writeLine(terminal.socket, { kept: inbound.externalId }),
    () => writeLine(terminal.socket, { failed: inbound.externalId }),
  )
}

/** Waits for the line that says who this is, then takes in everything else. */
function greet(socket: Socket, terminals: Set<Terminal>, receive: Receive): void {
  let terminal: Terminal | undefined
  let work = Promise.resolve()
  readLines(socket, (line) => {
    const address = decodeAddress(line)
    if (terminal === undefined && address !== undefined) {
      terminal = { socket, address, unshown: new Map() }
      terminals.add(terminal)
      return
    }
    const known = terminal
    if (known === undefined) return
    // One after the other: the order in which somebody types is the order in which it is kept.
    work = work.then(() => takeIn(known, line, receive))
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => terminal && terminals.delete(terminal))
}

function show(terminal: Terminal, text: string, withinMs: number): Promise<string> {
  const id = randomUUID()
  return new Promise((resolve, reject) => {
    const fail = () => end(() => reject(new SendError('unreachable', sentFlags)))
    const timer = setTimeout(fail, withinMs)
    function end(settle: () => void): void {
      clearTimeout(timer)
      terminal.unshown.delete(id)
      terminal.socket.off('close', fail)
      settle()
    }
    terminal.unshown.set(id, () => end(() => resolve(id)))
    terminal.socket.once('close', fail)
    writeLine(terminal.socket, { show: id, text })
  })
}

/** A terminal shows no files: it says where this one lies, which only its owner may read. */
async function textOf(message: Outbound, options: ConsoleOptions): Promise<string> {
  const text = numbered(message)
  const attached = await findAttached(options, message)
  if (!attached) return text
  const folder = path.join(options.inboxDir, randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, path.basename(attached.name))
  await writeFile(file, attached.bytes, { mode: 0o600 })
  return `${text}\n\n📎 ${file}`
}

const sentFlags = { retryMs: awayRetryMs, maybeSent: true }

/** The terminal chat. A message counts as sent once one terminal of the person showed it. */
export function createConsole(options: ConsoleOptions): Channel {
  const { socketPath, ackWithinMs = 5_000 } = options
  const terminals = new Set<Terminal>()
  const sockets = new Set<Socket>()
  let server: Server | undefined
  return {
    name: 'console',
    capabilities: { buttons: false, sharesPhone: false, maxText: 4096, forbidsSensitive: false },
    async start(receive) {
      const made = createServer((socket) => {
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
        greet(socket, terminals, receive)
      })
      await listenOn(made, socketPath)
      await rm(options.inboxDir, { recursive: true, force: true })
      server = made
    },
    async send(address, message) {
      const open = [...terminals].filter((terminal) => terminal.address === address)
      if (open.length === 0) throw new SendError('unreachable', { retryMs: awayRetryMs })
      const text = await textOf(message, options)
      return Promise.any(open.map((each) => show(each, text, ackWithinMs))).catch(() => {
        throw new SendError('unreachable', sentFlags)
      })
    },
    async stop() {
      const stopped = new Promise<void>((resolve) => {
        if (server === undefined) return resolve()
        server.close(() => resolve())
      })
      for (const socket of sockets) socket.end(() => socket.destroy())
      await stopped
      server = undefined
    },
    state: () => (server === undefined ? 'stopped' : 'ready'),
  }
}
