// Stands between the program and Postgres and lets things go wrong at a named moment: the program
// itself carries nothing for it.

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { createFrameReader, endsReady, type Frame } from './postgres-frames.ts'

/** A moment in the work of the program: a statement, or a commit, before or after it was done. */
export interface Moment {
  /** `before`: Postgres never hears of it. `after`: it was done and nobody hears of that. */
  when: 'before' | 'after'
  /** A prepared statement's name, or `commit of <name>`. */
  of: string
  /** Which time; the first when not given. */
  nth?: number
}

/** A way to Postgres that can fail. */
export interface PostgresProxy {
  /** The database's url, through here. */
  url: string
  /** Calls `spring` at the moment, and lets nothing more pass on that connection. */
  arm(moment: Moment, spring: () => void): void
  disarm(): void
  /** A statement waits so long, in ms, before Postgres hears of it; so do its other runs. */
  hold(of: string, delayMs: number): void
  /** Statements are changed on their way; the new one must be as long as the old. */
  rewrite(change: (sql: string) => string): void
  /** Cuts every connection and takes none for so long, in ms. */
  cut(downMs: number): void
  close(): Promise<void>
}

interface Trap {
  moment: Moment
  left: number
  spring: () => void
}

interface State {
  trap: Trap | undefined
  holds: Map<string, number>
  change: (sql: string) => string
  downUntil: number
  sockets: Set<Socket>
}

/** Starts a proxy in front of the database of `databaseUrl`. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl)
  const state: State = {
    trap: undefined,
    holds: new Map(),
    change: (sql) => sql,
    downUntil: 0,
    sockets: new Set(),
  }
  const server = createServer((client) => {
    if (Date.now() < state.downUntil) client.destroy()
    else join(state, client, connect(Number(target.port || 5432), target.hostname))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cutAll = () => {
    for (const socket of state.sockets) socket.destroy()
  }
  return {
    url: url.href,
    arm: (moment, spring) => {
      state.trap = { moment, left: moment.nth ?? 1, spring }
    },
    disarm: () => {
      state.trap = undefined
    },
    hold: (of, delayMs) => void state.holds.set(of, delayMs),
    rewrite: (change) => {
      state.change = change
    },
    cut: (downMs) => {
      state.downUntil = Date.now() + downMs
      cutAll()
    },
    close: async () => {
      cutAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function join(state: State, client: Socket, postgres: Socket) {
  const read = createFrameReader((sql) => state.change(sql))
  let isDead = false
  let springAfter: (() => void) | undefined
  let turn = Promise.resolve()

  async function pass(frame: Frame) {
    const holdMs = Math.max(0, ...frame.moments.map((name) => state.holds.get(name) ?? 0))
    if (holdMs > 0) await new Promise((resolve) => setTimeout(resolve, holdMs))
    if (isDead) return
    const trap = findSprung(state, frame)
    if (trap?.moment.when === 'before') {
      isDead = true
      trap.spring()
      return
    }
    springAfter = trap?.spring ?? springAfter
    postgres.write(frame.bytes)
  }

  client.on('data', (piece) => {
    for (const frame of read(piece)) turn = turn.then(() => pass(frame))
  })
  postgres.on('data', (piece) => {
    if (!springAfter && !isDead) client.write(piece)
    else if (springAfter && endsReady(piece)) {
      isDead = true
      springAfter()
      springAfter = undefined
    }
  })
  for (const socket of [client, postgres]) {
    state.sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      state.sockets.delete(socket)
      client.destroy()
      postgres.destroy()
    })
  }
}

function findSprung(state: State, frame: Frame): Trap | undefined {
  const { trap } = state
  if (!trap || !frame.moments.includes(trap.moment.of)) return undefined
  trap.left -= 1
  if (trap.left > 0) return undefined
  state.trap = undefined
  return trap
}
