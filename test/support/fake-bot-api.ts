// A strict Telegram Bot API on this machine that can be told to fail, for tests without Telegram.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Faults, Meter, usualLimits } from './fake-bot-api/faults.ts'
import { getMethod, runMethod } from './fake-bot-api/methods.ts'
import { readParams } from './fake-bot-api/params.ts'
import { Person } from './fake-bot-api/person.ts'
import { ApiError, type Call, type Fault, type Limits, type Params } from './fake-bot-api/types.ts'
import type { Updates } from './fake-bot-api/updates.ts'
import { World } from './fake-bot-api/world.ts'

/** A running fake Bot API. */
export interface FakeBotApi {
  readonly token: string
  /** What TELEGRAM_API_ROOT is set to. */
  readonly apiRoot: string
  /** Every call so far, as it was answered. */
  readonly calls: Call[]
  /** Paths of every file that was asked for; the next fault of `file` meets the next of them. */
  readonly fetched: string[]
  /** The queue of updates: acked ids, deliveries to the webhook, redelivery, order. */
  readonly updates: Updates
  /** What setMyCommands set. */
  commands(): unknown
  /** The person of this id; from then on the bot may write to them. */
  chat(id: number): Person
  /** A group that the bot was added to. */
  group(id: number): { hasLeft(): boolean }
  /** Lets the next calls of a method fail; `*` is any method. */
  failNext(method: string, fault: Fault): void
  /** Every call of a method takes so long. */
  delay(method: string, delayMs: number): void
  /** Forgets all planned faults and delays. */
  clearFaults(): void
  /** Holds Telegram's limits from now on; the meter counts who went too far. */
  limit(limits?: Partial<Limits>): Meter
  /** Refuses the token with 401, or takes it again. */
  revokeToken(isRevoked?: boolean): void
  /** All presses so far have waited too long for an answer. */
  expireQueries(): void
  /** Resolves when the bot confirmed these updates. */
  waitForAck(updateIds: number[], timeoutMs?: number): Promise<void>
  /** Resolves when `holds` does; looks after every call. */
  waitUntil(holds: () => boolean, what: string, timeoutMs?: number): Promise<void>
  /** Cuts every open connection, as a broken line does. */
  cutConnections(): void
  close(): Promise<void>
}

interface Server {
  token: string
  world: World
  faults: Faults
  calls: Call[]
  meter: Meter | undefined
  isRevoked: boolean
}

/** Starts the fake on a free port of 127.0.0.1. */
export async function startFakeBotApi(
  options: { token?: string; firstUpdateId?: number; port?: number } = {},
): Promise<FakeBotApi> {
  const server: Server = {
    token: options.token ?? '700000001:AAinvented-token-of-nobody-at-all-x',
    world: new World(options.firstUpdateId ?? 500_000),
    faults: new Faults(),
    calls: [],
    meter: undefined,
    isRevoked: false,
  }
  const http = createServer((request, response) => void serve(server, request, response))
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const close = async () => {
    server.world.updates.close()
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  }
  const cutConnections = () => http.closeAllConnections()
  return { ...controls(server), apiRoot: `http://127.0.0.1:${port}`, cutConnections, close }
}

function controls(server: Server): Omit<FakeBotApi, 'apiRoot' | 'cutConnections' | 'close'> {
  const { world, faults, calls, token } = server
  const waitUntil = (holds: () => boolean, what: string, timeoutMs = 60_000) =>
    world.waitUntil(holds, () => `not within ${timeoutMs} ms: ${what}`, timeoutMs)
  return {
    token,
    calls,
    fetched: world.fetched,
    updates: world.updates,
    commands: () => world.commands,
    chat: (id) => new Person(world, id),
    group: (id) => addToGroup(world, id),
    failNext: (method, fault) => faults.plan(method.toLowerCase(), fault),
    delay: (method, delayMs) => faults.delay(method.toLowerCase(), delayMs),
    clearFaults: () => faults.clear(),
    limit: (limits = {}) => {
      server.meter = new Meter({ ...usualLimits, ...limits })
      return server.meter
    },
    revokeToken: (isRevoked = true) => {
      server.isRevoked = isRevoked
    },
    expireQueries: () => {
      for (const query of world.queries.values()) query.isOver = true
    },
    waitUntil,
    waitForAck: (ids, timeoutMs) =>
      waitUntil(
        () => ids.every((id) => world.updates.acked.includes(id)),
        `confirmation of ${ids.join(', ')}`,
        timeoutMs,
      ),
  }
}

function addToGroup(world: World, id: number): { hasLeft(): boolean } {
  const chat = world.open(id, 'group')
  const from = { id: 1, is_bot: false, first_name: 'Orang 1' }
  world.updates.push({
    my_chat_member: {
      chat: { id, type: 'group', title: 'Grup' },
      from,
      date: Math.floor(Date.now() / 1_000),
      old_chat_member: { status: 'left', user: world.bot },
      new_chat_member: { status: 'member', user: world.bot },
    },
  } as Parameters<Updates['push']>[0])
  return { hasLeft: () => chat.hasLeft }
}

async function serve(server: Server, request: IncomingMessage, response: ServerResponse) {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const url = new URL(request.url ?? '/', 'http://fake')
  const file = /^\/file\/bot([^/]+)\/files\/([^/]+)\//.exec(url.pathname)
  if (file) {
    server.world.fetched.push(url.pathname)
    return serveFile(server, file[1], file[2] ?? '', response)
  }
  const [, token, name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? []
  const method = name.toLowerCase()
  const call: Call = { at: Date.now(), method: name, params: {}, status: 0, hadEffect: false }
  const asked = { token, method, call, gone: gone.signal }
  try {
    call.params = await readParams(request, url)
    await answer(server, asked, response)
  } catch (error) {
    finish(call, response, error)
  }
  server.calls.push(call)
  server.world.changed()
}

interface Asked {
  token: string | undefined
  method: string
  call: Call
  gone: AbortSignal
}

async function answer(server: Server, { token, method, call, gone }: Asked, to: ServerResponse) {
  const { world, faults } = server
  if (token !== server.token || server.isRevoked) throw new ApiError(401, 'Unauthorized')
  const known = getMethod(method)
  await delay(faults.delayMs(method))
  const fault = faults.take(method, call.params)
  if (fault && !fault.afterEffect) return fail(fault, call, to)
  if (known.isMessage) server.meter?.count(Number(call.params.chat_id), Date.now())
  const result = await runMethod(known, { world, params: call.params, gone })
  call.hadEffect = true
  if (fault?.afterEffect) to.destroy()
  else finish(call, to, undefined, result)
}

function fail(fault: Fault, call: Call, response: ServerResponse): void {
  if (fault.hangs) return
  if (fault.body !== undefined) {
    call.status = fault.status ?? 200
    response.writeHead(call.status, { 'content-type': 'text/html' }).end(fault.body)
    return
  }
  if (fault.status === undefined) {
    response.destroy()
    return
  }
  const text = fault.description ?? (fault.status === 429 ? 'Too Many Requests' : 'Bad Request')
  throw new ApiError(fault.status, text, fault.parameters)
}

function finish(call: Call, response: ServerResponse, error?: unknown, result?: unknown): void {
  const body: Params = error === undefined ? { ok: true, result } : failure(error)
  call.status = Number(body.error_code ?? 200)
  if (error !== undefined) call.description = String(body.description)
  response.writeHead(call.status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function failure(error: unknown): Params {
  const known =
    error instanceof ApiError ? error : new ApiError(500, `Internal Server Error: ${error}`)
  const parameters = known.parameters ? { parameters: known.parameters } : {}
  return { ok: false, error_code: known.status, description: known.message, ...parameters }
}

function serveFile(
  server: Server,
  token: string | undefined,
  fileId: string,
  response: ServerResponse,
): void {
  const fault = server.faults.take('file', {})
  if (fault?.hangs) return
  if (fault && fault.status === undefined) {
    response.destroy()
    return
  }
  if (fault?.status === 302) {
    response.writeHead(302, { location: `/file/bot${token}/files/${fileId}/elsewhere` }).end()
    return
  }
  const file = token === server.token && !fault ? server.world.files.get(fileId) : undefined
  if (file) response.end(file.content)
  else response.writeHead(404).end()
}
