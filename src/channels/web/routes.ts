// The addresses of the chat page: read, write, wait for more, forget.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Document } from '../../core/message.ts'
import type { Flood } from '../../web/flood.ts'
import { originOf } from '../../web/origin.ts'
import { chatPage, choiceButtons, type PageStyle, talkItems, type Visit } from '../../web/page.ts'
import type { Receive } from '../channel.ts'
import type { Bell } from './bell.ts'
import { decode } from './decode.ts'
import { type ChatLine, encode, findRead, markOf } from './encode.ts'
import type { Visitors } from './visitor.ts'

/** Everything the routes stand on. */
export interface Ground {
  style: PageStyle
  visitors: Visitors
  bell: Bell
  /** Key of the fingerprints of what was sent. */
  key: Buffer
  isProxied: boolean
  floodByAddress: Flood
  /** For asking whether there is news. */
  floodOfPolls: Flood
  floodByOrigin: Flood
  waits: { pollMs: number; replyMs: number; recheckMs: number }
  history(address: string): Promise<ChatLine[]>
  makeDocument(document: Document): Promise<Buffer | undefined>
  forget(address: string): Promise<void>
  /** Undefined while the channel is not started. */
  findReceive(): Receive | undefined
}

const maxBodyBytes = 16 * 1024

/** A link may carry what a start is about, e.g. a campaign; the shape is Telegram's. */
const startShape = /^[A-Za-z0-9_-]{0,64}$/

type Problem = 'too-long' | 'too-many' | 'not-sent' | 'cookie'

const statuses = { 'too-long': 413, 'too-many': 429, 'not-sent': 503, cookie: 403 } as const

function hasScript(c: Context): boolean {
  return c.req.header('accept') === 'application/json'
}

async function showPage(
  c: Context,
  ground: Ground,
  rest: Partial<Visit>,
  status: (typeof statuses)[Problem] | 200 = 200,
) {
  const address = await ground.visitors.keep(c, await ground.visitors.find(c))
  const lines = await ground.history(address)
  const start = c.req.query('start') ?? ''
  const visit = {
    talk: encode(lines, Date.now()),
    mark: markOf(lines),
    once: randomUUID(),
    start: startShape.test(start) ? start : '',
    ...rest,
  }
  c.header('Cache-Control', 'no-store')
  return c.html(chatPage(visit, ground.style), status)
}

/** Nothing was kept: the script tries again, without script the words stand in the field again. */
function refuse(c: Context, ground: Ground, problem: Problem, draft?: string, waitMs = 0) {
  if (waitMs > 0) c.header('Retry-After', String(Math.ceil(waitMs / 1000)))
  if (hasScript(c)) return c.json({ problem }, statuses[problem])
  const notice = ground.style.words(`web-${problem}`)
  return showPage(c, ground, { notice, draft }, statuses[problem])
}

/** Waits until the bot has answered, but not long: the page says "typing" by itself. */
async function waitForReply({ bell, history, waits }: Ground, address: string): Promise<void> {
  const ear = bell.listen(address)
  const endsAt = Date.now() + waits.replyMs
  try {
    while (!ear.isClosed() && Date.now() < endsAt) {
      if (encode(await history(address), Date.now()).awaiting === 'nothing') return
      await ear.wait(Math.min(waits.recheckMs, endsAt - Date.now()))
    }
  } finally {
    ear.end()
  }
}

async function post(c: Context, ground: Ground) {
  // SameSite=Lax keeps the cookie out of foreign forms already; this is for browsers without it.
  if (c.req.header('sec-fetch-site') === 'cross-site') return c.body(null, 403)
  const form = await c.req.parseBody()
  const draft = typeof form.words === 'string' ? form.words : undefined
  const address = await ground.visitors.find(c)
  if (address === undefined) return refuse(c, ground, 'cookie', draft)
  const waitMs =
    ground.floodByOrigin(originOf(c, ground.isProxied)) || ground.floodByAddress(address)
  if (waitMs > 0) return refuse(c, ground, 'too-many', draft, waitMs)

  const at = new Date().toISOString()
  const inbound = decode(form, { address, at, key: ground.key })
  if (inbound === undefined) return hasScript(c) ? c.json({ kept: false }) : c.redirect('/', 303)
  const receive = ground.findReceive()
  const isKept = receive !== undefined && (await receive([inbound]).then(yes, no))
  if (!isKept) return refuse(c, ground, 'not-sent', draft)
  if (hasScript(c)) return c.json({ kept: true })
  await waitForReply(ground, address)
  return c.redirect('/', 303)
}

const yes = () => true
const no = () => false

/**
 * A long poll, not a stream of events: every answer is a whole response, which proxies on phone
 * networks let through at once, and a line that died is noticed by the page's own clock. A stream
 * can hang there silently. Other processes cannot ring this one's bell, so it also looks itself.
 */
async function since(c: Context, ground: Ground) {
  const address = await ground.visitors.find(c)
  if (address === undefined) return refuse(c, ground, 'cookie')
  const waitMs = ground.floodOfPolls(address)
  if (waitMs > 0) return refuse(c, ground, 'too-many', undefined, waitMs)
  const after = c.req.query('after') ?? ''
  const endsAt = Date.now() + ground.waits.pollMs
  const ear = ground.bell.listen(address)
  c.req.raw.signal.addEventListener('abort', ear.end)
  c.header('Cache-Control', 'no-store')
  try {
    for (;;) {
      const lines = await ground.history(address)
      if (markOf(lines) !== after) return c.json(newsFor(after, lines, ground.style))
      const leftMs = endsAt - Date.now()
      if (leftMs <= 0 || ear.isClosed()) return c.body(null, 204)
      const isAwaited = lines.at(-1)?.from === 'person'
      await ear.wait(isAwaited ? Math.min(leftMs, ground.waits.recheckMs) : leftMs)
    }
  } finally {
    ear.end()
  }
}

function newsFor(after: string, lines: ChatLine[], style: PageStyle) {
  const talk = encode(lines, Date.now())
  const read = findRead(lines, after)
  return {
    mark: markOf(lines),
    /** Everything is here, not only what is new: replace what is shown. */
    isWhole: read === undefined,
    items: talkItems(talk, read ?? 0, style).text,
    choices: choiceButtons(talk, '', style).text,
    awaiting: talk.awaiting,
  }
}

/** A document of the visitor's own conversation; to anybody else there is no such page. */
async function fetchFile(c: Context, ground: Ground) {
  const address = await ground.visitors.find(c)
  if (address === undefined) return c.notFound()
  const waitMs = ground.floodByAddress(address)
  if (waitMs > 0) return refuse(c, ground, 'too-many', undefined, waitMs)
  const lines = await ground.history(address)
  const document = lines.find(({ id }) => id === c.req.param('id'))?.document
  const bytes = document && (await ground.makeDocument(document))
  if (!document || !bytes) return c.notFound()
  c.header('Cache-Control', 'no-store')
  const name = encodeURIComponent(document.name)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${name}`)
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': document.mime })
}

async function forget(c: Context, ground: Ground) {
  if (c.req.header('sec-fetch-site') === 'cross-site') return c.body(null, 403)
  const address = await ground.visitors.find(c)
  if (address !== undefined) await ground.forget(address)
  await ground.visitors.keep(c)
  return c.redirect('/', 303)
}

/** The routes of the chat page, to be mounted at `/`. */
export function createRoutes(ground: Ground): Hono {
  const app = new Hono()
  const onError = (c: Context) => refuse(c, ground, 'too-long')
  app.get('/', async (c) => {
    const isRefusingCookies =
      c.req.query('kuki') !== undefined && (await ground.visitors.find(c)) === undefined
    const notice = isRefusingCookies ? ground.style.words('web-cookie') : undefined
    return showPage(c, ground, { notice })
  })
  app.post('/chat', bodyLimit({ maxSize: maxBodyBytes, onError }), (c) => post(c, ground))
  app.get('/chat/since', (c) => since(c, ground))
  app.get('/chat/file/:id', (c) => fetchFile(c, ground))
  app.post('/chat/forget', (c) => forget(c, ground))
  return app
}
