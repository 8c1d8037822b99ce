// The one HTTP server: mounts every part's pages, says how the program is, and closes gently.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { isPrivate } from './address.ts'
import { type Asset, assets } from './assets.ts'
import { type PageWords, plainPage } from './page.ts'

/** Whether the program can work, and the state of each of its parts in a word. */
export interface Readiness {
  isReady: boolean
  states: Record<string, string>
}

/** What the server is made from. */
export interface ServerOptions {
  /** 0 takes any free port. */
  port: number
  /** Where to listen; every address of the machine when it is left out. */
  host?: string
  /** Parts of the site and the path each begins at. */
  apps: { path: string; app: Hono }[]
  ready(): Promise<Readiness>
  /** The program's figures, e.g. a registry of prom-client. */
  metrics: { contentType: string; metrics(): Promise<string> }
  words: PageWords
  title: string
  /** Told why a request failed; the visitor never is. `route` is a pattern, not an address. */
  onError(error: unknown, route: string): void
}

/** The server once it exists. */
export interface WebServer {
  /** Begins to listen; resolves with the port. Rejects when it is taken. */
  listen(): Promise<number>
  /** Takes no more requests, lets running ones end, and cuts what is left after `graceMs`. */
  close(graceMs?: number): Promise<void>
}

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // Without any, browsers would not say either that a form comes from this very site.
  referrerPolicy: 'same-origin',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
})

const readyWithinMs = 3_000

/** A part that hangs must not make the question hang. */
async function askReady(ready: ServerOptions['ready']): Promise<Readiness> {
  const tooLate = new Promise<Readiness>((resolve) => {
    const late = { isReady: false, states: { program: 'no answer' } }
    setTimeout(resolve, readyWithinMs, late).unref()
  })
  const failed = { isReady: false, states: { program: 'failed' } }
  return Promise.race([ready().catch(() => failed), tooLate])
}

/** Figures are for the machines next door, never for the world: nothing that a proxy hands on. */
function isFromOutside(c: Context): boolean {
  const isForwarded = c.req.header('x-forwarded-for') !== undefined
  return isForwarded || !isPrivate(getConnInfo(c).remote.address ?? '')
}

function serveAsset({ body, type }: Asset) {
  return (c: Context) => {
    c.header('Cache-Control', 'public, max-age=31536000, immutable')
    return c.body(body, 200, { 'Content-Type': type })
  }
}

function createApp(options: ServerOptions): Hono {
  const app = new Hono()
  const page = (id: string) =>
    plainPage(options.title, options.words(id), options.words('web-back'))
  app.use(headers, compress())
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', async (c) => {
    const { isReady, states } = await askReady(options.ready)
    return c.json({ ready: isReady, ...states }, isReady ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    if (isFromOutside(c)) return c.notFound()
    const type = { 'Content-Type': options.metrics.contentType }
    return c.body(await options.metrics.metrics(), 200, type)
  })
  for (const asset of Object.values(assets)) {
    app.get(asset.href.replace(/\?.*/, ''), serveAsset(asset))
  }
  for (const { path, app: part } of options.apps) app.route(path, part)
  app.notFound((c) => c.html(page('web-not-found'), 404))
  app.onError((error, c) => {
    // A refusal with a status of its own, such as a body that is too large, is no failure.
    if (error instanceof HTTPException) return error.getResponse()
    options.onError(error, `${c.req.method} ${c.req.routePath}`)
    return c.html(page('web-broken'), 500)
  })
  return app
}

/** Connections that a browser keeps for later would hold the end up: they go once they are idle. */
function closeGently(server: Server, graceMs: number): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(cut)
      resolve()
    })
  })
}

/** The HTTP server over the given parts; it listens only when told to. */
export function createServer(options: ServerOptions): WebServer {
  const answer = getRequestListener(createApp(options).fetch, { overrideGlobalObjects: false })
  const server = createHttpServer({ headersTimeout: 15_000, requestTimeout: 30_000 }, answer)
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(options.port, options.host, () => {
          server.off('error', reject)
          resolve((server.address() as AddressInfo).port)
        })
      }),
    close: (graceMs = 5_000) => closeGently(server, graceMs),
  }
}
