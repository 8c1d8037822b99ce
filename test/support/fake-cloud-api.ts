// A strict WhatsApp Cloud API on this machine that can be told to fail, for tests without WhatsApp.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Approved } from './fake-cloud-api/check.ts'
import { Deliveries } from './fake-cloud-api/deliveries.ts'
import type { Person } from './fake-cloud-api/person.ts'
import {
  type Call,
  type Fault,
  GraphError,
  type Json,
  type Limits,
} from './fake-cloud-api/types.ts'
import { World } from './fake-cloud-api/world.ts'

/** A running fake Cloud API. */
export interface FakeCloudApi {
  /** What WHATSAPP_CLOUD_API_ROOT is set to. */
  readonly apiRoot: string
  readonly phoneId: string
  readonly token: string
  readonly appSecret: string
  /** Every call so far, as it was answered. */
  readonly calls: Call[]
  /** What is brought to the bot's webhook; `url` says where that is. */
  readonly deliveries: Deliveries
  /** The person of this number; nobody knows the others. */
  person(number: number, sort?: Person['sort']): Person
  approve(name: string, template: Approved): void
  /** Lets the next calls fail. */
  failNext(fault: Fault): void
  /** Holds the platform's limits from now on. */
  limit(limits?: Partial<Limits>): void
  /** So much time passes at once. */
  skip(delayMs: number): void
  close(): Promise<void>
}

/** "80 messages a second", "1 message every 6 seconds to the same user", 45 of them lent at once. */
const usualLimits: Limits = { perSecond: 80, pairBurst: 45, pairRefillMs: 6_000 }

interface Server {
  world: World
  token: string
  calls: Call[]
  faults: Fault[]
}

/** Starts the fake on a free port of 127.0.0.1. */
export async function startFakeCloudApi(
  options: { tellsStatuses?: boolean; retryMs?: number } = {},
): Promise<FakeCloudApi> {
  const appSecret = '0123456789abcdef0123456789abcdef'
  const deliveries = new Deliveries(appSecret, options.retryMs ?? 50)
  const world = new World('100000000000001', deliveries, options.tellsStatuses ?? false)
  const server: Server = { world, token: 'EAAinvented-token-of-nobody', calls: [], faults: [] }
  const http = createServer((request, response) => void serve(server, request, response))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    apiRoot: `http://127.0.0.1:${port}`,
    phoneId: world.phoneId,
    token: server.token,
    appSecret,
    calls: server.calls,
    deliveries,
    person: (number, sort = 'both') => world.person(number, sort),
    approve: (name, template) => void world.templates.set(name, template),
    failNext: (fault) => void server.faults.push({ times: 1, ...fault }),
    limit: (limits = {}) => {
      world.limits = { ...usualLimits, ...limits }
    },
    skip: (delayMs) => world.skip(delayMs),
    close: async () => {
      deliveries.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

async function serve(server: Server, request: IncomingMessage, response: ServerResponse) {
  const { pathname } = new URL(request.url ?? '/', 'http://fake')
  const call: Call = { at: Date.now(), path: pathname, body: {}, status: 0, hadEffect: false }
  server.calls.push(call)
  try {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    await answer(server, call, { request, response, bytes: Buffer.concat(chunks) })
  } catch (error) {
    const known =
      error instanceof GraphError ? error : new GraphError(1, `fake failed: ${error}`, 500)
    call.code = known.code
    finish(call, response, known.status, {
      error: {
        message: `(#${known.code}) ${known.message}`,
        type: 'OAuthException',
        code: known.code,
        ...(known.subcode !== undefined && { error_subcode: known.subcode }),
        fbtrace_id: 'Ainvented',
      },
    })
  }
}

interface Asked {
  request: IncomingMessage
  response: ServerResponse
  bytes: Buffer
}

async function answer(server: Server, call: Call, { request, response, bytes }: Asked) {
  const { world } = server
  if (request.headers.authorization !== `Bearer ${server.token}`) {
    throw new GraphError(190, 'invalid token', 401)
  }
  const path = /^\/v\d+\.\d+\/(\d+)\/(messages|media)$/.exec(call.path)
  if (request.method !== 'POST' || path?.[1] !== world.phoneId) {
    throw new GraphError(100, 'unsupported post request', 400, 33)
  }
  const isMedia = path[2] === 'media'
  const form = isMedia ? await readForm(request, bytes) : undefined
  call.body = form ? Object.fromEntries(form) : readJson(bytes)
  const fault = takeFault(server, call.body)
  if (fault && !fault.afterEffect) return fail(fault, call, response)
  const id = form ? keepFile(world, form) : world.send(call.body)
  call.hadEffect = true
  if (fault?.afterEffect) return void response.destroy()
  const sent = { messaging_product: 'whatsapp', messages: [{ id, message_status: 'accepted' }] }
  finish(call, response, 200, isMedia ? { id } : sent)
}

function readJson(bytes: Buffer): Json {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json
  } catch {
    throw new GraphError(100, 'no JSON')
  }
}

async function readForm(request: IncomingMessage, bytes: Buffer): Promise<FormData> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  return new Response(bytes, { headers }).formData().catch(() => {
    throw new GraphError(100, 'no multipart form')
  })
}

/** Pictures up to 5 MB, documents up to 100 MB, of the kinds that the platform takes. */
function keepFile(world: World, form: FormData): string {
  const file = form.get('file')
  const type = form.get('type')
  const isKnown = /^(image\/(jpeg|png)|application\/(pdf|vnd\..+)|text\/plain)$/.test(`${type}`)
  if (form.get('messaging_product') !== 'whatsapp' || !(file instanceof File) || !isKnown) {
    throw new GraphError(131053, 'media upload error')
  }
  if (file.type !== type || file.size === 0) throw new GraphError(131053, 'type of the file')
  const id = String(700_000 + world.files.size)
  world.files.set(id, { name: file.name, type: file.type, bytes: file.size })
  return id
}

function takeFault(server: Server, body: Json): Fault | undefined {
  const fault = server.faults.find((one) => one.when?.(body) ?? true)
  if (!fault) return undefined
  fault.times = (fault.times ?? 1) - 1
  if (fault.times <= 0) server.faults = server.faults.filter((one) => one !== fault)
  return fault
}

function fail(fault: Fault, call: Call, response: ServerResponse): void {
  if (fault.hangs) return
  if (fault.code !== undefined) {
    throw new GraphError(fault.code, 'planned', fault.status ?? 400, fault.subcode)
  }
  if (fault.status === undefined) return void response.destroy()
  call.status = fault.status
  response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.text ?? '')
}

function finish(call: Call, response: ServerResponse, status: number, body: object): void {
  call.status = status
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
